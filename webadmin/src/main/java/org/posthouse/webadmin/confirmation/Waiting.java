package org.posthouse.webadmin.confirmation;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.value.Place;

/**
 * The changes that wait to be confirmed, and how long each still may.
 *
 * <p>Within the process a clock that nobody sets counts. Across a restart only the wall clock can tell: one that was set
 * forward ends the waiting at once, one that was set back begins it anew, and never for longer than at first.
 */
final class Waiting {

    private final Ledger ledger;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Duration grace;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(Pending pending, long deadline) {}

    /** Goes on with what a process before this one left in the folder. */
    Waiting(Path folder, Clock clock, LongSupplier nanos, Duration grace) {
        this.ledger = new Ledger(folder);
        this.clock = clock;
        this.nanos = nanos;
        this.grace = grace;
        ledger.read().forEach(this::resume);
    }

    private void resume(Pending pending) {
        Duration left = Duration.between(clock.instant(), pending.until());
        Duration allowed = left.isNegative() ? Duration.ZERO : left.compareTo(grace) > 0 ? grace : left;
        entries.put(pending.id(), new Entry(pending, nanos.getAsLong() + allowed.toNanos()));
    }

    /** Begins to count; what it returns is on the disk. */
    synchronized Pending begin(Place object, String by, List<Pending.Part> parts) {
        return begin(object, by, parts, List.of());
    }

    /** As above, for an object that was deleted with what was in it. */
    synchronized Pending begin(Place object, String by, List<Pending.Part> parts, List<NewObject> removed) {
        Instant now = clock.instant();
        var pending = new Pending(id(), object, by, parts, removed, now, now.plus(grace));
        ledger.keep(pending);
        entries.put(pending.id(), new Entry(pending, nanos.getAsLong() + grace.toNanos()));
        return pending;
    }

    private static String id() {
        var bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** It waits no more. */
    synchronized void end(String id) {
        ledger.drop(id);
        entries.remove(id);
    }

    synchronized Optional<Pending> get(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::pending);
    }

    synchronized Optional<Pending> on(Place object) {
        return all().stream().filter(pending -> pending.object().equals(object)).findFirst();
    }

    synchronized List<Pending> all() {
        return entries.values().stream().map(Entry::pending).toList();
    }

    /** How long it may still wait; nothing when its time is over. */
    synchronized Duration left(Pending pending) {
        Entry entry = entries.get(pending.id());
        long left = entry == null ? 0 : entry.deadline() - nanos.getAsLong();
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    synchronized List<Pending> overdue() {
        return all().stream().filter(pending -> left(pending).isZero()).toList();
    }
}
