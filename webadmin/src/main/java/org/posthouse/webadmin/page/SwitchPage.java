package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.form.Change;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;

/** When a server or an agent that is being enabled or disabled does so: at its next start, as in NetMail, or now. */
@Named
@ViewScoped
public class SwitchPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final List<Long> GRACES = List.of(10L, 60L, 300L, 1800L);

    @Inject
    private Pulse pulse;

    @Inject
    private Words words;

    @Inject
    private Savebar savebar;

    private boolean now;
    private long grace = GRACES.get(1);

    /** Whether this change enables or disables something that runs. */
    public boolean isSwitch(Change change, Entry entry) {
        boolean runs = entry.kind() == Kind.MESSAGING_SERVER || entry.kind().isAgent();
        return runs && change.option().name().equals("enabled");
    }

    /** Whether one of these changes is such a one. */
    public boolean isAmong(List<Change> changes, Entry entry) {
        return changes.stream().anyMatch(change -> isSwitch(change, entry));
    }

    /** Whether it is being enabled. */
    public boolean isOn(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.option().name().equals("enabled"))
                .anyMatch(change -> isOn(change));
    }

    private static boolean isOn(Change change) {
        return change.after().isEmpty() || change.after().getFirst().equalsIgnoreCase("TRUE");
    }

    /** Whether something that runs is disabled from its next start on: until then, people notice nothing. */
    public boolean isLater(List<Change> changes, Entry entry) {
        return !now && !isOn(changes) && pulse.isRunning(entry.place());
    }

    /** What a switch does, and to how many sessions. */
    public String impact(Change change, Entry entry) {
        boolean runs = pulse.isRunning(entry.place());
        String moment = isOn(change) ? (now ? "onNow" : "onNext") : (now ? "offNow" : "offNext");
        if (runs == isOn(change)) {
            return words.of(runs ? "switch.runs" : "switch.rests", entry.name());
        }
        return words.of(
                "switch.impact." + moment + (entry.kind() == Kind.MESSAGING_SERVER ? "" : ".agent"),
                entry.name(),
                pulse.sessions(entry.place()),
                savebar.duration(grace));
    }

    /** Does now what was saved, where that is wanted. Returns why it could not be done, or "". */
    String carryOut(List<Change> changes, Entry entry) {
        boolean wanted = now && isAmong(changes, entry);
        now = false;
        return wanted ? pulse.obeyNow(entry, isOn(changes), Duration.ofSeconds(grace)) : "";
    }

    /** How long sessions may go on, to choose from, in seconds. */
    public List<Long> getGraces() {
        return GRACES;
    }

    public boolean isNow() {
        return now;
    }

    public void setNow(boolean now) {
        this.now = now;
    }

    public long getGrace() {
        return grace;
    }

    public void setGrace(long grace) {
        this.grace = grace;
    }
}
