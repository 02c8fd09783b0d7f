package org.posthouse.webadmin.page;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.Refused;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Verdict;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.pulse.DirectoryAlarm;
import org.posthouse.webadmin.pulse.DirectoryAlarm.Alarm;
import org.posthouse.webadmin.undo.Misfit;
import org.posthouse.webadmin.undo.RollbackDecision;
import org.posthouse.webadmin.undo.WayBack;
import org.posthouse.webadmin.words.Words;

/** The alarm of a directory that is older than its history, on every page, and the page on which to decide. */
@Named
@ViewScoped
public class RollbackPage implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private Installed installed;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private DirectoryAlarm alarm;

    @Inject
    private ChangeServices changeServices;

    private transient @Nullable Plan plan;
    private transient List<Misfit> misfits = List.of();

    /** Works out what a restore would do. */
    public void open() {
        banner.during(() -> {
            Directory directory = visitor.directory();
            WayBack.Steps way = new RollbackDecision(installed.history(), directory).way();
            misfits = way.misfits();
            plan = changeServices.by(directory, visitor.getPlace()).plan(way.steps());
        });
    }

    /** Whether a decision is pending. */
    public boolean isPending() {
        return alarm.get().isPresent();
    }

    /** What happened, in a few words. */
    public String getTitle() {
        if (!isPending()) {
            return words.of("rollback.settled");
        }
        return words.of(alarm.get().filter(Alarm::isOther).isPresent() ? "rollback.other" : "rollback.title");
    }

    /** What happened, in a sentence; "" when nothing did. */
    public String getSentence() {
        return alarm.get()
                .map(found -> words.of("rollback.sentence", found.shown(), found.known()))
                .orElse("");
    }

    /** Which engines keep their settings, in a sentence; "" for none. */
    public String getEngines() {
        return alarm.get()
                .map(Alarm::hosts)
                .filter(hosts -> !hosts.isEmpty())
                .map(hosts -> words.of("rollback.engines", hosts.size(), String.join(", ", hosts)))
                .orElse("");
    }

    /** Since when, for people. */
    public String getSince() {
        return alarm.get().map(found -> words.moment(found.since())).orElse("");
    }

    /** The change that says what differs. */
    public List<Change> getDifference() {
        return banner.during(
                () -> new RollbackDecision(installed.history(), installed.directory())
                        .difference().stream().toList(),
                List.<Change>of());
    }

    /** Whether the history knows what to restore. */
    public boolean isRestorable() {
        Plan known = plan;
        return known != null
                && known.isSound()
                && installed.history().rollback().isPresent();
    }

    /** Brings the directory back to what the history knows. */
    public void restore() throws IOException {
        Plan shown = plan;
        if (shown == null) {
            open();
            return;
        }
        Directory directory = visitor.directory("Restores the directory to what the history knows");
        decide(
                new RollbackDecision(installed.history(), directory),
                decision -> decision.restore(
                        alarm.applied(),
                        () -> changeServices.by(directory, visitor.getPlace()).apply(shown)));
    }

    /** Accepts the directory as it is. */
    public void accept() throws IOException {
        decide(
                new RollbackDecision(installed.history(), visitor.directory("")),
                decision -> decision.accept(alarm.applied()));
    }

    private void decide(RollbackDecision decision, java.util.function.Consumer<RollbackDecision> act)
            throws IOException {
        boolean done = banner.during(
                () -> {
                    try {
                        act.accept(decision);
                        return true;
                    } catch (Refused refused) {
                        banner.say("bad", words.reason(String.valueOf(refused.getMessage())));
                        return false;
                    }
                },
                false);
        if (done) {
            ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
            external.redirect(external.getRequestContextPath() + "/history");
        } else {
            open();
        }
    }

    public @Nullable Plan getPlan() {
        return plan;
    }

    public List<Misfit> getMisfits() {
        return misfits;
    }

    /** Whether the history is not as it was written, as far as it was verified. */
    public boolean isBroken() {
        return verdict().filter(verdict -> !verdict.isWhole()).isPresent();
    }

    private Optional<Verdict> verdict() {
        return banner.during(() -> installed.history().verdict(), Optional.<Verdict>empty());
    }
}
