package org.posthouse.webadmin.page;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Moment;
import org.posthouse.webadmin.history.Naming;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.plan.AfterInterruption;
import org.posthouse.webadmin.plan.Inquiry;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.undo.Misfit;
import org.posthouse.webadmin.undo.WayBack;
import org.posthouse.webadmin.words.Words;

/** Takes a change back, or returns objects to a moment: first the plan, then, when it is confirmed, the doing. */
@Named
@ViewScoped
public class UndoPage implements Serializable {

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
    private ChangeServices changeServices;

    @Inject
    private Inquiry inquiry;

    private long entry;
    private String moment = "";
    private String object = "";
    private boolean finishing = true;
    private transient @Nullable Plan plan;
    private transient List<Misfit> misfits = List.of();

    /** Works the plan out. */
    public void open() {
        banner.during(() -> {
            try {
                way().ifPresent(way -> {
                    misfits = way.misfits();
                    plan = inquiry.complete(changeServices
                            .by(visitor.directory(), visitor.getPlace())
                            .plan(way.steps()));
                });
            } catch (IllegalArgumentException | IllegalStateException unfit) {
                banner.say("bad", String.valueOf(unfit.getMessage()));
            }
        });
    }

    private Optional<WayBack.Steps> way() {
        History history = installed.history();
        var back = new WayBack(history, visitor.directory());
        return moment.isBlank()
                ? history.change(entry).map(back::undo)
                : Optional.of(back.returnTo(Moment.of(history, moment, ZoneId.systemDefault()), object.strip()));
    }

    /** Carries the plan out that is shown; whoever was faster is told. */
    public void carryOut() throws IOException {
        Plan shown = plan;
        if (shown == null) {
            open();
            return;
        }
        Boolean done = banner.during(
                () -> {
                    try {
                        changeServices
                                .by(
                                        visitor.directory(remark()),
                                        visitor.getPlace(),
                                        finishing ? AfterInterruption.FINISH : AfterInterruption.ROLL_BACK)
                                .apply(shown);
                        return true;
                    } catch (Refused refused) {
                        banner.say("bad", String.valueOf(refused.getMessage()));
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

    private String remark() {
        return moment.isBlank()
                ? "Undoes entry " + entry
                : "Returns " + (object.isBlank() ? "everything" : object) + " to " + moment;
    }

    /** Whether an interrupted undo is finished at the next start; otherwise, what it wrote is put back. */
    public boolean isFinishing() {
        return finishing;
    }

    public void setFinishing(boolean finishing) {
        this.finishing = finishing;
    }

    /** Whether there is such a change, or a moment to go back to. */
    public boolean isThere() {
        return plan != null;
    }

    /** Whether it can be carried out and does anything. */
    public boolean isPossible() {
        Plan known = plan;
        return known != null && known.isSound() && !known.isEmpty();
    }

    public @Nullable Plan getPlan() {
        return plan;
    }

    /** What it is, as a heading. */
    public String getTitle() {
        return moment.isBlank() ? words.of("undo.entry", Long.toString(entry)) : words.of("undo.moment", moment);
    }

    /** The change itself; empty for a return to a moment. */
    public List<Change> getChange() {
        return moment.isBlank()
                ? banner.during(() -> installed.history().change(entry).stream().toList(), List.<Change>of())
                : List.of();
    }

    public List<Misfit> getMisfits() {
        return misfits;
    }

    /** What does not fit, as a sentence. */
    public String misfit(Misfit misfit) {
        String label = misfit.attribute().isEmpty()
                ? ""
                : Naming.option(Kind.UNKNOWN, misfit.attribute())
                        .map(words::label)
                        .orElse(misfit.attribute());
        return words.of("undo." + misfit.why(), leaf(misfit.object()), label, misfit.now());
    }

    private static String leaf(String object) {
        return Place.of(object).leaf();
    }

    public long getEntry() {
        return entry;
    }

    public void setEntry(long entry) {
        this.entry = entry;
    }

    public String getMoment() {
        return moment;
    }

    public void setMoment(@Nullable String moment) {
        this.moment = moment == null ? "" : moment;
    }

    public String getObject() {
        return object;
    }

    public void setObject(@Nullable String object) {
        this.object = object == null ? "" : object;
    }
}
