package org.posthouse.mailcore.people;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.schema.login.SignInDelayed;

/**
 * Makes each wrong password cost a pause, and counts wrong and refused ones. Who may try how often is decided by the
 * {@link org.posthouse.schema.login.PasswordChecker} of the engine, for all protocols together.
 */
public final class LoginGuard {

    private final Duration pause;
    private final LongAdder wrongPasswords;
    private final LongAdder unauthorized;

    /** With the pause after each wrong password, and the tally of them. */
    public LoginGuard(Duration pause, Tally tally) {
        this.pause = pause;
        this.wrongPasswords = tally.meter(Count.WRONG_PASSWORDS);
        this.unauthorized = tally.meter(Count.UNAUTHORIZED);
    }

    /** Notes a password that was refused without a check. */
    public void delayed(SignInDelayed delay) {
        if (delay.isGuessing()) {
            unauthorized.increment();
        }
    }

    /**
     * Notes a wrong password and pauses the session that sent it until a whole number of pauses has passed since the try
     * began: whether the user exists cannot be told from the time of the answer.
     *
     * @param began when the try began, by {@link System#nanoTime}
     */
    public void failed(long began) {
        wrongPasswords.increment();
        long until = began + pauses(System.nanoTime() - began);
        while (until - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private long pauses(long taken) {
        long one = pause.toNanos();
        return one == 0 ? 0 : (taken / one + 1) * one;
    }
}
