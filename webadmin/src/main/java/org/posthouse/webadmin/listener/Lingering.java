package org.posthouse.webadmin.listener;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Addresses that are not wanted any more stay for a second, so that whoever just decided so still gets the answer. */
public final class Lingering {

    /** How long, in nanoseconds. */
    public static final long TIME = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanos;
    private final Map<Endpoint, Long> leaving = new HashMap<>();

    /** By a clock that nobody sets. */
    public Lingering(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Those of the open addresses that are not wanted, and whose second is not over. */
    public Set<Endpoint> of(Set<Endpoint> open, Set<Endpoint> wanted) {
        long now = nanos.getAsLong();
        var left = new HashSet<Endpoint>(open);
        left.removeAll(wanted);
        leaving.keySet().retainAll(left);
        left.forEach(each -> leaving.putIfAbsent(each, now));
        left.removeIf(each -> now - leaving.getOrDefault(each, now) >= TIME);
        return left;
    }
}
