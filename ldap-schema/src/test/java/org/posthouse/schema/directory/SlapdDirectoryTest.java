package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
}
