package org.posthouse.mailcore.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.engine.Tree;
import org.posthouse.mailcore.settings.Settings;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.AcmeLine;
import org.posthouse.schema.certificate.AcmeNotes;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;

/** What a bad authority can do, seen from inside, with little patience. */
class AcmeClientTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Pace HASTY =
            new Pace(Duration.ofSeconds(5), Duration.ofMillis(700), Duration.ofMinutes(5), Duration.ofHours(12));

    private final Certified own = new Issue(List.of(new DomainName("localhost")))
            .selfSigned(KeyKind.EC.make(), CLOCK.instant(), Duration.ofDays(1));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Tree tree = Tree.planted();
    private HttpsServer server = serve();

    private HttpsServer serve() {
        try {
            var made = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.setHttpsConfigurator(new HttpsConfigurator(tls()));
            made.setExecutor(threads);
            made.createContext("/", this::trickle);
            made.start();
            return made;
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SSLContext tls() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own", own.key(), new char[0], own.chain().certificates().toArray(X509Certificate[]::new));
        var keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    // The head of the answer comes at once, the body never to an end.
    private void trickle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try {
            while (!closing.await(50, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void plant() {
        var more = new HashMap<>(AcmeNotes.asking(CLOCK.instant()));
        more.put(
                "posthouseAcmeDirectory",
                List.of("https://localhost:" + server.getAddress().getPort() + "/directory"));
        more.put("posthouseAcmeAuthorities", List.of(own.chain().pem()));
        tree.server("mail1", "127.0.0.1", Map.copyOf(more));
    }

    @AfterEach
    void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
        tree.close();
    }

    private AcmeClient client() {
        var listening = new Listening(InetAddress.getLoopbackAddress(), 20_000);
        var with = new AcmeClient.Surroundings(listening, tree::directory, () -> Tree.SECRET, HASTY, CLOCK);
        return new AcmeClient(this::inForce, () -> Optional.of(entry()), with, () -> {});
    }

    private Entry entry() {
        return tree.directory().read(tree.server("mail1")).orElseThrow();
    }

    private Snapshot inForce() {
        var wanted = new HashMap<Place, Entry>();
        tree.directory().configuration().forEach(entry -> wanted.put(entry.place(), entry));
        var all = org.posthouse.schema.tree.Tree.of(tree.directory().configuration());
        return Optional.ofNullable(new Settings(all, wanted, Map.of())
                        .on(Tree.HOST, CLOCK.instant())
                        .get(tree.server("mail1")))
                .orElseThrow();
    }

    private static void await(AcmeClient client, BooleanSupplier something) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!something.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not in time: " + client.line());
            client.look();
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean stands(AcmeClient client, String state) {
        return client.line().map(AcmeLine::state).filter(state::equals).isPresent();
    }

    @Test
    void anAnswerThatComesToNoEndIsGivenUpAndTriedLater() {
        try (AcmeClient client = client()) {
            await(client, () -> stands(client, "failed"));
            AcmeLine line = client.line().orElseThrow();
            assertTrue(line.reason().startsWith("localhost did not finish within"), line.reason());
            assertEquals(
                    Duration.ofMinutes(5),
                    Duration.between(line.since(), line.next().orElseThrow()));
        }
    }

    @Test
    void whoeverAsksNoMoreBreaksOffWhatIsUnderWay() {
        try (AcmeClient client = client()) {
            await(client, () -> stands(client, "ordering"));
            tree.save(tree.server("mail1"), AcmeNotes.silent());
            await(client, () -> client.line().isEmpty());
        }
    }

    @Test
    void theAccountIsSealedAndKept() {
        try (AcmeClient client = client()) {
            await(client, () -> AcmeNotes.of(entry()).account().isPresent());
            var account = AcmeNotes.of(entry()).account().orElseThrow();
            assertEquals(
                    "EC",
                    account.open(new org.posthouse.schema.certificate.Seal(Tree.SECRET))
                            .getPrivate()
                            .getAlgorithm());
        }
    }
}
