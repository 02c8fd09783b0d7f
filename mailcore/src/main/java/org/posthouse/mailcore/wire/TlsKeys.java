package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.panel.ServerSecurity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as a server's Security page wants it: with its certificate and key while SSL and TLS is on, else not at all. What
 * the page says now holds for the next session.
 *
 * <p>The key manager is SunX509: the JDK's default, PKIX, costs five times the CPU per hand-shake (measured). Logs when a
 * certificate is taken up and why one cannot be.
 */
public final class TlsKeys {

    private static final Logger LOG = LoggerFactory.getLogger(TlsKeys.class);

    private record Taken(
            ServerSecurity page, String secret, @Nullable SSLContext context, String problem) {}

    private final Supplier<ServerSecurity> page;
    private final Supplier<String> secret;
    private final Optional<CertificateInUse> inUse;
    private volatile @Nullable Taken taken;

    /**
     * TLS of a server.
     *
     * @param page the page in force
     * @param systemSecret opens its key
     * @param inUse what the server last used, over restarts; empty to remember it only in memory
     */
    public TlsKeys(Supplier<ServerSecurity> page, Supplier<String> systemSecret, Optional<CertificateInUse> inUse) {
        this.page = page;
        this.secret = systemSecret;
        this.inUse = inUse;
    }

    /** TLS with the certificate in force; empty when it is off or cannot be had. */
    public Optional<SSLContext> context() {
        return Optional.ofNullable(now().context);
    }

    /** TLS for a port that speaks nothing else. Throws PeerGone, to end that one session, when there is none now. */
    public SSLContext required() {
        return context().orElseThrow(() -> new PeerGone(problem()));
    }

    /** Why there is no context, in words for an administrator; empty when there is one. */
    public String problem() {
        return now().problem;
    }

    /** Certificate and key in force. Throws {@link NotUsable} when there are none, or the key cannot be opened. */
    public static Certified certified(ServerSecurity page, String systemSecret) {
        var chain = page.certificate().orElseThrow(() -> new NotUsable("No certificate is installed."));
        var key = page.privateKey().orElseThrow(() -> new NotUsable("No private key is installed."));
        return new Certified(chain, new Seal(systemSecret).open(key, chain.own().getPublicKey()));
    }

    private Taken now() {
        Taken known = taken;
        ServerSecurity wanted = page.get();
        String opener = secret.get();
        if (known != null && known.page.equals(wanted) && known.secret.equals(opener)) {
            return known;
        }
        return take(wanted, opener);
    }

    private synchronized Taken take(ServerSecurity wanted, String opener) {
        Taken fresh = kept(read(wanted, opener));
        if (!wanted.sslAndTls() && wanted.certificate().isEmpty()) {
            inUse.ifPresent(CertificateInUse::forget);
        }
        if (wanted.sslAndTls()) {
            if (fresh.problem.isEmpty() && fresh.page.certificate().isPresent()) {
                LOG.info(
                        "TLS with the certificate of {}",
                        wanted.certificate().orElseThrow().own().getSubjectX500Principal());
            } else {
                LOG.warn("No TLS: {}", fresh.problem);
            }
        }
        taken = fresh;
        return fresh;
    }

    // A certificate that cannot be used must not take TLS from those who have it: the one before stays.
    private Taken kept(Taken fresh) {
        if (fresh.context != null || !fresh.page.sslAndTls()) {
            return fresh;
        }
        Taken former = taken;
        Optional<SSLContext> previous = former != null && former.context != null
                ? Optional.of(former.context)
                : inUse.flatMap(CertificateInUse::read).flatMap(TlsKeys::usable);
        previous.ifPresent(context ->
                LOG.warn("The new certificate cannot be used; the previous one stays in use: {}", fresh.problem));
        return previous.map(context -> new Taken(fresh.page, fresh.secret, context, ""))
                .orElse(fresh);
    }

    private static Optional<SSLContext> usable(Certified former) {
        try {
            return Optional.of(context(former));
        } catch (GeneralSecurityException | IOException unusable) {
            LOG.debug("The certificate last used cannot be used any more", unusable);
            return Optional.empty();
        }
    }

    private Taken read(ServerSecurity wanted, String opener) {
        if (!wanted.sslAndTls()) {
            return new Taken(wanted, opener, null, "SSL and TLS is off");
        }
        try {
            Certified certified = certified(wanted, opener);
            SSLContext context = context(certified);
            inUse.ifPresent(file -> file.keep(certified));
            return new Taken(wanted, opener, context, "");
        } catch (NotUsable unusable) {
            return new Taken(wanted, opener, null, String.valueOf(unusable.getMessage()));
        } catch (GeneralSecurityException | IOException unusable) {
            return new Taken(wanted, opener, null, "the certificate cannot be used: " + unusable.getMessage());
        }
    }

    private static SSLContext context(Certified certified) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = certified.chain().certificates().toArray(Certificate[]::new);
        store.setKeyEntry("server", certified.key(), new char[0], chain);
        var managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(store, new char[0]);
        var made = SSLContext.getInstance("TLS");
        made.init(managers.getKeyManagers(), null, null);
        return made;
    }
}
