package org.posthouse.mailcore.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.wire.AnyCertificate;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.status.Lease;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that one engine alone serves a host: it holds the lease in {@code posthouseLease} of the Host Server, which
 * it acquires by a conditional modify. An engine that finds another's lease challenges it in {@code posthouseLeaseClaim};
 * an engine that is alive answers by renewing its lease, so nothing is written while there is no doubt. The lease of a
 * process of this machine that has ended is taken over at once, any other that is not renewed after {@link Times#answer},
 * unless its engine tells at its status board that it serves: then it is cut off from the directory alone.
 *
 * <p>While the directory cannot be reached, the engine serves as it did: mail must not wait for the directory. Only an
 * engine that was challenged and could not answer stops, unless the challenger asked it directly. Everything is decided on
 * one thread of its own; {@code changed} is called there when {@link #serves} has changed.
 */
final class HostLease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostLease.class);

    static final String LEASE = Lease.ATTRIBUTE;
    static final String CLAIM = "posthouseLeaseClaim";

    private static final Duration LOOK_FOR_ANSWER = Duration.ofMillis(250);
    private static final int CONNECT = 2_000;
    private static final int LONGEST = 1_000;

    /**
     * How long is waited for what.
     *
     * @param answer how long the holder of a lease may take to renew it when it is challenged
     * @param look how often an engine looks who has the lease
     * @param again how often a waiting engine challenges the holder
     * @param patience how long the directory may take before the engine serves without a lease
     * @param yield how long an engine that took over from one that runs leaves it to stop
     */
    record Times(Duration answer, Duration look, Duration again, Duration patience, Duration yield) {
        static final Times USUAL = new Times(
                Duration.ofSeconds(8),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    private enum State {
        UNDECIDED,
        HELD,
        UNPROTECTED,
        REFUSED
    }

    private final String hostName;
    private final Supplier<Directory> directory;
    private final Clock clock;
    private final Times times;
    private final Runnable changed;
    private final BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Thread thread;
    private volatile Lease own;
    private boolean takeOver;
    private @Nullable Lease refusedBy;
    private Instant challenged = Instant.EPOCH;
    private volatile @Nullable Place host;
    private volatile State state = State.UNDECIDED;
    private volatile String objection = "";
    // Since when there is a challenge that could not be answered.
    private volatile @Nullable Instant doubted;

    HostLease(EngineOptions options, Supplier<Directory> directory, URI board, Times times, Runnable changed) {
        this.hostName = options.hostName();
        this.directory = directory;
        this.clock = options.clock();
        this.times = times;
        this.changed = changed;
        this.takeOver = options.takeOver();
        Instant now = clock.instant();
        String shown = board.toString().replaceFirst("#.*", "");
        this.own = new Lease(UUID.randomUUID().toString(), now, now, ProcessMark.own(), shown);
        this.thread = Thread.ofVirtual().name("lease").start(this::run);
    }

    /** The Host Server may have changed; decides soon. */
    void look(Place hostServer) {
        if (host == null) {
            Thread.ofVirtual().name("lease without directory").start(this::serveSoon);
        }
        host = hostServer;
        news.offer(true);
    }

    // A directory that takes its time does not keep mail waiting; a challenge does, because then it has answered.
    private void serveSoon() {
        try {
            if (!answered.await(times.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                serveUnprotected();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether this engine may serve the host. */
    boolean serves() {
        return state == State.HELD || state == State.UNPROTECTED;
    }

    /** This engine's run while it serves, for an engine that challenges it and gets no answer; "" while it does not. */
    String answerDirectly() {
        doubted = null;
        return serves() ? own.instance() : "";
    }

    /** Whether it is decided who serves the host. */
    boolean isDecided() {
        return state != State.UNDECIDED;
    }

    /** Serves without a lease for now, because there is no directory to ask. */
    synchronized void serveUnprotected() {
        if (state == State.UNDECIDED) {
            enter(State.UNPROTECTED, "");
        }
    }

    /** Why this engine does not serve the host; "" when it may. */
    String objection() {
        return objection;
    }

    private void run() {
        try {
            while (true) {
                boolean told = news.poll(times.look().toMillis(), TimeUnit.MILLISECONDS) != null;
                Place asked = host;
                if (asked != null && (told || isToLook())) {
                    decide(asked);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    // Not every directory tells of each change, and whoever serves may end without a word. One search in a second.
    private boolean isToLook() {
        return state != State.UNPROTECTED || isDue();
    }

    private boolean isDue() {
        return challenged.plus(times.again()).isBefore(clock.instant());
    }

    private void decide(Place asked) throws InterruptedException {
        try {
            Optional<Entry> entry = directory.get().read(asked);
            answered.countDown();
            if (entry.isPresent()) {
                decide(entry.get());
            }
        } catch (DirectoryDown down) {
            serveUnprotected();
            stopWhenDoubted();
            pause(times.look());
            news.offer(true);
        } catch (DirectoryException refused) {
            challenged = clock.instant();
            if (!serves()) {
                LOG.warn(
                        "The lease of host {} cannot be written, so a second engine of this host would not be noticed: {}",
                        hostName,
                        refused.getMessage());
                enter(State.UNPROTECTED, "");
            }
        }
    }

    // By then the challenger has taken the host over.
    private void stopWhenDoubted() {
        Instant since = doubted;
        if (state == State.HELD && since != null && !since.plus(times.answer()).isAfter(clock.instant())) {
            enter(
                    State.REFUSED,
                    "Another engine claims host " + hostName
                            + ", and this one cannot answer because the directory does not respond. It serves again"
                            + " when the directory responds, unless the other one has taken over.");
        }
    }

    private void decide(Entry entry) throws InterruptedException {
        Optional<Lease> holder = entry.value(LEASE).flatMap(Lease::of);
        if (holder.isEmpty()) {
            acquire(entry);
        } else if (holder.get().isOf(own)) {
            enter(State.HELD, "");
            answer(entry);
        } else if (takeOver || ProcessMark.isGone(holder.get().process())) {
            takeFrom(entry, holder.get());
        } else if (state == State.HELD) {
            lose(holder.get());
        } else if (ProcessMark.isAlive(holder.get().process())) {
            refuse(holder.get());
        } else if (refusedBy == null || !holder.get().isOf(refusedBy) || isDue()) {
            challenge(entry, holder.get());
        }
    }

    private void acquire(Entry entry) {
        if (seize(entry)) {
            enter(State.HELD, "");
        }
    }

    // Conditional: whoever was faster has it, and what stands then is looked at again.
    private boolean seize(Entry entry) {
        Instant now = clock.instant();
        own = new Lease(own.instance(), now, now, own.process(), own.board());
        if (directory.get().exchange(entry.place(), LEASE, entry.value(LEASE), Optional.of(own.text()))) {
            takeOver = false;
            refusedBy = null;
            return true;
        }
        news.offer(true);
        return false;
    }

    private void answer(Entry entry) {
        boolean claimed = entry.value(CLAIM)
                .filter(claim -> !claim.startsWith(own.instance() + " "))
                .isPresent();
        if (claimed) {
            doubted = clock.instant();
            own = own.renewed(clock.instant());
            directory.get().exchange(entry.place(), LEASE, entry.value(LEASE), Optional.of(own.text()));
            directory.get().mark(entry.place(), Map.of(CLAIM, List.of()));
        }
        doubted = null;
    }

    private void takeFrom(Entry entry, Lease holder) throws InterruptedException {
        boolean gone = ProcessMark.isGone(holder.process());
        if (seize(entry)) {
            LOG.warn("This engine takes over host {} from the engine at {}", hostName, holder.board());
            if (!gone) {
                pause(times.yield());
            }
            enter(State.HELD, "");
        }
    }

    private void challenge(Entry entry, Lease holder) throws InterruptedException {
        challenged = clock.instant();
        try {
            claim(entry, List.of(own.instance() + " " + own.board()));
        } catch (DirectoryDown down) {
            throw down;
        } catch (DirectoryException unwritable) {
            if (askDirectly(holder).isPresent()) {
                refuse(holder);
                return;
            }
            throw unwritable;
        }
        if (isRenewed(entry.place(), holder)) {
            return;
        }
        if (askDirectly(holder).filter(said -> said.contains(holder.instance())).isPresent()) {
            LOG.info("The engine at {} serves host {}, but is cut off from the directory", holder.board(), hostName);
            refuse(holder);
            return;
        }
        LOG.info("The engine at {} no longer answers. Its lease of host {} is taken over", holder.board(), hostName);
        acquire(entry);
        claim(entry, List.of());
    }

    private void claim(Entry entry, List<String> claim) {
        directory.get().mark(entry.place(), Map.of(CLAIM, claim));
    }

    // Waits for the answer to a challenge; when somebody else has the lease by then, that is looked at again.
    private boolean isRenewed(Place asked, Lease holder) throws InterruptedException {
        long end = System.nanoTime() + times.answer().toNanos();
        while (System.nanoTime() < end) {
            pause(LOOK_FOR_ANSWER);
            Optional<Lease> now = directory
                    .get()
                    .read(asked)
                    .flatMap(read -> read.value(LEASE))
                    .flatMap(Lease::of);
            if (!now.equals(Optional.of(holder))) {
                now.filter(holder::isOf).ifPresentOrElse(this::refuse, () -> news.offer(true));
                return true;
            }
        }
        return false;
    }

    // What the status board says of the lease; empty when nobody is there, "" when it is somebody else.
    private static Optional<String> askDirectly(Lease holder) {
        try {
            var asking = (HttpURLConnection)
                    URI.create(holder.board()).resolve("/lease").toURL().openConnection();
            asking.setConnectTimeout(CONNECT);
            asking.setReadTimeout(CONNECT);
            if (asking instanceof HttpsURLConnection tls) {
                tls.setSSLSocketFactory(AnyCertificate.taken().getSocketFactory());
                tls.setHostnameVerifier((name, session) -> true); // It names the lease that it holds.
            }
            asking.connect();
            return Optional.of(said(asking));
        } catch (SSLException somebody) {
            return Optional.of("");
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    private static String said(HttpURLConnection asking) {
        try (InputStream in = asking.getInputStream()) {
            return new String(in.readNBytes(LONGEST), UTF_8);
        } catch (IOException somebodyElse) {
            return "";
        } finally {
            asking.disconnect();
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refuse(Lease holder) {
        refusedBy = holder;
        enter(State.REFUSED, objection(holder));
    }

    private String objection(Lease holder) {
        return "The engine at " + holder.board() + " already serves host " + hostName + " (since " + holder.sinceText()
                + "). Stop that engine, or take over with --take-over.";
    }

    private void lose(Lease holder) {
        refusedBy = holder;
        challenged = clock.instant();
        enter(
                State.REFUSED,
                "The engine at " + holder.board() + " took over host " + hostName + " (since " + holder.sinceText()
                        + "). Stop one of the two engines.");
    }

    private synchronized void enter(State next, String why) {
        if (next == state && why.equals(objection)) {
            return;
        }
        state = next;
        objection = why;
        if (!why.isEmpty()) {
            LOG.error("{}", why);
        }
        changed.run();
    }

    /** Gives the lease back, so that the next engine need not wait. The engine has stopped serving. */
    @Override
    public void close() {
        thread.interrupt();
        join();
        Place asked = host;
        if (asked == null || state != State.HELD) {
            return;
        }
        try {
            directory.get().exchange(asked, LEASE, Optional.of(own.text()), Optional.empty());
        } catch (DirectoryException stays) {
            LOG.info("The lease of host {} could not be given back: {}", hostName, stays.getMessage());
        }
    }

    private void join() {
        try {
            thread.join(times.look());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
