package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.tree.Entry;

/** The contract on 389 Directory Server as Debian packs it, over TLS, which it wants for passwords. */
class NsSlapdDirectoryTest extends DirectoryContract {

    private static NsSlapd server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.isExecutable(NsSlapd.PROGRAM),
                "389 Directory Server is not installed: apt-get install 389-ds-base");
        server = NsSlapd.start(Files.createTempDirectory("posthouse-389"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected DirectoryAddress address() {
        return server.ldaps();
    }

    @Override
    protected String manner() {
        return "persistent search";
    }

    @Test
    void passwordsAreSetAndCheckedOverStartTls() {
        try (var directory = Directory.connect(server.startTls(), Clock.systemUTC())) {
            Nursery nursery = Nursery.in(directory);
            Entry anna = directory.create(nursery.user("anna"));
            directory.setPassword(anna.place(), "correct horse");
            assertEquals(
                    Optional.of(anna.place()),
                    directory.signIn("anna", "correct horse").map(Entry::place));
        }
    }

    @Test
    void withoutTlsItIsSaidWhatToDo() {
        try (var directory = Directory.connect(server.plain(), Clock.systemUTC())) {
            Nursery nursery = Nursery.in(directory);
            Entry anna = directory.create(nursery.user("anna"));
            String said = String.valueOf(
                    assertThrows(NotAllowed.class, () -> directory.setPassword(anna.place(), "correct horse"))
                            .getMessage());
            assertTrue(said.contains("use an ldaps:// URL or --directory-starttls"), said);
        }
    }

    @Test
    void itsSchemaIsLoadedOverLdap() throws Exception {
        try (var bare = NsSlapd.bare(Files.createTempDirectory("posthouse-389-bare"));
                var directory = Directory.connect(bare.ldaps(), Clock.systemUTC())) {
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
}
