package org.posthouse.webadmin.boot.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.posthouse.schema.file.AtomicFile;

/**
 * A key pair of an instance, in a key store of its own with a pin beside it, made by the JDK's keytool. It lasts: others
 * know the instance by the key and not by a name.
 *
 * @param alias its name in the store
 * @param file the store, below the instance's folder
 * @param pin the file that holds the store's password
 * @param kind keytool's words for the kind of key
 */
record InstanceKey(String alias, String file, String pin, List<String> kind) {

    /**
     * By which an instance proves itself to others of its kind, once it has replicas. OpenDJ insists on it at each start,
     * and would make it itself with Bouncy Castle's FIPS provider: 10 MB of jars, seconds of self-tests, and that provider
     * first in the whole JVM while Payara starts beside it.
     */
    static final InstanceKey OF_REPLICAS = new InstanceKey(
            "ads-certificate",
            "config/ads-truststore",
            "config/ads-truststore.pin",
            List.of("-keyalg", "RSA", "-keysize", "2048"));

    /** By which engines on other hosts know the directory. */
    static final InstanceKey OF_LDAPS = new InstanceKey(
            "ldaps", "config/ldaps.p12", "config/ldaps.p12.pin", List.of("-keyalg", "EC", "-groupname", "secp256r1"));

    /** Makes the key store and its pin, unless the instance has them. */
    void ensure(Path folder) throws IOException {
        var store = folder.resolve(file);
        if (Files.exists(store)) {
            return;
        }
        var password = folder.resolve(pin);
        PrivateFile.write(password, PrivateFile.secret());
        var part = folder.resolve(file + ".part");
        Files.deleteIfExists(part);
        run(command(part, password));
        PrivateFile.restrict(part);
        AtomicFile.move(part, store);
    }

    /** SHA-256 of the public key (RFC 7469 2.4) in Base64 for addresses, by which others know it. */
    String digest(Path folder) throws IOException {
        try (var in = Files.newInputStream(folder.resolve(file))) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, Files.readString(folder.resolve(pin)).strip().toCharArray());
            var key = store.getCertificate(alias).getPublicKey().getEncoded();
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("The key of the directory cannot be read", unreadable);
        }
    }

    private List<String> command(Path store, Path password) {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-alias", alias));
        command.addAll(kind);
        command.addAll(List.of("-validity", "7300", "-dname", "CN=Posthouse directory"));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
        command.addAll(List.of("-storepass:file", password.toString()));
        return command;
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool created no key for the directory: " + said.strip());
            }
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while creating the directory's key", stopped);
        }
    }
}
