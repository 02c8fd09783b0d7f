package org.posthouse.webadmin.boot;

/** A start that cannot be, said in words for the person at the terminal; never shown with a stack trace. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String words) {
        super(words);
    }

    Refusal(String words, Throwable cause) {
        super(words, cause);
    }
}
