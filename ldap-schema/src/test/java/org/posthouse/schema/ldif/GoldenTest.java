package org.posthouse.schema.ldif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is committed is what the catalogue says today; {@code -Dgolden=write} renews it. */
class GoldenTest {

    private static final Path SCHEMA = Path.of("src/main/resources/org/posthouse/schema");

    @Test
    void theCommittedSchemaIsTheOneTheCatalogueWrites() throws IOException {
        same(SCHEMA.resolve("posthouse.ldif"), Schema.forSchemaEntry());
    }

    @Test
    void theCommittedOpenLdapSchemaIsTheOneTheCatalogueWrites() throws IOException {
        same(SCHEMA.resolve("posthouse-slapd.ldif"), Schema.forConfigEntry());
    }

    @Test
    void theCommittedReferenceIsTheOneTheCatalogueWrites() throws IOException {
        same(Path.of("../docs/reference/options.md"), Reference.markdown());
    }

    private static void same(Path committed, String written) throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(committed.toAbsolutePath().getParent());
            Files.writeString(committed, written);
        }
        assertEquals(Files.readString(committed), written, committed + " is stale: run the tests with -Dgolden=write");
    }
}
