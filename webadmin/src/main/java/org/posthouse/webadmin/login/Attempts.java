package org.posthouse.webadmin.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.posthouse.schema.value.LoginName;

/**
 * Failed logins by name and address. After five the next ones wait, longer each time but never more than fifteen
 * minutes, so that nobody can lock the last administrator out for good. The directory's own lock-out stands behind it.
 */
@ApplicationScoped
public class Attempts {

    private static final int FREE = 5;
    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;

    @Inject
    private Installed installed;

    // The oldest is forgotten first, so that made-up names cannot fill the memory.
    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Failures(int count, Instant until) {}

    /** How long this name has to wait at this address; zero when it may try now. */
    public synchronized Duration wait(String name, String address) {
        Failures known = failures.get(key(name, address));
        Instant now = installed.clock().instant();
        return known == null || !known.until().isAfter(now) ? Duration.ZERO : Duration.between(now, known.until());
    }

    /** Counts a failure. */
    public synchronized void failed(String name, String address) {
        String key = key(name, address);
        Failures known = failures.remove(key);
        int count = known == null ? 1 : known.count() + 1;
        Instant now = installed.clock().instant();
        failures.put(key, new Failures(count, count < FREE ? now : now.plus(pause(count - FREE))));
    }

    /** Forgets the failures of a name that signed in. */
    public synchronized void succeeded(String name, String address) {
        failures.remove(key(name, address));
    }

    static Duration pause(int beyond) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(beyond, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    private static String key(String name, String address) {
        return LoginName.key(name) + "\n" + address;
    }
}
