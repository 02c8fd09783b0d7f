package org.posthouse.webadmin.page;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.form.Change;
import org.posthouse.webadmin.form.Clash;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.form.ObjectNames;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.plan.Inquiry;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Questions;
import org.posthouse.webadmin.plan.Steps;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One page of options: its fields, what would change, what is wrong, and the save. */
@Named
@ViewScoped
public class PanelPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PanelPage.class);
    private static final Duration GLANCE = Duration.ofMillis(20);

    @Inject
    private Visitor visitor;

    @Inject
    private Installed installed;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private ObjectPage objectPage;

    @Inject
    private SavedPage savedPage;

    @Inject
    private SwitchPage switchPage;

    @Inject
    private ChangeServices changeServices;

    @Inject
    private ConfirmPage confirmPage;

    @Inject
    private ConsolePage consolePage;

    @Inject
    private Inquiry inquiry;

    private transient @Nullable Draft draft;
    private transient @Nullable Entry object;
    private transient Map<String, Field> fields = new LinkedHashMap<>();
    private transient List<Problem> problems = List.of();
    private transient Map<String, String> unadded = Map.of();
    private transient List<Clash> clashes = List.of();
    private transient @Nullable Tree tree;
    private transient @Nullable Plan plan;
    private boolean planOpen;
    private boolean planUnknown;
    private String failure = "";

    /** Begins with the page of an object as it stands. */
    void open(Entry entry, PanelFacts<?> panel) {
        object = entry;
        take(fresh(entry, panel));
    }

    private void take(Draft fresh) {
        draft = fresh;
        plan = null;
        problems = List.of();
        fields = new LinkedHashMap<>();
        fresh.panel().options().forEach(option -> fields.put(option.name(), new Field(option, fresh)));
    }

    private Draft fresh(Entry entry, PanelFacts<?> panel) {
        tree = null;
        return Draft.of(visitor.directory(), entry, panel);
    }

    // What stands elsewhere is read with the first change that needs it and again after each save: not at each key that
    // is pressed, and not for those who only look.
    private Tree tree() {
        Tree known = tree;
        if (known == null) {
            known = visitor.directory().tree();
            tree = known;
        }
        return known;
    }

    private Draft draft() {
        Draft known = draft;
        if (known == null) {
            throw new IllegalStateException("no page is open");
        }
        return known;
    }

    /** The page's facts. */
    public PanelFacts<?> getPanel() {
        return draft().panel();
    }

    /** The field of an option. */
    public Field field(String option) {
        Field field = fields.get(option);
        if (field == null) {
            throw new IllegalArgumentException(draft().panel().name() + " has no option " + option);
        }
        return field;
    }

    /** All fields in the order of the catalogue. */
    public List<Field> getFields() {
        return List.copyOf(fields.values());
    }

    /** Adds to a list what was typed. */
    public void add(Field field) {
        String why = field.add();
        changed();
        unadded = why.isEmpty() ? Map.of() : Map.of(field.getName(), words.of(why));
    }

    /** Takes a value from a list. */
    public void remove(Field field, String value) {
        field.remove(value);
        changed();
    }

    /** Takes away what is stored of a secret. */
    public void clear(Field field) {
        field.clear();
        changed();
    }

    /** Looks at the draft again after a field was changed. */
    public void changed() {
        Draft renewed = draft();
        unadded = Map.of();
        // What came of a save stays until the next edit; a late word of the browser about the saved value is none.
        if (!renewed.changes().isEmpty()) {
            savedPage.forget();
        }
        plan = null;
        planUnknown = false;
        List<Problem> unnamed = banner.during(() -> name(renewed), List.of());
        if (!renewed.changes().isEmpty()) {
            foresee(renewed);
        }
        if (!planUnknown) {
            problems = plan == null ? List.of() : problems(plan, unnamed);
        }
        if (!banner.isDirectoryAway()) {
            failure = "";
        }
    }

    // Puts distinguished names in place of names; tells of those that no object has, or several.
    private List<Problem> name(Draft wanted) {
        var names = new ObjectNames(visitor.directory());
        var unnamed = new ArrayList<Problem>();
        for (OptionFacts option : wanted.panel().options()) {
            if (option.type() == Place.class && wanted.isTouched(option.name())) {
                List<String> texts = wanted.texts(option.name());
                unnamed.addAll(names.problems(option, texts));
                wanted.set(option.name(), names.resolved(option, texts));
            }
        }
        return unnamed;
    }

    // What stands against the objects of this page; the bar says the rest. Of a name that names no object, that is said
    // and
    // nothing else.
    private static List<Problem> problems(Plan plan, List<Problem> unnamed) {
        return Stream.concat(
                        unnamed.stream(),
                        plan.problems().stream()
                                .filter(problem -> unnamed.stream()
                                        .noneMatch(known -> known.option().equals(problem.option()))))
                .distinct()
                .toList();
    }

    private ChangeService changes() {
        return changeServices.by(visitor.directory(), visitor.getPlace());
    }

    // Without the directory nobody can say what a change would do: that is said, and not that it does nothing.
    private void foresee(Draft wanted) {
        Optional<Plan> found = banner.during(() -> Optional.of(plan(wanted)), Optional.empty());
        plan = found.orElse(Plan.NOTHING);
        planUnknown = found.isEmpty();
    }

    private Plan plan(Draft wanted) {
        return changes().plan(tree(), Steps.of(wanted), List.of(wanted.holder()));
    }

    // What was shown beside the button; worked out where nothing was.
    private Plan said(Draft wanted) {
        Plan known = plan;
        return known == null ? plan(wanted) : known;
    }

    /** What saving would do. */
    public Plan getPlan() {
        Plan known = plan;
        if (isDirty() && (known == null || (planUnknown && !banner.isDirectoryAway()))) {
            foresee(draft());
            known = plan;
        }
        return known == null ? Plan.NOTHING : known.and(asked().warnings());
    }

    /** Whether the effect of the change cannot be determined, because the directory is unavailable. */
    public boolean isPlanUnknown() {
        getPlan();
        return isDirty() && planUnknown;
    }

    /** Why the last attempt to save failed, as long as that is so; "" when it did not. */
    public String getFailure() {
        return isDirty() ? failure : "";
    }

    /** Whether an engine is still trying a value. */
    public boolean isAsking() {
        return plan != null && asked().open();
    }

    private Questions.Found asked() {
        Plan known = plan;
        return known == null ? Questions.NOTHING : inquiry.about(known, GLANCE);
    }

    /** Shows all of the plan, or its one line. */
    public void togglePlan() {
        planOpen = !planOpen;
    }

    public boolean isPlanOpen() {
        return planOpen;
    }

    /** Why an engine does not apply the value of this option in the directory; "" when it does. */
    public String refusal(String option) {
        Entry known = object;
        return isDirty() || known == null
                ? ""
                : savedPage.refusal(known, field(option).getFacts());
    }

    /** What would be changed. */
    public List<Change> getChanges() {
        Draft known = draft;
        return known == null ? List.of() : known.changes();
    }

    /** What is to be said before a change that has to be confirmed is saved; "" of others. */
    public String getLockout() {
        return isDirty() ? banner.during(() -> consolePage.warning(said(draft())), "") : "";
    }

    /** Whether there is something to save. */
    public boolean isDirty() {
        return !getChanges().isEmpty();
    }

    /** What is wrong with an option as it is typed; "" when nothing is. */
    public String problem(String option) {
        return problems.stream()
                .filter(problem -> problem.option().equals(option)
                        || getPanel().concerned(problem).contains(option))
                .map(problem -> words.problem(words.label(field(option).getFacts()), problem))
                .findFirst()
                .orElse(unadded.getOrDefault(option, ""));
    }

    /** Whether an option is changed and not saved. */
    public boolean isChanged(String option) {
        return getChanges().stream().anyMatch(change -> change.option().name().equals(option));
    }

    /** What is changed and not saved, for the browser to keep while the visitor signs in again; secrets are left out. */
    public String getUnsaved() {
        return Unsaved.of(getChanges());
    }

    /** Takes up what the browser kept, from the parameter "draft". */
    public void restore() {
        String kept = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault("draft", "");
        Unsaved.onto(draft(), kept);
        changed();
        if (isDirty()) {
            banner.say("good", words.of("save.restored"));
        }
    }

    /** All that is wrong, in the order it was found. */
    public List<Problem> getProblems() {
        return problems;
    }

    /** Whether a problem is about one field of this page, and not about the page as a whole or another object. */
    public boolean isOfField(Problem problem) {
        return fields.containsKey(problem.option());
    }

    /** The label of the option that a problem is about; "" when it is about the page as a whole. */
    public String label(Problem problem) {
        Field field = fields.get(problem.option());
        return field == null ? problem.option() : words.label(field.getFacts());
    }

    /** What is wrong, as the save bar says it. */
    public String text(Problem problem) {
        String label = label(problem);
        String text = words.problem(label, problem);
        return label.isEmpty() || text.startsWith(label) ? text : label + ": " + text;
    }

    /** How much is wrong. */
    public int getProblemCount() {
        return problems.size();
    }

    /** What a colleague changed meanwhile, each beside one's own wish. */
    public List<Clash> getClashes() {
        return clashes;
    }

    /** Saves; then the saved page follows how the engine obeys. */
    public void save() {
        failure = "";
        banner.during(() -> {
            try {
                Draft current = draft();
                List<Change> changes = current.changes();
                Instant at = installed.clock().instant();
                Entry holder = changes()
                        .apply(said(current))
                        .getOrDefault(current.holder().place(), current.holder());
                confirmPage.draw();
                audit(changes, holder);
                clashes = List.of();
                renewed(holder);
                String undone = switchPage.carryOut(changes, objectPage.getEntry());
                if (!undone.isEmpty()) {
                    banner.say(
                            "warn",
                            words.of("command.refused", objectPage.getEntry().name(), undone));
                }
                savedPage.follow(
                        objectPage.getEntry(),
                        holder,
                        at,
                        changes.stream().map(Change::option).toList());
            } catch (Refused refused) {
                problems = refused.problems();
            } catch (Conflict conflict) {
                clash(conflict.current());
            } catch (DirectoryDown down) {
                failure = words.of("save.away");
                banner.away(down);
            } catch (DirectoryException refused) {
                failure = words.of("save.refused", String.valueOf(refused.getMessage()));
            }
        });
    }

    /** Goes on after something else than a field was saved; what was typed stays, and the engine is followed. */
    void follow(Entry saved, Instant at) {
        renewedObject(saved);
        take(draft().onto(saved));
        changed();
        savedPage.follow(
                objectPage.getEntry(),
                saved,
                at,
                draft().panel().option("certificate").stream().toList());
    }

    /** Goes on with what an engine saved of its own accord; what was typed stays. */
    void keepUp(Entry current) {
        renewedObject(current);
        take(draft().onto(current));
        changed();
    }

    private void clash(Entry current) {
        Draft mine = draft();
        clashes = mine.clashes(current);
        renewedObject(current);
        tree = null;
        take(mine.onto(current));
        changed();
        banner.say("warn", words.of("save.conflict", current.name()));
    }

    private void renewed(Entry holder) {
        renewedObject(holder);
        Entry known = object;
        if (known != null) {
            take(fresh(known, draft().panel()));
        }
    }

    private void renewedObject(Entry holder) {
        Optional.ofNullable(object)
                .filter(known -> known.place().equals(holder.place()))
                .ifPresent(known -> {
                    object = holder;
                    objectPage.renew(holder);
                });
    }

    private void audit(List<Change> changes, Entry holder) {
        for (Change change : changes) {
            LOG.info(
                    "{} changed {} of {}: {} -> {}",
                    visitor.getPlace(),
                    change.option().name(),
                    holder.place(),
                    change.option().secret() ? "***" : change.before(),
                    change.option().secret() ? "***" : change.after());
        }
    }

    /** Forgets what was typed and reads the object anew. */
    public void discard() {
        clashes = List.of();
        banner.during(() -> {
            Directory directory = visitor.directory();
            Entry known = object;
            if (known != null) {
                directory.read(known.place()).ifPresent(now -> {
                    objectPage.renew(now);
                    open(now, draft().panel());
                });
            }
        });
    }

    /** Whether the page belongs to a server or an agent, so that an engine obeys it. */
    public boolean isObeyed() {
        Entry known = object;
        return known != null
                && (known.kind() == Kind.MESSAGING_SERVER || known.kind().isAgent());
    }
}
