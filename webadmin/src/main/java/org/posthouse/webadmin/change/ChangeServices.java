package org.posthouse.webadmin.change;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthouse.schema.directory.Directory;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.login.Installed;
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

    /**
     * The write path of one author.
     *
     * @param directory the directory with the author's rights; what is written through it is recorded in that name
     * @param author the author's distinguished name; "" for the console itself
     */
    public ChangeService by(Directory directory, String author) {
        var carrying = new Carrying(directory, installed.home(), installed.clock());
        return new ChangeService(directory, author, () -> Running.of(pulse), carrying, confirmations);
    }
}
