package org.posthouse.mailcore.queue;

/** What became of one recipient in one attempt. The type alone decides: done, retry or bounce. */
public sealed interface Outcome {

    /** In its mailbox. */
    record Delivered() implements Outcome {}

    /**
     * In the queue of another server of this messaging system.
     *
     * @param server which one
     */
    record Handed(String server) implements Outcome {}

    /**
     * Not now; tried again.
     *
     * @param reply an SMTP reply, such as {@code 451 4.4.1 no answer}
     * @param why who said so, such as {@code host mx1.example.com [192.0.2.1]}; may be empty
     */
    record Later(String reply, String why) implements Outcome {}

    /**
     * Never; goes back to the sender.
     *
     * @param reply an SMTP reply, such as {@code 550 5.1.1 User unknown}
     * @param why who said so; may be empty
     */
    record Never(String reply, String why) implements Outcome {}

    /**
     * Another system answers for it now.
     *
     * @param host which one
     * @param reports whether it knows what the sender wants to hear (RFC 3461); else we tell that it was relayed
     */
    record Relayed(String host, boolean reports) implements Outcome {

        /** To a host that reports by itself. */
        public Relayed(String host) {
            this(host, true);
        }
    }
}
