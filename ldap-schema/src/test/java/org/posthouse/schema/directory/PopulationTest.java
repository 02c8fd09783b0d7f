package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlySearchRequest;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.directory.Noticed.Changed;
import org.posthouse.schema.directory.Noticed.Everything;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** The people that are kept in memory: followed, read again beside whoever asks, and never shown as more than they are. */
class PopulationTest {

    private static final Place ROOT = Place.of("dc=posthouse");
    private static final Place USERS = ROOT.child("o", "Acme");

    private final InMemoryDirectory memory = InMemoryDirectory.start();
    private final Directory directory = Directory.connect(memory.address(), Clock.systemUTC());
    private final Server server = Server.connect(memory.address());
    private final Mirror mirror =
            new Mirror(server, new Counter(server, ROOT.child("o", "Internet Services")), Clock.systemUTC());

    @BeforeEach
    void create() {
        directory.prepareRoot();
        directory.create(new NewObject(ROOT.child("o", "Internet Services"), Kind.INTERNET_SERVICES, Map.of()));
        directory.create(new NewObject(USERS, Kind.ORGANIZATION, Map.of()));
        user("anna");
    }

    @AfterEach
    void close() {
        memory.obstruct(search -> {});
        mirror.close();
        directory.close();
        memory.close();
    }

    private void user(String name) {
        directory.create(new NewObject(USERS.child("cn", name), Kind.USER, Map.of("sn", List.of(name))));
    }

    private static boolean isOfAllPeople(ReadOnlySearchRequest search) {
        return search.getAttributeList().contains("roleOccupant");
    }

    private static boolean has(Population population, String name) {
        return population.addressee(USERS.child("cn", name)).isPresent();
    }

    @Test
    void whoCameUnnoticedIsThereWhenAnythingMayHaveChanged() {
        assertTrue(has(mirror.population(), "anna"));
        user("bob");
        mirror.take(new Everything());
        assertTrue(has(mirror.population(), "bob"));
        assertTrue(mirror.population().asOf().isEmpty());
    }

    @Test
    void nobodyWaitsLongForThoseWhoAreReadAgain() {
        assertTrue(has(mirror.population(), "anna"));
        user("bob");
        var go = new CountDownLatch(1);
        memory.obstruct(search -> {
            if (isOfAllPeople(search)) {
                await(go);
            }
        });
        mirror.take(new Everything());
        Population former = mirror.population();
        assertTrue(former.asOf().isPresent());
        assertTrue(has(former, "anna"));
        go.countDown();
        // On a busy machine the first reading takes so long that the mirror rests before it reads again.
        assertTrue(Stream.generate(this::later).limit(900).anyMatch(now -> has(now, "bob")));
    }

    @Test
    void aContainerThatChangesKeepsItsPeople() {
        assertTrue(has(mirror.population(), "anna"));
        mirror.take(new Changed(USERS));
        assertTrue(has(mirror.population(), "anna"));
        mirror.take(new Everything());
        mirror.take(new Changed(USERS));
        assertTrue(has(mirror.population(), "anna"));
    }

    private Population later() {
        LockSupport.parkNanos(100_000_000);
        return mirror.population();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDirectoryThatStopsInTheMiddleLeavesAnIncompletePopulation() {
        memory.addUsers(USERS, 1_500);
        var pages = new AtomicInteger();
        memory.obstruct(search -> {
            if (isOfAllPeople(search) && pages.incrementAndGet() > 1) {
                throw new LDAPException(ResultCode.UNAVAILABLE, "going down");
            }
        });
        Population some = mirror.population();
        assertFalse(some.isComplete());
        assertTrue(some.all().findAny().isPresent());
        memory.obstruct(search -> {});
        Population all = mirror.population();
        assertTrue(all.isComplete());
        assertEquals(1_501, all.all().count());
    }

    @Test
    void aDirectoryThatSaysNothingIsDown() {
        memory.obstruct(search -> {
            if (isOfAllPeople(search)) {
                throw new LDAPException(ResultCode.UNAVAILABLE, "down");
            }
        });
        assertThrows(DirectoryException.class, mirror::population);
    }
}
