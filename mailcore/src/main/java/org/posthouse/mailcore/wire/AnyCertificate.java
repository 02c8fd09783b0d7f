package org.posthouse.mailcore.wire;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS as a client that takes every certificate: for mail to hosts that only promise to keep listeners out (RFC 7435), and
 * for looking at what a server of our own shows.
 */
public final class AnyCertificate {

    private static final SSLContext CONTEXT = context();

    private AnyCertificate() {}

    /** The one context of this kind. */
    public static SSLContext taken() {
        return CONTEXT;
    }

    @SuppressWarnings("TrustAllX509TrustManager") // See the class comment.
    private static SSLContext context() {
        var everyone = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {everyone}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JVM has no TLS", impossible);
        }
    }
}
