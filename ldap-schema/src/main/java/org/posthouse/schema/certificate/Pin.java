package org.posthouse.schema.certificate;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The public key by which a peer is known, where no authority vouches for it: whoever proves to hold its private half is
 * the peer, whatever name and days its certificate carries.
 *
 * @param digest SHA-256 of the SubjectPublicKeyInfo (RFC 7469 2.4) in Base64 for addresses (RFC 4648 5), without padding
 */
public record Pin(String digest) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Throws IllegalArgumentException when the text is no digest. */
    public Pin {
        if (!FORM.matcher(digest).matches()) {
            throw new IllegalArgumentException("is not the fingerprint of a key: 43 letters, digits, - and _");
        }
    }

    /** The pin of a key. */
    public static Pin of(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return new Pin(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** For TLS with that peer and no other; its name is not looked at. */
    public SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Only(this)}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // The extended kind: around any other the JDK would check the host name by itself.
    private static final class Only extends X509ExtendedTrustManager {

        private final Pin pin;

        Only(Pin pin) {
            this.pin = pin;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            Pin shown = of(chain[0].getPublicKey());
            if (!shown.equals(pin)) {
                throw new CertificateException("it shows the key " + shown.digest() + " instead of " + pin.digest());
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no client is known by its key");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
