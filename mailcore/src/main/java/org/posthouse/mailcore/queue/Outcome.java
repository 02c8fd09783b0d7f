package org.posthouse.mailcore.queue;

/** What became of one recipient at one try. */
public sealed interface Outcome {

    /** It lies in the mailbox. */
    record Delivered() implements Outcome {}

    /**
     * Another host has taken it over.
     *
     * @param host its name
     */
    record Relayed(String host) implements Outcome {}

    /**
     * Not now; it will be tried again.
     *
     * @param reply code, enhanced code and text: {@code 451 4.4.1 no answer}
     * @param why who said so: {@code host mx.example.com [192.0.2.25]}
     */
    record Later(String reply, String why) implements Outcome {}

    /**
     * Not at all; the sender will hear.
     *
     * @param reply code, enhanced code and text: {@code 550 5.1.1 no such user}
     * @param why who said so
     */
    record Never(String reply, String why) implements Outcome {}
}
