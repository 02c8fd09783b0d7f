package org.posthouse.webadmin.page;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.change.Progress;
import org.posthouse.webadmin.file.Differences;
import org.posthouse.webadmin.file.Fault;
import org.posthouse.webadmin.file.Faulty;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.plan.AfterInterruption;
import org.posthouse.webadmin.plan.Inquiry;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tree to a file chosen in the browser: first the plan, then, when it is confirmed, the doing. */
@Named
@ViewScoped
public class ApplyPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ApplyPage.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final String APPLIED_NAME = "applied.name";
    private static final String APPLIED_NUMBER = "applied.number";

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private Pulse pulse;

    @Inject
    private Inquiry inquiry;

    @Inject
    private Links links;

    @Inject
    private ChangeServices changeServices;

    private transient @Nullable Part file;
    private byte[] text = new byte[0];
    private String name = "";
    private boolean prune;
    private boolean finishing = true;
    private transient @Nullable Plan plan;
    private transient List<Fault> faults = List.of();
    private transient List<String> notes = List.of();
    private transient Progress progress = new Progress(0);
    private transient @Nullable FutureTask<?> running;

    /** Works out what would come of the file that was chosen. Nothing is written. */
    public void look() {
        Part chosen = file;
        file = null;
        forget();
        if (chosen == null || chosen.getSize() == 0) {
            banner.say("warn", words.of("apply.noFile"));
            return;
        }
        try (var in = chosen.getInputStream()) {
            text = in.readNBytes(Differences.LARGEST + 1);
            name = String.valueOf(chosen.getSubmittedFileName()).replaceFirst(".*[/\\\\]", "");
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
        work();
    }

    private void work() {
        banner.during(() -> {
            try {
                Directory directory = visitor.directory();
                var differences = Differences.of(directory, text, prune, Place.of(visitor.getPlace()));
                pulse.settle();
                notes = differences.notes();
                plan = inquiry.complete(differences.plan(changeServices.by(directory, visitor.getPlace())), PATIENCE);
            } catch (Faulty wrong) {
                plan = null;
                faults = wrong.faults();
            }
        });
    }

    /** Begins to apply the plan that is shown; the page asks how far it is until {@link #isRunning} is over. */
    public void carryOut() {
        Plan shown = plan;
        if (shown == null || shown.isEmpty() || isRunning()) {
            return;
        }
        String author = visitor.getPlace();
        var counted = new Progress(shown.parts());
        banner.during(() -> {
            ChangeService changes = changeServices.by(visitor.directory("Applies " + name), author, counted, after());
            var job = new FutureTask<>(() -> changes.apply(shown));
            progress = counted;
            running = job;
            Thread.ofVirtual().name("apply").start(job);
        });
    }

    private AfterInterruption after() {
        return finishing ? AfterInterruption.FINISH : AfterInterruption.ROLL_BACK;
    }

    /** Looks whether it is done; then the page is shown anew, or the plan is worked out anew when somebody was faster. */
    public void follow() throws IOException {
        FutureTask<?> job = running;
        Plan shown = plan;
        if (job == null || shown == null || !job.isDone()) {
            return;
        }
        running = null;
        boolean done = banner.during(() -> isDone(job), false);
        if (!done) {
            work();
            return;
        }
        LOG.info(
                "{} applied {}: {} objects written",
                visitor.getPlace(),
                name,
                shown.steps().size());
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        external.getFlash().put(APPLIED_NAME, name);
        external.getFlash().put(APPLIED_NUMBER, shown.steps().size());
        // The tables of the page show what there is now.
        links.go(visitor.directory().internetServices());
    }

    private boolean isDone(FutureTask<?> job) {
        try {
            job.get();
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof DirectoryException refused) {
                throw refused;
            }
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            banner.say("bad", String.valueOf(cause.getMessage()));
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether a plan is being applied. */
    public boolean isRunning() {
        return running != null;
    }

    /** How far it is, as a sentence. */
    public String getProgress() {
        return words.of("apply.progress", progress.begun(), progress.total());
    }

    private static @Nullable Object flash(String key) {
        return FacesContext.getCurrentInstance().getExternalContext().getFlash().get(key);
    }

    /** Puts the file aside. */
    public void forget() {
        text = new byte[0];
        plan = null;
        faults = List.of();
        notes = List.of();
    }

    /** What is wrong at one place of the file, as a sentence. */
    public String sentence(Fault fault) {
        String about = Stream.of(
                        fault.object(), fault.option(), fault.value().isEmpty() ? "" : '"' + fault.value() + '"')
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        String said = (about.isEmpty() ? "" : about + ": ") + words.reason(fault.reason());
        return fault.line() > 0 ? words.of("apply.line", fault.line(), said) : said;
    }

    /** Whether a plan is shown. */
    public boolean isPlanned() {
        return plan != null;
    }

    public @Nullable Plan getPlan() {
        return plan;
    }

    public List<Fault> getFaults() {
        return faults;
    }

    public List<String> getNotes() {
        return notes;
    }

    /** How many objects the last file wrote; 0 before one did. */
    public int getWritten() {
        return flash(APPLIED_NUMBER) instanceof Integer number ? number : 0;
    }

    /** The name of the last file that was applied. */
    public String getWrittenName() {
        return flash(APPLIED_NAME) instanceof String text ? text : "";
    }

    /** The largest file that is taken, in bytes. */
    public int getLargest() {
        return Differences.LARGEST;
    }

    public String getName() {
        return name;
    }

    public boolean isPrune() {
        return prune;
    }

    public void setPrune(boolean prune) {
        this.prune = prune;
    }

    /** Whether an interrupted apply is finished at the next start; otherwise, what it wrote is put back. */
    public boolean isFinishing() {
        return finishing;
    }

    public void setFinishing(boolean finishing) {
        this.finishing = finishing;
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }
}
