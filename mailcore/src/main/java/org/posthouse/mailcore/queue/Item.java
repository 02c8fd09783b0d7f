package org.posthouse.mailcore.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One mail on its way, as a stage agent sees it. Settling may be done by several threads. */
public final class Item {

    private final String id;
    private final Stage stage;
    private final Envelope envelope;
    private final Supplier<byte[]> body;
    private final Map<Recipient, Outcome> outcomes = new LinkedHashMap<>();
    private byte[] message = {};

    /**
     * Puts one together.
     *
     * @param body reads the message from the spool when somebody first asks for it
     */
    public Item(String id, Stage stage, Envelope envelope, Supplier<byte[]> body) {
        this.id = id;
        this.stage = stage;
        this.envelope = envelope;
        this.body = body;
    }

    /** Its name in the spool. */
    public String id() {
        return id;
    }

    /** Where it is. */
    public Stage stage() {
        return stage;
    }

    /** What is known of it; its recipients are those it was still owed to when this stage began. */
    public Envelope envelope() {
        return envelope;
    }

    /** The message, header and body, lines ended by CRLF. */
    public synchronized byte[] message() {
        if (message.length == 0) {
            message = body.get();
        }
        return message;
    }

    /** Those whose fate is not known yet. */
    public synchronized List<Recipient> pending() {
        var pending = new ArrayList<>(envelope.recipients());
        pending.removeAll(outcomes.keySet());
        return pending;
    }

    /** Says what became of a recipient. */
    public synchronized void settle(Recipient recipient, Outcome outcome) {
        outcomes.put(recipient, outcome);
    }

    /** What became of those who are settled. */
    public synchronized Map<Recipient, Outcome> outcomes() {
        return new LinkedHashMap<>(outcomes);
    }
}
