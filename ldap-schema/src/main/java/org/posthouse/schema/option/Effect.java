package org.posthouse.schema.option;

/** What a change of an option asks of a running engine; the engine does it by itself, the console says it beforehand. */
public enum Effect {
    /** The next session or message obeys; nothing is interrupted. */
    LIVE("Obeyed at once. No session is interrupted."),
    /** The agents of the server listen on another address or port; sessions on the old one end by themselves. */
    REBIND("The agents listen anew at once. Sessions under way end by themselves."),
    /** That agent drains its sessions and starts again. */
    AGENT_RESTART("The agent drains its sessions and restarts by itself."),
    /** All agents of the server drain their sessions and start again. */
    SERVER_RESTART("The server's agents drain their sessions and restart by themselves.");

    private final String note;

    Effect(String note) {
        this.note = note;
    }

    /** One line for the administrator, shown before Save. */
    public String note() {
        return note;
    }
}
