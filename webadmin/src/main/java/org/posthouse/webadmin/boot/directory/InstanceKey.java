package org.posthouse.webadmin.boot.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The key pair by which an instance proves itself to others of its kind, once it has replicas. OpenDJ insists on it at
 * each start, and would make it itself with Bouncy Castle's FIPS provider: 10 MB of jars, seconds of self-tests, and
 * that provider first in the whole JVM while Payara starts beside it. So the JDK's keytool makes it.
 */
final class InstanceKey {

    private static final String ALIAS = "ads-certificate";

    private InstanceKey() {}

    /** Makes the key store and its pin, unless the instance has them. */
    static void ensure(Path folder) throws IOException {
        var store = folder.resolve("config/ads-truststore");
        if (Files.exists(store)) {
            return;
        }
        var pin = folder.resolve("config/ads-truststore.pin");
        PrivateFile.write(pin, PrivateFile.secret());
        var part = folder.resolve("config/ads-truststore.part");
        Files.deleteIfExists(part);
        run(command(part, pin));
        PrivateFile.restrict(part);
        Files.move(part, store, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> command(Path store, Path pin) {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        return List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "7300",
                "-dname",
                "CN=Posthouse directory",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:file",
                pin.toString());
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool made no key for the directory: " + said.strip());
            }
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while making the directory's key", stopped);
        }
    }
}
