package org.posthouse.webadmin.boot.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryAddress;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.file.DirectorySpace;
import org.posthouse.schema.ldif.Schema;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** The embedded directory on a disk that fills up. */
class FullDiskTest {

    @TempDir
    Path top;

    @Test
    @SuppressWarnings("try") // a directory that only has to be there
    void whenTheDiskIsFullItIsReadAndNotChanged() throws Exception {
        Path disk = Files.createDirectories(top.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString()), "only root may mount");
        Path schema = Files.writeString(top.resolve("schema.ldif"), Schema.ldif());
        try (var server = EmbeddedDirectory.start(
                        disk, Path.of("target/posthouse").toAbsolutePath(), schema);
                Directory directory = connect(disk)) {
            Place acme = directory.root().child("o", "Acme");
            directory.create(new NewObject(directory.internetServices(), Kind.INTERNET_SERVICES, Map.of()));
            directory.create(new NewObject(acme, Kind.ORGANIZATION, Map.of()));
            Path filler = disk.resolve("filler");
            fill(disk, filler, 8 << 20);
            Unwilling refused = refused(directory, acme);
            assertTrue(
                    String.valueOf(refused.getMessage())
                            .matches("The directory's disk is full: [0-9]+ MB free, 20 MB required"),
                    refused.getMessage());
            assertEquals("Acme", directory.read(acme).orElseThrow().name());
            assertTrue(DirectorySpace.shortage(disk).isPresent(), "every page says so");
            try (var another = Instance.connect(disk)) {
                assertTrue(another.isConnected(), "signing in works");
            }
            Files.delete(filler);
            awaitWritable(directory, acme);
            assertTrue(DirectorySpace.shortage(disk).isEmpty());
        } finally {
            run("umount", disk.toString());
        }
    }

    private static Directory connect(Path home) throws IOException, LDAPException {
        var at = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("directory.properties"))) {
            at.load(in);
        }
        String password =
                Files.readString(Path.of(at.getProperty("passwordFile"))).strip();
        return Directory.connect(
                new DirectoryAddress(
                        at.getProperty("url"), Place.of(at.getProperty("root")), at.getProperty("bindDn"), password),
                Clock.systemUTC());
    }

    private static void fill(Path disk, Path filler, long leave) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            byte[] piece = new byte[1 << 20];
            while (Files.getFileStore(disk).getUsableSpace() > leave + piece.length) {
                out.write(piece);
            }
        }
    }

    // The server looks at its disk every few seconds.
    private static Unwilling refused(Directory directory, Place acme) {
        Optional<Unwilling> found = Optional.empty();
        for (int attempt = 0; attempt < 1_200 && found.isEmpty(); attempt++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            try {
                describe(directory, acme, "attempt " + attempt);
            } catch (Unwilling refused) {
                found = Optional.of(refused);
            }
        }
        assertThrows(Unwilling.class, () -> describe(directory, acme, "once more"));
        return found.orElseThrow();
    }

    private static void awaitWritable(Directory directory, Place acme) {
        for (int attempt = 0; attempt < 1_200; attempt++) {
            try {
                describe(directory, acme, "again " + attempt);
                return;
            } catch (Unwilling notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        throw new AssertionError("it stays read-only");
    }

    private static void describe(Directory directory, Place place, String text) {
        var now = directory.read(place).orElseThrow();
        directory.save(
                place,
                Map.of("description", now.values("description")),
                Map.of("description", List.of(text)),
                now.revision());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
