package org.posthouse.webadmin.pulse;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits at one board for news, on a virtual thread, and asks again a second after an engine fell silent. */
final class BoardWatch implements AutoCloseable {

    private static final long PAUSE_MS = 1000;

    private final BoardAddress address;
    private final BoardClient client;
    private final Runnable news;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Board newest;
    private volatile String silence = "";

    BoardWatch(BoardAddress address, BoardClient client, Runnable news) {
        this.address = address;
        this.client = client;
        this.news = news;
        this.thread =
                Thread.ofVirtual().name("board of " + address.host().leaf()).start(this::watch);
    }

    BoardAddress address() {
        return address;
    }

    /** The newest state; empty while the engine does not answer. */
    Optional<Board> board() {
        return Optional.ofNullable(newest);
    }

    /** Why there is no state; empty when there is one. */
    String silence() {
        return silence;
    }

    /** Whether it is known by now if the engine answers. */
    boolean heard() {
        return newest != null || !silence.isEmpty();
    }

    private void watch() {
        try {
            while (closed.getCount() > 0) {
                ask();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        try {
            Board known = newest;
            Optional<Board> next = client.next(address, known == null ? 0 : known.seq());
            if (next.isPresent()) {
                newest = next.get();
                silence = "";
                news.run();
            }
        } catch (IOException silent) {
            newest = null;
            silence = reason(silent);
            news.run();
            closed.await(PAUSE_MS, TimeUnit.MILLISECONDS);
        }
    }

    private static String reason(IOException silent) {
        return switch (silent) {
            case ConnectException refused -> "connection refused";
            case HttpTimeoutException late -> "no answer in time";
            default -> silent.getMessage() == null ? "connection lost" : silent.getMessage();
        };
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
