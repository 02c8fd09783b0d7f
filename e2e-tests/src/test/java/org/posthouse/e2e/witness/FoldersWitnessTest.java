package org.posthouse.e2e.witness;

import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
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

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Product product = Installed.product();
    private final Api api = product.api();
    private final Path home = product.home().resolve("engine/mail1");

    @Test
    @Witness({"dbfDirectory", "sslPort"})
    void theCertificateInTheDbfDirectoryIsShownAtTheSslPort() throws IOException {
        Path keys = Files.createDirectories(home.resolve("keys"));
        Product.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=witness.example.com",
                "-keyout",
                keys.resolve("osslpriv.pem").toString(),
                "-out",
                keys.resolve("osslcert.pem").toString()));
        api.change(SERVER, "dbfDirectory", "keys");
        Await.until("TLS at the usual port", SOON, () -> shows(465, "witness.example.com"));
        api.change(agent("SMTP Agent"), "sslPort", Json.createValue(466));
        Await.until("TLS at another port", SOON, () -> shows(466, "witness.example.com"));
        api.change(agent("SMTP Agent"), "sslPort", Json.createValue(465));
        api.change(SERVER, "dbfDirectory", "dbf");
        Await.until("no certificate, no TLS", SOON, () -> !accepts(465));
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

    private boolean shows(int port, String name) throws IOException {
        return Dialogue.certificate("127.0.0.1", product.port(port)).contains(name);
    }

    private boolean accepts(int port) {
        try {
            Dialogue.with("127.0.0.1", product.port(port)).close();
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
