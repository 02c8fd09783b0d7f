package org.posthouse.schema.directory;

/** A follower's subscription to changes. Closing it ends it. */
public final class Following implements AutoCloseable {

    Following() {}

    /** How changes are learnt of: "persistent search", "content synchronisation" or "polling". */
    public String manner() {
        return "polling";
    }

    /** Whether changes are being learnt of now. */
    public boolean connected() {
        return false;
    }

    @Override
    public void close() {}
}
