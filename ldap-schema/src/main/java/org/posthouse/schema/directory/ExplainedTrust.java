package org.posthouse.schema.directory;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.X509TrustManager;

/** Trusts as another one does, and says of a certificate that is not trusted what it is and what to do about it. */
final class ExplainedTrust implements X509TrustManager {

    private final X509TrustManager trusted;

    ExplainedTrust(X509TrustManager trusted) {
        this.trusted = trusted;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        try {
            trusted.checkServerTrusted(chain, type);
        } catch (CertificateException refused) {
            // Without the cause: whoever looks for the innermost reason is to find this one.
            throw new CertificateException(explained(chain[0]));
        }
    }

    private static String explained(X509Certificate shown) {
        String which = shown.getSubjectX500Principal() + ", issued by " + shown.getIssuerX500Principal()
                + ", SHA-256 fingerprint " + fingerprint(shown);
        try {
            shown.checkValidity();
        } catch (CertificateExpiredException expired) {
            return which + "; it expired on " + shown.getNotAfter().toInstant();
        } catch (CertificateNotYetValidException early) {
            return which + "; it is not valid before " + shown.getNotBefore().toInstant();
        }
        return which + "; to trust its authority, specify the authority's certificate with --directory-ca FILE";
    }

    private static String fingerprint(X509Certificate shown) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        trusted.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trusted.getAcceptedIssuers();
    }
}
