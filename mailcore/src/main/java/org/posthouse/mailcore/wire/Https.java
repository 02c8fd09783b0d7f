package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.posthouse.schema.value.TrustedAuthorities;

/**
 * Asks services of others over HTTPS (RFC 9110 4.2.2), and bears with whatever they answer: nothing is asked in plain
 * text, no answer may be larger than a limit, and none is unpacked, because what is packed small may be large.
 *
 * <p>How long an answer takes is the request's own timeout up to its head; who waits for the body interrupts the thread.
 */
public final class Https extends HttpClient {

    private final HttpClient client;
    private final long largest;

    private Https(HttpClient client, long largest) {
        this.client = client;
        this.largest = largest;
    }

    /** Trusts these authorities alone, or those that Java trusts; connects within so long; takes answers up to so many octets. */
    public static Https trusting(Optional<TrustedAuthorities> authorities, Duration patience, long largest) {
        var builder = HttpClient.newBuilder()
                .followRedirects(Redirect.NORMAL)
                .connectTimeout(patience)
                .proxy(HttpClient.Builder.NO_PROXY);
        authorities.map(Https::context).ifPresent(builder::sslContext);
        return new Https(builder.build(), largest);
    }

    private static SSLContext context(TrustedAuthorities authorities) {
        try {
            KeyStore store = Authorities.store(authorities.certificates());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (!"https".equalsIgnoreCase(request.uri().getScheme())) {
            throw new IOException(request.uri() + " is not used, because it is not HTTPS");
        }
        HttpResponse<T> answer = client.send(request, BodyHandlers.limiting(handler, largest));
        String packed = answer.headers().firstValue("Content-Encoding").orElse("identity");
        if (!packed.equalsIgnoreCase("identity")) {
            throw new IOException("the answer comes packed as " + packed + ", which was not asked for");
        }
        return answer;
    }

    /** Is not offered: whoever asks waits, and can be interrupted. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        throw new UnsupportedOperationException();
    }

    /** Is not offered: whoever asks waits, and can be interrupted. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    /** Ends at once; requests under way fail. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
