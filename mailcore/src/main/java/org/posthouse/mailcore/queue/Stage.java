package org.posthouse.mailcore.queue;

/** The stages a mail goes through, with NetMail's numbers; stages without an agent are passed over. */
public enum Stage {
    INCOMING(0),
    ALIAS(1),
    FORWARD(2),
    RULE(3),
    LIST(4),
    PREPARE(5),
    DELIVER(6),
    OUTGOING(7),
    RETURN(8),
    DONE(9);

    private final int number;

    Stage(int number) {
        this.number = number;
    }

    /** NetMail's number, 0 to 9. */
    public int number() {
        return number;
    }
}
