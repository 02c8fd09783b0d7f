package org.posthouse.mailcore.agent;

/** An agent that cannot start or cannot obey, with the option to blame and the reason in plain words. */
public final class AgentRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String option;

    /**
     * Names what is wrong.
     *
     * @param option the option's name, or "" when no single one is to blame
     * @param reason a sentence for an administrator: "Port 2525 of 127.0.0.1 is taken by another program."
     */
    public AgentRefused(String option, String reason) {
        super(reason);
        this.option = option;
    }

    /** The option to blame, or "". */
    public String option() {
        return option;
    }

    /** Why, in words. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
