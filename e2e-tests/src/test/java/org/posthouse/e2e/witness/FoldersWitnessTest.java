package org.posthouse.e2e.witness;

import static org.posthouse.e2e.world.Installed.SERVER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** The folders of a messaging server, changed through the API and seen on disk and on the wire. */
@ExtendWith(LogOnFailure.class)
class FoldersWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Product product = Installed.product();
    private final Api api = product.api();
    private final Path home = product.home().resolve("engine/mail1");

    @Test
    @Witness("dbfDirectory")
    void theDbfDirectoryMovesWithWhatLiesInIt() throws IOException {
        Files.writeString(home.resolve("dbf/notes.txt"), "kept by hand");
        api.change(SERVER, "dbfDirectory", "elsewhere-dbf");
        Await.until(
                "all of it lies at the new place",
                SOON,
                () -> Files.readString(home.resolve("elsewhere-dbf/notes.txt")).equals("kept by hand"));
        Await.until("and no more at the old one", SOON, () -> Files.notExists(home.resolve("dbf")));
        api.change(SERVER, "dbfDirectory", "dbf");
        Await.until("it moves back", SOON, () -> Files.notExists(home.resolve("elsewhere-dbf")));
        Files.delete(home.resolve("dbf/notes.txt"));
    }

    @Test
    @Witness("tempDirectory")
    void whatComesAndGoesLiesInTheTempDirectory() {
        api.change(SERVER, "tempDirectory", "elsewhere");
        Await.until(
                "the store's diagnostics are elsewhere",
                SOON,
                () -> !files("elsewhere").isEmpty());
        api.change(SERVER, "tempDirectory", "temp");
        Await.until(
                "and mail is served again",
                SOON,
                () -> Dialogue.greeting("127.0.0.1", product.port(25)).startsWith("220"));
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.toList();
        }
    }
}
