package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What waits to be sent, gathered so that one answer is one packet.
 *
 * <p>A blocking write has no time-out in Java. So one thread for all looks every half second whether a write has been
 * stuck too long and cuts that connection: a peer that does not read its answers must not hold a session.
 */
final class Outbox implements AutoCloseable {

    private static final int SMALL = 512;
    private static final int LARGE = 16384;
    private static final long STUCK = TimeUnit.SECONDS.toNanos(120);

    private static final Set<Outbox> WRITING = ConcurrentHashMap.newKeySet();
    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("wire-watch").factory());

    static {
        var _ = WATCH.scheduleWithFixedDelay(() -> WRITING.forEach(Outbox::look), 500, 500, TimeUnit.MILLISECONDS);
    }

    private final Runnable cut;
    private OutputStream output;
    private byte[] waiting = new byte[SMALL];
    private int count;
    private volatile long since;
    private volatile boolean late;

    Outbox(OutputStream output, Runnable cut) {
        this.output = output;
        this.cut = cut;
    }

    void through(OutputStream other) {
        output = other;
    }

    boolean late() {
        return late;
    }

    void add(byte[] octets, int offset, int length) throws IOException {
        if (count + length > LARGE) {
            flush();
        }
        if (length >= LARGE) {
            for (int done = 0; done < length; done += LARGE) {
                write(octets, offset + done, Math.min(LARGE, length - done));
            }
            return;
        }
        if (count + length > waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.min(LARGE, Math.max(waiting.length * 2, count + length)));
        }
        System.arraycopy(octets, offset, waiting, count, length);
        count += length;
    }

    void flush() throws IOException {
        if (count > 0) {
            int length = count;
            count = 0;
            write(waiting, 0, length);
            if (waiting.length > SMALL * 8) {
                waiting = new byte[SMALL];
            }
        }
    }

    private void write(byte[] octets, int offset, int length) throws IOException {
        since = System.nanoTime();
        WRITING.add(this);
        try {
            output.write(octets, offset, length);
        } finally {
            WRITING.remove(this);
        }
    }

    private void look() {
        if (System.nanoTime() - since > STUCK) {
            late = true;
            cut.run();
        }
    }

    @Override
    public void close() {
        WRITING.remove(this);
    }
}
