package org.posthouse.mailcore.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's certificate and private key: NetMail's pair of PEM files in the DBF directory, read again when they change.
 *
 * <p>The key manager is SunX509: the JDK's default, PKIX, costs five times the CPU per hand-shake (measured). Logs when a
 * pair is taken up and, once for each state of the files, why one cannot be.
 */
public final class TlsKeys {

    private static final Logger LOG = LoggerFactory.getLogger(TlsKeys.class);
    private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(1);

    private final Path certificate;
    private final Path key;
    private long looked = System.nanoTime() - LOOK_AGAIN;
    private @Nullable Stamp stamp;
    private @Nullable SSLContext context;
    private String problem = "";

    private record Stamp(FileTime certificate, FileTime key) {}

    /** Takes the pair {@code osslcert.pem} (with its chain) and {@code osslpriv.pem} (PKCS#8) from this directory. */
    public TlsKeys(Path dbfDirectory) {
        certificate = dbfDirectory.resolve("osslcert.pem");
        key = dbfDirectory.resolve("osslpriv.pem");
    }

    /** TLS with the pair that lies there now; empty when there is none, or none that can be used. */
    public synchronized Optional<SSLContext> context() {
        if (System.nanoTime() - looked >= LOOK_AGAIN) {
            look();
            looked = System.nanoTime();
        }
        return Optional.ofNullable(context);
    }

    /** TLS for a port that speaks nothing else. Throws PeerGone, to end that one session, when there is none now. */
    public SSLContext required() {
        return context().orElseThrow(() -> new PeerGone(problem()));
    }

    /** Why there is no context, in words for an administrator; empty when there is one. */
    public synchronized String problem() {
        context();
        return problem;
    }

    private void look() {
        if (!Files.exists(certificate) || !Files.exists(key)) {
            stamp = null;
            context = null;
            problem = "no certificate: " + certificate + " and " + key.getFileName() + " are not both there";
            return;
        }
        try {
            var now = new Stamp(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
            if (!now.equals(stamp)) {
                stamp = now;
                context = read();
                problem = "";
                LOG.info("TLS certificate taken from {}", certificate);
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            // A pair half replaced: the one in use stays in use until both files fit.
            problem = "the certificate " + certificate + " cannot be used: " + unusable.getMessage();
            LOG.warn("{}", problem);
        }
    }

    private SSLContext read() throws IOException, GeneralSecurityException {
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate)))
                .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new IllegalArgumentException("it holds no certificate");
        }
        PrivateKey secret = privateKey(chain[0].getPublicKey().getAlgorithm());
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", secret, new char[0], chain);
        var managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(store, new char[0]);
        var made = SSLContext.getInstance("TLS");
        made.init(managers.getKeyManagers(), null, null);
        return made;
    }

    private PrivateKey privateKey(String algorithm) throws IOException, GeneralSecurityException {
        String pem = Files.readString(key, StandardCharsets.US_ASCII);
        int begin = pem.indexOf("-----BEGIN PRIVATE KEY-----");
        int finish = pem.indexOf("-----END PRIVATE KEY-----");
        if (begin < 0 || finish < begin) {
            throw new IllegalArgumentException(key.getFileName() + " is not a PKCS#8 private key in PEM form");
        }
        String body = pem.substring(begin + "-----BEGIN PRIVATE KEY-----".length(), finish);
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    }
}
