package org.posthouse.webadmin.change;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthouse.schema.directory.Directory;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.AfterInterruption;
import org.posthouse.webadmin.plan.Carrying;
import org.posthouse.webadmin.plan.Running;
import org.posthouse.webadmin.pulse.Pulse;

/** Gives each author the write path of this console. */
@ApplicationScoped
public class ChangeServices {

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private Confirmations confirmations;

    private volatile Progress progress = new Progress(0);

    /**
     * The write path of one author.
     *
     * @param directory the directory with the author's rights; what is written through it is recorded in that name
     * @param author the author's distinguished name; "" for the console itself
     */
    public ChangeService by(Directory directory, String author) {
        return by(directory, author, AfterInterruption.ROLL_BACK);
    }

    /** The same, with what happens to a change of several objects that is interrupted. */
    public ChangeService by(Directory directory, String author, AfterInterruption after) {
        return by(directory, author, new Progress(0), after);
    }

    /** The same, with each object counted that is written; it is also what {@link #progress} shows. */
    public ChangeService by(Directory directory, String author, Progress counted, AfterInterruption after) {
        if (counted.total() > 0) {
            progress = counted;
        }
        var carrying =
                new Carrying(directory, installed.home(), installed.clock(), step -> count(counted, step), after);
        return new ChangeService(directory, author, () -> Running.of(pulse), carrying, confirmations);
    }

    // "make ...", "alter ..." and "remove" are objects; "note", "remark" and "erase" are not.
    private static void count(Progress counted, String step) {
        if (step.startsWith("make ") || step.startsWith("alter ") || step.equals("remove")) {
            counted.step();
        }
    }

    /** How far the last plan of several objects is applied. One is applied at a time. */
    public Progress progress() {
        return progress;
    }
}
