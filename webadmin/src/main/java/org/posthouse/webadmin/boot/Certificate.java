package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The console's own self-signed certificate, one per home, made at the first start and again a month before it ends. It
 * keeps passwords off the wire from the first minute; an administrator puts a real one in its place later.
 */
final class Certificate {
    // Payara opens its key store with this word and no other; what protects the key is the file's mode, 0600.
    static final String STORE_PASSWORD = "changeit";
    private static final String ALIAS = "s1as";
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private Certificate() {}

    /** Makes sure there is a usable one in the store. Runs the JDK's keytool, which takes half a second. */
    static void ensure(Path store, String bind, Clock clock) {
        try {
            if (Files.exists(store) && endsLater(store, clock)) {
                return;
            }
            Files.deleteIfExists(store);
            make(store, bind);
            Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | GeneralSecurityException unusable) {
            throw new Refusal(
                    "The console's certificate " + store + " cannot be created or read: " + unusable.getMessage(),
                    unusable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal("Stopped while creating the console's certificate.", stopped);
        }
    }

    /** SHA-256 of the certificate, as browsers show it, for comparing by eye. */
    static String fingerprint(Path store) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(read(store).getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (IOException | GeneralSecurityException unusable) {
            throw new Refusal("The console's certificate cannot be read: " + unusable.getMessage(), unusable);
        }
    }

    /** SHA-256 of its public key (RFC 7469 2.4) in Base64 for addresses, by which a host that joins knows the console. */
    static String pin(Path store) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(read(store).getPublicKey().getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (IOException | GeneralSecurityException unusable) {
            throw new Refusal("The console's certificate cannot be read: " + unusable.getMessage(), unusable);
        }
    }

    /** For TLS with whoever has this certificate. */
    static SSLContext only(Path store) {
        try {
            var known = KeyStore.getInstance("PKCS12");
            known.load(null, null);
            known.setCertificateEntry(ALIAS, read(store));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new Refusal("The console's certificate cannot be read: " + unusable.getMessage(), unusable);
        }
    }

    private static boolean endsLater(Path store, Clock clock) throws IOException, GeneralSecurityException {
        return read(store).getNotAfter().toInstant().isAfter(clock.instant().plus(RENEW_BEFORE));
    }

    private static X509Certificate read(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        if (keys.getCertificate(ALIAS) instanceof X509Certificate certificate) {
            return certificate;
        }
        throw new GeneralSecurityException("no certificate " + ALIAS + " in it");
    }

    private static void make(Path store, String bind) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(keytool));
        // Stretching a password that is public protects nothing and costs a start a tenth of a second.
        for (var stretched : List.of("key", "cert")) {
            command.add("-J-Dkeystore.pkcs12." + stretched + "PbeIterationCount=1");
        }
        command.add("-J-Dkeystore.pkcs12.macIterationCount=1");
        command.addAll(List.of("-genkeypair", "-alias", ALIAS, "-storetype", "PKCS12"));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "397"));
        command.addAll(List.of("-dname", "CN=" + hostName() + ", O=Posthouse console", "-ext", "san=" + names(bind)));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", STORE_PASSWORD));
        var keytoolRun = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(keytoolRun.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (keytoolRun.waitFor() != 0) {
            throw new IOException("keytool: " + said.strip());
        }
    }

    private static String names(String bind) {
        var names = "dns:" + hostName() + ",dns:localhost,ip:127.0.0.1";
        var isAddress = bind.matches("[0-9.]+|.*:.*");
        return bind.equals("127.0.0.1") || !isAddress ? names : names + ",ip:" + bind;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
