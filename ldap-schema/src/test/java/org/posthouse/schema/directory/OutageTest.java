package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** A directory that refuses connections, swallows them, or takes two seconds for each answer. */
class OutageTest {

    /** What ails the directory. */
    enum Ailment {
        REFUSES,
        SILENT,
        SLOW
    }

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration SOON = Duration.ofSeconds(1);

    private final InMemoryDirectory server = InMemoryDirectory.start();
    private final Gateway gateway = gateway();
    private final Directory plain = Directory.connect(behind(), CLOCK);
    private final Directory shown = plain.mirrored().remembering();
    private final Nursery nursery = Nursery.in(plain);
    private final Entry anna = plain.create(nursery.user("anna"));

    private Gateway gateway() {
        try {
            return new Gateway(URI.create(server.address().url()).getPort());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private DirectoryAddress behind() {
        DirectoryAddress own = server.address();
        return new DirectoryAddress("ldap://127.0.0.1:" + gateway.port(), own.root(), own.bindDn(), own.password());
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        shown.close();
        server.close();
    }

    private void fallIll(Ailment ailment) throws IOException {
        switch (ailment) {
            case REFUSES -> gateway.refuse();
            case SILENT -> gateway.be(Gateway.Mode.SILENT);
            case SLOW -> gateway.be(Gateway.Mode.SLOW);
        }
    }

    private void recover(Ailment ailment) throws IOException {
        gateway.be(Gateway.Mode.OPEN);
        if (ailment == Ailment.REFUSES) {
            gateway.accept();
        }
    }

    private static void await(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static Duration taken(Runnable act) {
        long begun = System.nanoTime();
        act.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void look() {

        assertEquals(anna, shown.read(anna.place()).orElseThrow());
        assertEquals(
                List.of(anna), shown.children(nursery.people(), Query.first(10)).entries());
        assertEquals(List.of(anna), shown.find("anna", Set.of(Kind.USER), 5));
        assertEquals(1, shown.count(nursery.people(), Set.of(Kind.USER), 10));
        assertFalse(shown.isAdministrator(anna.place()));
        assertFalse(shown.tree().entries().isEmpty());
        assertTrue(shown.population().isComplete());
    }

    @ParameterizedTest
    @EnumSource(Ailment.class)
    void whatWasSeenBeforeIsShownSoon(Ailment ailment) throws IOException {
        look();
        fallIll(ailment);
        for (int time = 0; time < 5; time++) {
            Duration taken = taken(this::look);
            assertTrue(taken.compareTo(SOON) < 0, taken::toString);
        }
        recover(ailment);
        await(
                "the outage ends",
                Duration.ofSeconds(10),
                () -> shown.availability().outage().isEmpty());
        Entry changed = plain.save(anna.place(), Map.of(), Map.of("description", List.of("new")), anna.revision());
        await(
                "what changed is shown",
                Duration.ofSeconds(10),
                () -> shown.read(anna.place()).orElseThrow().equals(changed));
    }

    @ParameterizedTest
    @EnumSource(
            value = Ailment.class,
            names = {"REFUSES", "SILENT"})
    void afterOneFailureEveryRequestFailsAtOnceAndSaysSinceWhen(Ailment ailment) throws IOException {
        look();
        fallIll(ailment);
        look();
        await("the outage is noticed", Duration.ofSeconds(10), () -> {
            look();
            return shown.availability().outage().isPresent();
        });
        Place unseen = nursery.person("nobody");
        for (int time = 0; time < 5; time++) {
            Duration taken = taken(() -> {
                String said = String.valueOf(assertThrows(DirectoryDown.class, () -> shown.read(unseen))
                        .getMessage());
                assertTrue(said.startsWith("The directory " + behind().url() + " has not responded since 20"), said);
            });
            assertTrue(taken.compareTo(SOON) < 0, taken::toString);
        }
        assertThrows(DirectoryDown.class, () -> plain.read(anna.place()));
        assertThrows(DirectoryDown.class, () -> plain.signIn("anna", "wrong"));
        assertThrows(DirectoryDown.class, () -> plain.save(anna.place(), Map.of(), Map.of("sn", List.of("X")), 1));
        assertTrue(taken(() -> assertThrows(DirectoryDown.class, () -> Directory.connect(behind(), CLOCK)))
                        .compareTo(SOON.multipliedBy(2))
                < 0);
    }

    @Test
    void aDirectoryThatWasNeverThereIsConnectedAsSoonAsItIs() throws IOException {
        shown.close();
        gateway.refuse();
        assertThrows(DirectoryDown.class, () -> Directory.connect(behind(), CLOCK));
        assertThrows(DirectoryDown.class, () -> Directory.connect(behind(), CLOCK));
        gateway.accept();
        await("it is connected", Duration.ofSeconds(5), () -> {
            try (Directory late = Directory.connect(behind(), CLOCK)) {
                return late.read(anna.place()).isPresent();
            } catch (DirectoryDown notYet) {
                return false;
            }
        });
    }

    @Test
    void aPasswordCheckDuringWhichTheDirectoryFallsSilentEndsWithTheOutage() throws IOException {
        plain.setPassword(anna.place(), "the right one");
        assertTrue(plain.isPassword(anna.place(), "the right one"));
        fallIll(Ailment.SILENT);
        Duration taken =
                taken(() -> assertThrows(DirectoryDown.class, () -> plain.isPassword(anna.place(), "the right one")));
        assertTrue(taken.compareTo(Duration.ofSeconds(13)) < 0, taken::toString);
        assertTrue(plain.availability().outage().isPresent());
        recover(Ailment.SILENT);
        await("passwords are checked again", Duration.ofSeconds(10), () -> {
            try {
                return plain.isPassword(anna.place(), "the right one");
            } catch (DirectoryDown still) {
                return false;
            }
        });
    }

    @Test
    @Timeout(60)
    void whoFollowsDoesNotWaitForeverWhenTheDirectoryFallsSilentWhileItConnects() throws IOException {
        try (Server following = Server.connect(behind())) {
            fallIll(Ailment.SILENT);
            assertThrows(DirectoryDown.class, following::listen);
            recover(Ailment.SILENT);
            await("it is followed again", Duration.ofSeconds(10), () -> {
                try (LDAPConnection connection = following.listen()) {
                    return connection.isConnected();
                } catch (LDAPException | DirectoryDown still) {
                    return false;
                }
            });
        }
    }

    @Test
    void whatMustBeCertainIsNeverReadFromMemory() throws IOException {
        look();
        Directory certain = plain.sharing(shown);
        gateway.refuse();
        assertThrows(DirectoryDown.class, () -> plain.read(anna.place()));
        assertThrows(DirectoryDown.class, () -> certain.read(anna.place()));
    }

    @Test
    void whatIsWrittenIsReadBackAlthoughTheDirectoryIsSlow() throws IOException {
        look();
        gateway.be(Gateway.Mode.SLOW);
        Directory writing = plain.sharing(shown).remembering();
        writing.save(anna.place(), Map.of(), Map.of("description", List.of("mine")), anna.revision());
        assertEquals(List.of("mine"), shown.read(anna.place()).orElseThrow().values("description"));
    }

    @Test
    void aDirectoryThatAnswersWithARefusalIsNotAway() {
        assertThrows(
                DirectoryException.class,
                () -> Directory.connect(behind().as("cn=nobody,dc=posthouse", "wrong"), CLOCK));
        assertTrue(plain.availability().outage().isEmpty());
    }
}
