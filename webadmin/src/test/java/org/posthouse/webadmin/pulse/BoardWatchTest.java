package org.posthouse.webadmin.pulse;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.value.Place;

/** What is known of an engine whose line is cut without a word, as by a firewall. */
class BoardWatchTest {

    private static final Duration LATE = Duration.ofSeconds(2);
    private static final String BOARD = "{\"seq\":%d,\"host\":\"far\",\"servers\":[]}";

    // Each permit is one answer; without one the line is as dead as behind a firewall that drops all.
    private final Semaphore line = new Semaphore(0);
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private HttpServer engine;
    private BoardClient client;
    private BoardWatch watch;

    @BeforeEach
    void start() throws IOException {
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        engine.createContext("/", this::answer);
        engine.start();
        client = new BoardClient(LATE);
        var url = URI.create("http://127.0.0.1:" + engine.getAddress().getPort());
        watch = new BoardWatch(new BoardAddress(Place.of("cn=far"), url, "s", false), client, this::tell);
    }

    @AfterEach
    void stop() {
        watch.close();
        client.close();
        engine.stop(0);
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            line.acquire();
            byte[] body =
                    Objects.requireNonNull(answers.poll(60, TimeUnit.SECONDS)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 204 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void tell() {
        told.add(
                watch == null
                        ? ""
                        : watch.board().map(board -> "board " + board.seq()).orElse(watch.silence()));
    }

    private void says(String answer) {
        answers.add(answer);
        line.release();
    }

    private void isTold(String what) throws InterruptedException {
        String news = "";
        for (int heard = 0; !news.contains(what); heard++) {
            news = told.poll(60, TimeUnit.SECONDS);
            assertNotNull(news, "never told of " + what);
            assertTrue(heard < 30, "told of " + news + " instead of " + what);
        }
    }

    @Test
    void anEngineThatFallsSilentIsNoLongerShownAndComesBackByItself() throws Exception {
        says(BOARD.formatted(7));
        isTold("board 7");
        says("");
        isTold("no answer in time");
        assertTrue(watch.board().isEmpty());
        says(BOARD.formatted(9));
        says(BOARD.formatted(9));
        says(BOARD.formatted(9));
        isTold("board 9");
    }
}
