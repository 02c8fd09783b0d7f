package org.posthouse.webadmin.boot;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Whether this directory was set up before: then it holds the administrators, whom set-up creates last. Asked of the directory and not of a file,
 * because a second host with a fresh home may join a directory that long has its administrator. The console is asked, by JMX
 * within this JVM, so that there is one way to reach the directory.
 */
enum SetupState {
    /** Nobody set it up; a set-up link is wanted. */
    OPEN,
    /** It was set up, and the group of administrators is gone. */
    ORPHANED,
    /** There are administrators. */
    DONE,
    /** The directory does not answer. */
    UNKNOWN;

    private static final String NAME = "org.posthouse:type=SetUp";

    /** Asks the directory, which takes seconds when it does not respond. */
    static SetupState ask() {
        try {
            return valueOf(attribute("State"));
        } catch (JMException | IllegalArgumentException notThere) {
            return UNKNOWN;
        }
    }

    /** Why it was unknown when it was asked last; may be empty. */
    static String reason() {
        try {
            return attribute("Reason");
        } catch (JMException notThere) {
            return "";
        }
    }

    private static String attribute(String name) throws JMException {
        return String.valueOf(ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(NAME), name));
    }
}
