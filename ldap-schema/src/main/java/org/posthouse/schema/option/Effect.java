package org.posthouse.schema.option;

/** What a change of an option asks of a running engine; the engine does it by itself, the console says it beforehand. */
public enum Effect {
    /** The next session or message obeys; nothing is interrupted. */
    LIVE("Takes effect immediately. No sessions are interrupted."),
    /** The agents of the server listen on another address or port; sessions on the old one end by themselves. */
    REBIND("Rebinds the port. Open sessions continue."),
    /** That agent drains its sessions and starts again. */
    AGENT_RESTART("The agent drains its sessions and restarts."),
    /** All agents of the server drain their sessions and start again. */
    SERVER_RESTART("The server's agents drain their sessions and restart.");

    private final String note;

    Effect(String note) {
        this.note = note;
    }

    /** One line for the administrator, shown before Save. */
    public String note() {
        return note;
    }
}
