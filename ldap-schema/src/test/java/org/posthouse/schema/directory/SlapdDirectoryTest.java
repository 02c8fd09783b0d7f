package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;

/** The contract on OpenLDAP as Debian packs it; followers use RFC 4533. */
class SlapdDirectoryTest extends DirectoryContract {

    private static Slapd slapd;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.isExecutable(Slapd.PROGRAM), "OpenLDAP is not installed: apt-get install slapd");
        slapd = Slapd.start(Files.createTempDirectory("posthouse-slapd"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (slapd != null) {
            slapd.close();
        }
    }

    @Override
    protected DirectoryAddress address() {
        return slapd.address();
    }

    @Override
    protected String manner() {
        return "content synchronisation";
    }

    @Test
    void followersAreToldToReadEverythingWhenTheServerComesBack() throws Exception {
        var witness = new Witness();
        try (var directory = Directory.connect(address(), Clock.systemUTC());
                Following following = directory.follow(witness)) {
            Nursery nursery = Nursery.in(directory);
            witness.everything();
            slapd.kill();
            assertThrows(DirectoryDown.class, () -> directory.read(nursery.acme()));
            String said = String.valueOf(
                    assertThrows(DirectoryDown.class, () -> Directory.connect(address(), Clock.systemUTC()))
                            .getMessage());
            assertTrue(said.startsWith("The directory " + address().url() + " has not responded since "), said);
            cutOff(following);
            witness.forget();
            slapd.launch();
            witness.everything();
            assertTrue(following.connected());
            assertTrue(directory.read(nursery.acme()).isPresent());
            witness.changed(directory.create(nursery.user("late")).place());
        }
    }

    private static void cutOff(Following following) {
        long limit = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (following.connected()) {
            assertTrue(System.nanoTime() < limit, "the follower does not notice that its server is gone");
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void killedInTheMiddleOfACreationNothingOfItIsSeen() throws Exception {
        for (int round = 0; round < 6; round++) {
            try (var directory = Directory.connect(address(), Clock.systemUTC())) {
                Nursery nursery = Nursery.in(directory);
                directory.create(nursery.user("anna"));
                long patience = 300_000L * (1 + round * 2);
                Thread killer = Thread.startVirtualThread(() -> {
                    LockSupport.parkNanos(patience);
                    slapd.kill();
                });
                assertWholeOrNothing(directory, nursery);
                killer.join();
            }
            slapd.launch();
            try (var after = Directory.connect(address(), Clock.systemUTC())) {
                var servers = Tree.of(after.configuration()).servers();
                assertTrue(servers.isEmpty() || servers.getFirst().agents().size() == 2, servers::toString);
                assertEquals(
                        servers.isEmpty(),
                        after.read(new Nursery(after).server("mail1")).isEmpty());
            }
        }
    }

    private static void assertWholeOrNothing(Directory directory, Nursery nursery) {
        try {
            directory.createAll(nursery.serverWithAgent("mail1", Map.of()));
        } catch (DirectoryDown killed) {
            assertFalse(String.valueOf(killed.getMessage()).isBlank());
        }
    }

    @Test
    void itsSchemaIsLoadedOverLdapWhereTheAccountMay() throws Exception {
        try (var bare = Slapd.bare(Files.createTempDirectory("posthouse-bare"), true);
                var directory = Directory.connect(bare.address(), Clock.systemUTC())) {
            directory.prepareSchema();
            directory.prepareSchema();
            Nursery nursery = Nursery.in(directory);
            directory.create(nursery.user("anna"));
            assertTrue(directory
                            .createAll(nursery.serverWithAgent("mail1", Map.of()))
                            .revision()
                    > 0);
        }
    }

    @Test
    void theSchemaOfAnEarlierVersionIsExtendedAndUntilThenChangesAreWrittenWithoutTheirAuthor() throws Exception {
        Scribe anna = new Scribe() {
            @Override
            public Note open() {
                return Scribe.NONE.open();
            }

            @Override
            public Optional<Signature> signature() {
                return Optional.of(new Signature(0, "cn=anna,dc=posthouse", "page", "", "console", ""));
            }
        };
        try (var earlier = Slapd.earlier(Files.createTempDirectory("posthouse-earlier"));
                var directory = Directory.connect(earlier.address(), Clock.systemUTC())) {
            Directory signing = directory.observed(anna);
            Nursery nursery = Nursery.in(signing);
            Entry before = signing.create(nursery.user("anna"));
            assertTrue(Directory.signature(before).isEmpty());
            directory.prepareSchema();
            directory.prepareSchema();
            signing.save(before.place(), Map.of(), Map.of("description", List.of("signed")), before.revision());
            Entry after = directory.read(before.place()).orElseThrow();
            assertEquals(
                    "cn=anna,dc=posthouse",
                    Directory.signature(after).orElseThrow().who());
            signing.delete(after.place(), after.revision());
            assertTrue(directory.deletedBy(after.place()).isPresent());
            signing.accept(directory.configVersion() + 100);
            assertEquals(directory.configVersion() - 1, directory.acceptedRevision());
        }
    }

    @Test
    void whoMayNotLoadTheSchemaIsToldWhatToDo() throws Exception {
        try (var bare = Slapd.bare(Files.createTempDirectory("posthouse-bare"), false);
                var directory = Directory.connect(bare.address(), Clock.systemUTC())) {
            String said = String.valueOf(
                    assertThrows(NotAllowed.class, directory::prepareSchema).getMessage());
            assertTrue(said.contains("posthouse-slapd.ldif"), said);
        }
    }

    @Test
    void anAccountWithoutTheRightIsToldApartWithoutAChange() {
        try (var directory = Directory.connect(address(), Clock.systemUTC())) {
            Nursery nursery = Nursery.in(directory);
            Place anna = directory.create(nursery.user("anna")).place();
            directory.setPassword(anna, "correct horse");
            assertTrue(directory.mayChange(nursery.acme()));
            try (var hers = Directory.connect(address().as(anna.toString(), "correct horse"), Clock.systemUTC())) {
                assertFalse(hers.mayChange(nursery.acme()));
                assertThrows(NotAllowed.class, () -> hers.create(nursery.user("bob")));
            }
            assertEquals(
                    2,
                    directory
                            .children(nursery.acme(), Directory.Query.first(9))
                            .entries()
                            .size());
        }
    }
}
