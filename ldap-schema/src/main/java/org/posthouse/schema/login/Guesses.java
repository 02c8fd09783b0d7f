package org.posthouse.schema.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts wrong passwords by address, by name, and by both. Different passwords count, not the same one again: a forgotten
 * phone that repeats an old password does not slow down its owner. Safe for use by several threads.
 */
final class Guesses {

    /** Different wrong passwords for one name from one address within {@link #PAIR_TIME} before the next has to wait. */
    static final int PAIR = 10;

    /** Different wrong passwords from one address within {@link #LONG_TIME} before its checks are spaced. */
    static final int ADDRESS = 20;

    /** Different wrong passwords for one name from all addresses within {@link #LONG_TIME} before its checks are spaced. */
    static final int NAME = 30;

    static final Duration PAIR_TIME = Duration.ofMinutes(1);
    static final Duration LONG_TIME = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Guesses.class);
    private static final int FARTHEST = 20;
    private static final int FREE = 4;
    private static final int SHOWN_TRIES = 10;
    private static final int SHOWN_ADDRESSES = 50;
    private static final int SHOWN_NAMES = 10;
    private static final int LONGEST_NAME = 64;
    private static final Duration SHOWN_TIME = Duration.ofHours(1);
    private static final int REMEMBERED = 20_000;
    private static final int SOURCES = 2_000;

    private record Count(int number, Instant since) {}

    /** What one address did. */
    private static final class Activity {
        private final Instant since;
        private final Set<String> names = new LinkedHashSet<>();
        private Instant last;
        private long tries;

        Activity(Instant now) {
            since = now;
            last = now;
        }
    }

    private final Clock clock;
    private final Map<String, Count> counts = bounded(REMEMBERED);
    private final Map<String, Activity> sources = bounded(SOURCES);

    Guesses(Clock clock) {
        this.clock = clock;
    }

    // The oldest is forgotten first, so that made-up names cannot fill the memory.
    private static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** How long the next password for this name from this address has to wait; zero when it need not. */
    synchronized Duration pause(Attempt attempt) {
        Instant now = clock.instant();
        Count count = counts.get(pair(attempt));
        return count == null || count.number() < PAIR || !isWithin(PAIR_TIME, count, now)
                ? Duration.ZERO
                : Duration.between(now, count.since().plus(PAIR_TIME));
    }

    /** Whether checks for this address are to be spaced. */
    synchronized boolean isSlowedAddress(Attempt attempt) {
        return isOver("a " + attempt.source(), ADDRESS);
    }

    /** Whether checks for this name are to be spaced. */
    synchronized boolean isSlowedName(Attempt attempt) {
        return isOver("n " + attempt.key(), NAME);
    }

    private boolean isOver(String key, int most) {
        return number(key) >= most;
    }

    private int number(String key) {
        Count count = counts.get(key);
        return count != null && isWithin(LONG_TIME, count, clock.instant()) ? count.number() : 0;
    }

    /** How far back in line wrong passwords of the last minutes put this attempt, those for its name more than others. */
    synchronized int handicap(Attempt attempt) {
        return Math.min(FARTHEST, number("n " + attempt.key()))
                + Math.min(FARTHEST, number("a " + attempt.source()) / FREE);
    }

    /** Notes a wrong password that was not tried before. */
    synchronized void failed(Attempt attempt) {
        Instant now = clock.instant();
        add(pair(attempt), PAIR_TIME, now);
        add("a " + attempt.source(), LONG_TIME, now);
        add("n " + attempt.key(), LONG_TIME, now);
    }

    private void add(String key, Duration time, Instant now) {
        Count known = counts.get(key);
        if (known == null || !isWithin(time, known, now)) {
            counts.remove(key);
            counts.put(key, new Count(1, now));
        } else {
            counts.put(key, new Count(known.number() + 1, known.since()));
        }
    }

    /** Notes for administrators that this address sent a wrong password, or one that was refused for guessing. */
    synchronized void show(Attempt attempt) {
        Instant now = clock.instant();
        Activity known = sources.get(attempt.source());
        if (known == null || !known.last.plus(SHOWN_TIME).isAfter(now)) {
            sources.remove(attempt.source());
            known = new Activity(now);
            sources.put(attempt.source(), known);
        }
        known.last = now;
        known.tries++;
        note(known.names, text(attempt.name()));
        if (known.tries == SHOWN_TRIES) {
            LOG.warn(
                    "{} wrong passwords from {}, the latest for \"{}\"",
                    SHOWN_TRIES,
                    attempt.source(),
                    text(attempt.name()));
        }
    }

    private static void note(Set<String> names, String name) {
        names.remove(name);
        names.add(name);
        if (names.size() > SHOWN_NAMES) {
            names.remove(names.iterator().next());
        }
    }

    private static String text(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) + "…" : plain;
    }

    /** The addresses with ten or more wrong passwords that sent one within the last hour, the most active first. */
    synchronized List<Guesser> shown() {
        Instant now = clock.instant();
        var shown = new ArrayList<Guesser>();
        sources.forEach((source, known) -> {
            if (known.tries >= SHOWN_TRIES && known.last.plus(SHOWN_TIME).isAfter(now)) {
                shown.add(new Guesser(source, List.copyOf(known.names), known.tries, known.since, known.last));
            }
        });
        shown.sort(Comparator.comparingLong(Guesser::tries).reversed());
        return List.copyOf(shown.subList(0, Math.min(SHOWN_ADDRESSES, shown.size())));
    }

    private static String pair(Attempt attempt) {
        return "p " + attempt.key() + "\n" + attempt.source();
    }

    private static boolean isWithin(Duration time, Count count, Instant now) {
        return count.since().plus(time).isAfter(now);
    }
}
