package org.posthouse.webadmin.history;

/**
 * In whose name a change is written down.
 *
 * @param who the distinguished name of whoever makes it; empty: not known
 * @param address the address it was asked from; empty: this console's own
 * @param by the way it came
 * @param plan what was said beforehand about what it would do; empty: nothing
 */
public record Author(String who, String address, By by, String plan) {

    /** The ways by which a change reaches the directory. */
    public enum By {
        /** A page of the console. */
        PAGE,
        /** The REST interface. */
        API,
        /** The command line, by the REST interface. */
        CLI,
        /** The set-up of the mail system. */
        SETUP,
        /** A host that joined. */
        JOIN,
        /** The console by itself. */
        CONSOLE,
        /** An engine. */
        ENGINE,
        /** Another LDAP tool. */
        TOOL,
        /** Nobody: the directory went back to an older state, or came back from it. */
        DIRECTORY
    }

    /** Without a plan. */
    public Author(String who, String address, By by) {
        this(who, address, by, "");
    }

    /** The same with what was said beforehand; after a colon where something was said before that. */
    public Author planned(String text) {
        return new Author(who, address, by, plan.isEmpty() ? text : plan + ": " + text);
    }
}
