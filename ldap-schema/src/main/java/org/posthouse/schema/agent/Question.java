package org.posthouse.schema.agent;

/**
 * What the wizard asks before it creates an agent.
 *
 * @param step the step of the wizard, whose title is the text "step." and this name
 * @param option the option that the answer becomes
 * @param proposal what the field contains at first
 */
public record Question(String step, String option, Proposal proposal) {

    /** Where the first content of a field comes from. */
    public enum Proposal {
        /** The option itself: its initial value. */
        INITIAL,
        /** The Official Domain of the server. */
        OFFICIAL_DOMAIN,
        /** A folder that no other server of the host uses. */
        FREE_FOLDER,
        /** A container of users whose mailboxes no server keeps yet. */
        USER_CONTAINER
    }
}
