package org.posthouse.mailcore.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.Tally;

/**
 * Slows down those who guess passwords.
 *
 * <p>Each wrong password costs a pause, and an address with too many of them within a minute is refused without a look
 * at the password. It is the address that is refused, never the account: its owner gets in from elsewhere. Of IPv6 the
 * network counts (64 bits), since anybody can have a network full of addresses.
 */
public final class LoginGuard {

    private static final int GUESSES_A_MINUTE = 20;
    private static final int ADDRESSES = 100_000;

    private final Duration pause;
    private final Cache<String, AtomicInteger> wrong = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(ADDRESSES)
            .build();

    private final LongAdder wrongPasswords;
    private final LongAdder unauthorized;

    /** With the pause after each wrong password, and the tally of them. */
    public LoginGuard(Duration pause, Tally tally) {
        this.pause = pause;
        this.wrongPasswords = tally.meter(Count.WRONG_PASSWORDS);
        this.unauthorized = tally.meter(Count.UNAUTHORIZED);
    }

    /** Whether this address may try a password now. */
    public boolean admits(InetAddress peer) {
        AtomicInteger count = wrong.getIfPresent(network(peer));
        return count == null || count.get() < GUESSES_A_MINUTE;
    }

    /**
     * Notes a wrong password, or a try that was refused, and pauses the session that made it until a whole number of
     * pauses has passed since the try began: whether the user exists cannot be told from the time of the answer.
     *
     * @param began when the try began, by {@link System#nanoTime}
     */
    public void failed(InetAddress peer, long began) {
        (admits(peer) ? wrongPasswords : unauthorized).increment();
        wrong.get(network(peer), address -> new AtomicInteger()).incrementAndGet();
        long until = began + pauses(System.nanoTime() - began);
        while (until - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private long pauses(long taken) {
        long one = pause.toNanos();
        return one == 0 ? 0 : (taken / one + 1) * one;
    }

    private static String network(InetAddress peer) {
        return peer instanceof Inet6Address
                ? Arrays.toString(Arrays.copyOf(peer.getAddress(), 8))
                : peer.getHostAddress();
    }
}
