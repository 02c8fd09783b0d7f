package org.posthouse.mailcore.acme;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import org.posthouse.mailcore.wire.Https;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** The way to one authority, which is trusted with certificates but not to answer soon, shortly or sensibly. */
final class Authority extends GenericAcmeProvider implements AutoCloseable {

    // Far more than any directory, order or chain has.
    private static final long LARGEST_ANSWER = 256 << 10;

    private final Https https;
    private final Session session;

    Authority(Wish wish, Duration patience) {
        https = Https.trusting(wish.authorities(), patience, LARGEST_ANSWER);
        session = new Session(wish.directory(), this);
        session.setLocale(Locale.ENGLISH);
        session.networkSettings().setTimeout(patience);
        session.networkSettings().setCompressionEnabled(false);
    }

    Session session() {
        return session;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
        return https;
    }

    @Override
    public void close() {
        https.close();
    }
}
