package org.posthouse.schema.login;

import java.time.Duration;

/** A password was not checked now; the client may try again later. Says nothing about the password or the user. */
public final class SignInDelayed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean guessing;
    private final long seconds;

    private SignInDelayed(boolean guessing, Duration wait, String message) {
        super(message, null, false, false);
        this.guessing = guessing;
        this.seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** Too many passwords are being checked at the same time. */
    public static SignInDelayed busy(Duration wait) {
        return new SignInDelayed(false, wait, "Too many sign-ins are in progress");
    }

    /** Too many wrong passwords came for this name from this address. */
    public static SignInDelayed guessing(Duration wait) {
        return new SignInDelayed(true, wait, "Too many wrong passwords");
    }

    /** Whether wrong passwords of this client are the reason, and not the work of the server. */
    public boolean isGuessing() {
        return guessing;
    }

    /** After how many seconds the client may try again; at least 1. */
    public long seconds() {
        return seconds;
    }

    /** The reason and what to do, as a sentence without a period. */
    public String sentence() {
        return getMessage() + "; try again in " + (seconds == 1 ? "1 second" : seconds + " seconds");
    }
}
