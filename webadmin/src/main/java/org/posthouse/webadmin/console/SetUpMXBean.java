package org.posthouse.webadmin.console;

/** How the launcher, whose class loader knows none of these classes, learns whether set-up was done: by JMX. */
public interface SetUpMXBean {
    /** OPEN, ORPHANED, DONE, or UNKNOWN while the directory does not respond. Asks the directory. */
    String getState();

    /** Why the state was UNKNOWN when it was asked last; may be empty. */
    String getReason();
}
