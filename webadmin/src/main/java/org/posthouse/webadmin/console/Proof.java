package org.posthouse.webadmin.console;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import javax.net.ssl.HttpsURLConnection;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.webadmin.listener.Endpoint;

/** Fetches the console from where it is said to be, as a browser would. */
final class Proof {

    private static final int PATIENCE = 5_000;

    private Proof() {}

    /** The line of the answer. Throws IOException when there is none, or when another program answers. */
    static String of(Endpoint endpoint) throws IOException {
        String url = endpoint.called() + "health";
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        if (connection instanceof HttpsURLConnection tls) {
            var own = new Pin(System.getProperty("posthouse.certificate-pin", ""));
            tls.setSSLSocketFactory(own.context().getSocketFactory());
            tls.setHostnameVerifier((name, session) -> true); // The key says that it is we.
        }
        connection.setConnectTimeout(PATIENCE);
        connection.setReadTimeout(PATIENCE);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Connection", "close");
        try {
            connection.getResponseCode();
            return "GET " + url + "  " + connection.getHeaderField(0);
        } finally {
            connection.disconnect();
        }
    }
}
