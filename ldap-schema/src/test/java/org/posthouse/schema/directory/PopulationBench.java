package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.directory.Noticed.Everything;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** How long whoever asks for 100,000 users waits when anything may have changed. */
@Tag("bench")
class PopulationBench {

    private static final int USERS = 100_000;
    private static final Place ROOT = Place.of("dc=posthouse");
    private static final Place INTERNET_SERVICES = ROOT.child("o", "Internet Services");
    private static final Place ACME = ROOT.child("o", "Acme");

    private static double millis(Supplier<Population> people) {
        long begun = System.nanoTime();
        assertEquals(USERS, people.get().all().count());
        return (System.nanoTime() - begun) / 1e6;
    }

    @Test
    void nobodyWaitsUntilAllAreReadAgain() {
        try (var memory = InMemoryDirectory.start();
                var directory = Directory.connect(memory.address(), Clock.systemUTC())) {
            directory.prepareRoot();
            directory.create(new NewObject(INTERNET_SERVICES, Kind.INTERNET_SERVICES, Map.of()));
            directory.create(new NewObject(ACME, Kind.ORGANIZATION, Map.of()));
            memory.addUsers(ACME, USERS);
            Server server = Server.connect(memory.address());
            try (var mirror = new Mirror(server, new Counter(server, INTERNET_SERVICES), Clock.systemUTC())) {
                double first = millis(mirror::population);
                mirror.take(new Everything());
                double again = millis(mirror::population);
                System.out.printf(
                        "%,d users: first %.0f ms, when anything may have changed %.0f ms%n", USERS, first, again);
                assertTrue(again < first / 2);
            }
        }
    }
}
