package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;

/**
 * The question before a command that ends sessions: what stops, how many sessions end, and whether they may finish first.
 */
@Named
@ViewScoped
public class CommandPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final List<Long> GRACES = List.of(10L, 60L, 300L, 1800L);

    @Inject
    private ObjectPage objectPage;

    @Inject
    private StatusPage statusPage;

    @Inject
    private Pulse pulse;

    @Inject
    private Words words;

    private String act = "stop";
    private long grace = GRACES.get(1);

    /** Asks about "stop" or "restart". */
    public void ask(String act) {
        this.act = act;
    }

    /** The question, with the number of sessions that end. */
    public String getQuestion() {
        Entry entry = objectPage.getEntry();
        String whom = entry.kind() == Kind.MESSAGING_SERVER ? "server" : "agent";
        return words.of("command." + act + "." + whom, entry.name(), pulse.sessions(entry.place()));
    }

    /** What else stops with it; "" when nothing does. */
    public String getMore() {
        return isNeededByOthers(objectPage.getEntry().kind()) ? words.of("command.nmap") : "";
    }

    private static boolean isNeededByOthers(Kind kind) {
        return kind.isAgent() && !kind.agentType().provides().isEmpty();
    }

    /** Does it now. */
    public void carryOut() {
        statusPage.command(objectPage.getEntry(), act);
    }

    /** Lets the open sessions end first, for so long at most. */
    public void drain() {
        statusPage.command(objectPage.getEntry(), "drain", Duration.ofSeconds(grace));
    }

    /** Whether it is asked whether to stop; otherwise whether to restart. */
    public boolean isStop() {
        return act.equals("stop");
    }

    /** Whether there are sessions that could be let end. */
    public boolean isDrainable() {
        return isStop() && pulse.sessions(objectPage.getEntry().place()) > 0;
    }

    /** How long sessions may go on, to choose from, in seconds. */
    public List<Long> getGraces() {
        return GRACES;
    }

    public long getGrace() {
        return grace;
    }

    public void setGrace(long grace) {
        this.grace = grace;
    }
}
