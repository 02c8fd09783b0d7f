package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one directory server responds, as all connections of this process to it have found out together: a circuit
 * breaker.
 *
 * <p>After one request that was not answered, every request fails at once, and one thread probes the server every second
 * until it responds. Safe for use by several threads.
 */
public final class Availability {

    /**
     * A time without answers.
     *
     * @param since when the first request failed
     * @param answered when the server responded last; the epoch if it never did
     * @param reason why requests fail, such as "connection refused"
     */
    public record Outage(Instant since, Instant answered, String reason) {

        /** From when the data is that is known: that of the last answer. */
        public Instant asOf() {
            return answered.equals(Instant.EPOCH) ? since : answered;
        }
    }

    /** Asks the server for next to nothing, on a connection of its own. */
    interface Probe {

        /** Throws LDAPException when there is no answer, or an answer that refuses. */
        void ask() throws LDAPException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
    private static final Map<String, Availability> KNOWN = new ConcurrentHashMap<>();
    private static final Set<ResultCode> SILENCE =
            Set.of(ResultCode.CONNECT_ERROR, ResultCode.SERVER_DOWN, ResultCode.TIMEOUT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    // An answer within this time is no longer late.
    private static final Duration LATE = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Duration PACE = Duration.ofSeconds(1);
    // A probe that failed just now would fail again.
    private static final Duration CERTAIN = Duration.ofMillis(200);

    private final String url;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition probed = lock.newCondition();
    private final Condition wanted = lock.newCondition();
    private volatile @Nullable Outage outage;
    private volatile Instant answered = Instant.EPOCH;
    private volatile boolean slow;
    private final Set<CompletableFuture<?>> expected = ConcurrentHashMap.newKeySet();
    private int users;
    private boolean probing;
    private boolean checking;
    private long rounds;
    private long probedAt;

    Availability(String url, Clock clock) {
        this.url = url;
        this.clock = clock;
    }

    /** That of the server at a URL. */
    static Availability of(String url) {
        return KNOWN.computeIfAbsent(url, each -> new Availability(each, Clock.systemUTC()));
    }

    /** The present outage; empty while the server responds, as far as anybody knows. */
    public Optional<Outage> outage() {
        return Optional.ofNullable(outage);
    }

    /** Connections to the server were opened. */
    void join() {
        lock.lock();
        try {
            users++;
        } finally {
            lock.unlock();
        }
    }

    /** They were closed. */
    void leave() {
        lock.lock();
        try {
            users--;
            wanted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Before a request. Throws DirectoryDown during an outage, unless a probe shows within so much time that it is over.
     */
    void enter(Probe probe, Duration patience) {
        if (outage != null) {
            Outage known = await(probe, patience);
            if (known != null) {
                throw down(known);
            }
        }
    }

    private DirectoryDown down(Outage known) {
        String why = "The directory " + url + " has not responded since " + TIME.format(known.since()) + ": "
                + known.reason();
        return new DirectoryDown(why, new IllegalStateException(known.reason()));
    }

    private @Nullable Outage await(Probe probe, Duration patience) {
        lock.lock();
        try {
            begin(probe);
            long before = rounds;
            long left = System.nanoTime() - probedAt < CERTAIN.toNanos() && patience.compareTo(CERTAIN) <= 0
                    ? 0
                    : patience.toNanos();
            wanted.signalAll();
            while (outage != null && rounds == before && left > 0) {
                left = probed.awaitNanos(left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return outage;
    }

    /** Whether the last answers came late. */
    boolean isSlow() {
        return slow;
    }

    /** A request that was sent then was answered, whatever the answer was. */
    void answered(Instant asked) {
        answered = clock.instant();
        if (slow && Duration.between(asked, answered).compareTo(LATE) < 0) {
            slow = false;
        }
        if (outage != null) {
            end();
        }
    }

    private void end() {
        lock.lock();
        try {
            if (outage != null) {
                outage = null;
                LOG.info("The directory {} responds again", url);
                wanted.signalAll();
                probed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A request failed: begins an outage when it was not answered. */
    void failed(LDAPException failure, Instant asked, Probe probe) {
        if (failure.getResultCode().equals(ResultCode.USER_CANCELED)) {
            return;
        }
        if (!isSilence(failure)) {
            answered(asked);
            return;
        }
        lock.lock();
        try {
            // An answer to a later request counts more than none to an earlier one.
            if (outage == null && !answered.isAfter(asked)) {
                outage = new Outage(asked, answered, Reasons.cause(failure));
                LOG.warn("The directory {} does not respond: {}", url, Reasons.cause(failure));
                begin(probe);
            }
        } finally {
            lock.unlock();
        }
        Outage begun = outage;
        if (begun != null) {
            expected.forEach(answer -> answer.completeExceptionally(down(begun)));
        }
    }

    /** This answer is waited for: an outage ends the waiting with DirectoryDown. */
    void expect(CompletableFuture<?> answer) {
        expected.add(answer);
        Outage begun = outage;
        if (begun != null) {
            answer.completeExceptionally(down(begun));
        }
    }

    /** The waiting is over. */
    @SuppressWarnings("UndefinedEquals") // the same future, not an equal one
    void expectNoMore(CompletableFuture<?> answer) {
        expected.remove(answer);
    }

    static boolean isSilence(LDAPException failure) {
        return SILENCE.contains(failure.getResultCode()) && !Reasons.isAboutTls(failure);
    }

    /** An answer comes late: finds out whether the server responds at all. */
    void suspect(Probe probe) {
        slow = true;
        check(probe);
    }

    /** Finds out whether the server responds, beside whoever asks. */
    void check(Probe probe) {
        lock.lock();
        try {
            if (outage != null || checking) {
                return;
            }
            checking = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("directory-check").start(() -> checked(probe));
    }

    private void checked(Probe probe) {
        try {
            round(probe);
        } finally {
            lock.lock();
            try {
                checking = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private void round(Probe probe) {
        Instant asked = clock.instant();
        var answer = new CompletableFuture<Boolean>();
        Thread asking = Thread.ofVirtual().name("directory-probe-request").start(() -> ask(probe, answer));
        try {
            answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            answered(asked);
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof LDAPException failure) {
                failed(failure, asked, probe);
            } else {
                LOG.error("The directory {} cannot be probed", url, refused.getCause());
            }
        } catch (TimeoutException silent) {
            failed(new LDAPException(ResultCode.TIMEOUT, "no answer to a probe"), asked, probe);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            // Closes its socket: a TLS handshake has no time limit of its own.
            asking.interrupt();
        }
    }

    private static void ask(Probe probe, CompletableFuture<Boolean> answer) {
        try {
            probe.ask();
            answer.complete(true);
        } catch (LDAPException | RuntimeException | LinkageError failure) {
            answer.completeExceptionally(failure);
        }
    }

    // With the lock held. Before the first connection, each who asks has one probe made.
    private void begin(Probe probe) {
        if (!probing && outage != null) {
            probing = true;
            Thread.ofVirtual().name("directory-probe").start(() -> run(probe));
        }
    }

    private void run(Probe probe) {
        do {
            round(probe);
            lock.lock();
            try {
                rounds++;
                probedAt = System.nanoTime();
                probed.signalAll();
                if (outage != null && users > 0) {
                    pause();
                }
            } finally {
                lock.unlock();
            }
        } while (isGoingOn());
    }

    // Somebody who asks makes the pause shorter, but no shorter than a probe is certain.
    @SuppressWarnings("WaitNotInLoop") // waking up early only makes the pause shorter
    private void pause() {
        try {
            long asked = wanted.awaitNanos(PACE.toNanos());
            long rest = CERTAIN.toNanos() - (PACE.toNanos() - Math.max(0, asked));
            while (rest > 0 && outage != null && users > 0) {
                rest = wanted.awaitNanos(rest);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isGoingOn() {
        lock.lock();
        try {
            probing = outage != null && users > 0 && !Thread.currentThread().isInterrupted();
            return probing;
        } finally {
            lock.unlock();
        }
    }
}
