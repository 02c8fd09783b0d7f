package org.posthouse.webadmin.boot.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.DirectoryAddress;
import org.posthouse.schema.directory.DirectoryContract;
import org.posthouse.schema.ldif.Schema;
import org.posthouse.schema.value.Place;

/** The contract of every directory on the embedded one; followers use persistent search. */
class OpenDjContractTest extends DirectoryContract {

    @TempDir
    static Path home;

    private static EmbeddedDirectory directory;

    @BeforeAll
    static void start() throws IOException {
        Path schema = Files.writeString(home.resolve("schema.ldif"), Schema.ldif(), StandardCharsets.UTF_8);
        directory = EmbeddedDirectory.start(home, Path.of("target/posthouse").toAbsolutePath(), schema);
    }

    @AfterAll
    static void stop() {
        directory.close();
    }

    @Override
    protected DirectoryAddress address() {
        var known = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("directory.properties"))) {
            known.load(in);
            return new DirectoryAddress(
                    known.getProperty("url"),
                    Place.of(known.getProperty("root")),
                    known.getProperty("bindDn"),
                    Files.readString(Path.of(known.getProperty("passwordFile"))).strip());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    protected String manner() {
        return "persistent search";
    }
}
