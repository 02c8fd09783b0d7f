package org.posthouse.e2e.bench;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Ports;
import org.posthouse.e2e.world.Product;

/** How long a start takes and how much memory it holds at rest. Printed, not asserted. */
@Tag("bench")
class StartBench {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration REST = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void theWholeProduct() throws IOException {
        try (Product product = Product.start(folder.resolve("home")).setUp("--with", "smtp,pop,imap")) {
            for (int round = 0; round < 5; round++) {
                product.kill();
                long began = System.nanoTime();
                product.again();
                long page = System.nanoTime() - began;
                Await.until(
                        "SMTP greets",
                        PATIENCE,
                        () -> Dialogue.greeting("127.0.0.1", product.port(25)).startsWith("220"));
                long mail = System.nanoTime() - began;
                System.out.printf(
                        "posthouse run: console answers after %.1f s, SMTP after %.1f s%n", page / 1e9, mail / 1e9);
            }
            rest();
            System.out.println("posthouse run at rest: " + resident(product.pid()));
            engineAlone(product);
        }
    }

    private void engineAlone(Product product) throws IOException {
        branchOffice(product.api());
        var known = new Properties();
        try (var in = Files.newBufferedReader(product.home().resolve("directory.properties"))) {
            known.load(in);
        }
        int offset = Ports.offset();
        var command = List.of(
                Product.LAUNCHER.toString(),
                "ims",
                "--home",
                folder.resolve("branch").toString(),
                "--host-name",
                "branch",
                "--directory",
                known.getProperty("url") + "/" + known.getProperty("root"),
                "--directory-bind-dn",
                known.getProperty("bindDn"),
                "--directory-password-file",
                known.getProperty("passwordFile"),
                "--port-offset",
                "" + offset);
        for (int round = 0; round < 5; round++) {
            long began = System.nanoTime();
            Process engine = new ProcessBuilder(command).inheritIO().start();
            try {
                Await.until(
                        "SMTP greets",
                        PATIENCE,
                        () -> Dialogue.greeting("127.0.0.1", 25 + offset).startsWith("220"));
                System.out.printf("posthouse ims: SMTP greets after %.2f s%n", (System.nanoTime() - began) / 1e9);
                if (round == 4) {
                    rest();
                    System.out.println("posthouse ims at rest: " + resident(engine.pid()));
                }
            } finally {
                engine.destroy();
                engine.onExit().join();
            }
        }
    }

    private static void branchOffice(Api api) {
        String host = api.create(Json.createObjectBuilder()
                        .add("kind", "HOST_SERVER")
                        .add("parent", "o=Acme,dc=posthouse")
                        .add("name", "branch")
                        .build())
                .getString("dn");
        api.create(Json.createObjectBuilder()
                .add("kind", "MESSAGING_SERVER")
                .add("parent", "o=Internet Services,dc=posthouse")
                .add("name", "branch")
                .add("agents", Json.createArrayBuilder().add("NMAP_AGENT").add("SMTP_AGENT"))
                .add(
                        "options",
                        Json.createObjectBuilder()
                                .add("hostServer", host)
                                .add("postmaster", "cn=admin,ou=people,o=Acme,dc=posthouse")
                                .add("officialDomain", "branch.example"))
                .build());
    }

    private static void rest() {
        long end = System.nanoTime() + REST.toNanos();
        Await.until("a moment of rest", REST.plusSeconds(5), () -> System.nanoTime() > end);
    }

    private static String resident(long process) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + process + "/status"));
            return lines.stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .findFirst()
                    .orElse("?");
        } catch (IOException gone) {
            return "gone";
        }
    }
}
