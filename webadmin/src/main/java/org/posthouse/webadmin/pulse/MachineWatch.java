package org.posthouse.webadmin.pulse;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks engines for their machines and measures the clocks, no more often than pages are worth it. */
final class MachineWatch {

    private static final Duration MACHINE_KNOWN_FOR = Duration.ofSeconds(2);
    private static final Duration CLOCK_KNOWN_FOR = Duration.ofSeconds(10);
    private static final int QUESTIONS = 5;

    private record Known(Machine machine, Instant asked, Instant measured) {}

    private final BoardClient client;
    private final Clock clock;
    private final Map<BoardAddress, Known> known = new HashMap<>();

    MachineWatch(BoardClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** The machine of an engine; empty when it does not answer. */
    synchronized Optional<Machine> machine(BoardAddress address) {
        Instant now = clock.instant();
        Optional<Known> before = Optional.ofNullable(known.get(address));
        if (before.filter(found -> found.asked().plus(MACHINE_KNOWN_FOR).isAfter(now))
                .isPresent()) {
            return before.map(Known::machine);
        }
        try {
            Optional<Known> set = before.filter(
                    found -> found.measured().plus(CLOCK_KNOWN_FOR).isAfter(now));
            Optional<ClockOffset> offset = set.isPresent() ? set.get().machine().clock() : measured(address);
            var newest = new Known(
                    client.machine(address).at(offset),
                    now,
                    set.map(Known::measured).orElse(now));
            known.put(address, newest);
            return Optional.of(newest.machine());
        } catch (IOException silent) {
            known.remove(address);
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    // The first question may have to open a connection; the one that was on its way the shortest tells the most.
    private Optional<ClockOffset> measured(BoardAddress address) throws IOException, InterruptedException {
        var several = new ArrayList<ClockOffset>();
        for (int question = 0; question < QUESTIONS; question++) {
            several.add(client.clock(address, clock));
        }
        return ClockOffset.best(several);
    }

    /** Forgets engines that are no longer there. */
    synchronized void keep(Set<BoardAddress> there) {
        known.keySet().retainAll(there);
    }
}
