package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.file.Differences;
import org.posthouse.webadmin.file.Fault;
import org.posthouse.webadmin.file.Faulty;
import org.posthouse.webadmin.login.Visitor;
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
    private ChangeServices changeServices;

    private transient @Nullable Part file;
    private byte[] text = new byte[0];
    private String name = "";
    private boolean prune;
    private transient @Nullable Plan plan;
    private transient List<Fault> faults = List.of();
    private transient List<String> notes = List.of();
    private int written;

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

    /** Carries the plan out that is shown; when somebody was faster, the plan is worked out anew and shown again. */
    public void carryOut() {
        Plan shown = plan;
        if (shown == null || shown.isEmpty()) {
            return;
        }
        boolean done = banner.during(
                () -> {
                    try {
                        changeServices
                                .by(visitor.directory("Applies " + name), visitor.getPlace())
                                .apply(shown);
                        return true;
                    } catch (Refused refused) {
                        banner.say("bad", String.valueOf(refused.getMessage()));
                        return false;
                    }
                },
                false);
        if (done) {
            LOG.info(
                    "{} applied {}: {} objects written",
                    visitor.getPlace(),
                    name,
                    shown.steps().size());
            forget();
            written = shown.steps().size();
        } else {
            work();
        }
    }

    /** Puts the file aside. */
    public void forget() {
        text = new byte[0];
        plan = null;
        faults = List.of();
        notes = List.of();
        written = 0;
    }

    /** What is wrong at one place of the file, as a sentence. */
    public String sentence(Fault fault) {
        String about = Stream.of(
                        fault.object(), fault.option(), fault.value().isEmpty() ? "" : '"' + fault.value() + '"')
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        String said = about.isEmpty() ? fault.reason() : about + ": " + fault.reason();
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
        return written;
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

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }
}
