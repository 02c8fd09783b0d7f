package org.posthouse.webadmin.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.Orphan;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.option.Text;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Rules;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;

/**
 * One page of one object being edited: what stands in the directory, what is wanted instead, and what is wrong with it.
 *
 * <p>Three widths of check, all declared beside the options: each value parses and is in range; the page holds together;
 * the tree agrees, which includes that named objects exist. Nothing is written before {@link #save()}.
 */
public final class Draft {

    private final Directory directory;
    private final Supplier<Tree> tree;
    private final Entry object;
    private final Entry holder;
    private final PanelFacts<?> panel;
    private final Map<String, List<String>> wanted = new LinkedHashMap<>();

    private Draft(Directory directory, Supplier<Tree> tree, Entry object, Entry holder, PanelFacts<?> panel) {
        this.directory = directory;
        this.tree = tree;
        this.object = object;
        this.holder = holder;
        this.panel = panel;
    }

    /**
     * A draft that wants nothing else than what stands there. The rest of the tree is read when a rule asks for it, and
     * for each check anew. Throws Missing when the page's holder is gone.
     */
    public static Draft of(Directory directory, Entry object, PanelFacts<?> panel) {
        return of(directory, () -> directory.tree(), object, panel);
    }

    /** The same beside a tree that was read already, or that is only planned. */
    public static Draft of(Directory directory, Tree tree, Entry object, PanelFacts<?> panel) {
        return of(directory, () -> tree, object, panel);
    }

    /** The same beside a tree that is asked for at each check of a page with rules. */
    public static Draft of(Directory directory, Supplier<Tree> tree, Entry object, PanelFacts<?> panel) {
        return new Draft(directory, tree, object, holder(directory, object, panel), panel);
    }

    private static Entry holder(Directory directory, Entry object, PanelFacts<?> panel) {
        if (panel.holder() == Panel.Holder.SELF) {
            return object;
        }
        Place above = object.place().parent().orElseThrow(() -> new Missing(object.place()));
        return directory.read(above).orElseThrow(() -> new Missing(above));
    }

    /** The page being edited. */
    public PanelFacts<?> panel() {
        return panel;
    }

    /** The entry that holds the page's attributes, as seen; its revision guards {@link #save()}. */
    public Entry holder() {
        return holder;
    }

    /** The texts wanted for an option. Throws IllegalArgumentException when the page has no such option. */
    public List<String> texts(String option) {
        return wanted.getOrDefault(option, stored(facts(option)));
    }

    /**
     * Wants these texts for an option; none, or a blank one, wants the default. Of a secret, whose field is always shown
     * empty, a blank text leaves what stands there; only none at all takes it away.
     */
    public void set(String option, List<String> texts) {
        OptionFacts facts = facts(option);
        if (facts.secret() && !texts.isEmpty() && texts.stream().allMatch(String::isBlank)) {
            forget(option);
        } else {
            wanted.put(option, Meaning.clean(facts, texts));
        }
    }

    /** Wants what stands in the directory. */
    public void forget() {
        wanted.clear();
    }

    /** Wants for an option what stands in the directory. */
    public void forget(String option) {
        wanted.remove(option);
    }

    /** Whether something was wanted for an option, be it what stands there already. */
    public boolean isTouched(String option) {
        return wanted.containsKey(option);
    }

    /** Whether an option's attribute is absent, so that its default holds, and nothing else is wanted. */
    public boolean isDefault(String option) {
        OptionFacts facts = facts(option);
        return holder.values(facts.attribute()).isEmpty() && !change(facts).isReal();
    }

    /** What is wrong with the draft as a whole; empty when it may be saved. */
    public List<Problem> problems() {
        Record page;
        try {
            page = panel.read(allTexts());
        } catch (Refused refused) {
            return refused.problems();
        }
        var problems = new ArrayList<Problem>(references());
        orphaned().ifPresent(problems::add);
        problems.addAll(new Rules(tree).problems(object.place(), page));
        if (!changes().isEmpty()) {
            problems.addAll(PageCheck.problems(object.place(), page));
        }
        return List.copyOf(problems);
    }

    /** What would be changed, in the order of the page. */
    public List<Change> changes() {
        return panel.options().stream().map(this::change).filter(Change::isReal).toList();
    }

    /**
     * Saves what changed, provided that nobody was faster. Returns the holder as it stands then. Throws Refused with all
     * problems, or a DirectoryException such as Conflict.
     */
    public Entry save() {
        return save("");
    }

    /** The same, with what was said beforehand of it for the history; "" for nothing. */
    public Entry save(String plan) {
        List<Problem> problems = problems();
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
        var before = new LinkedHashMap<String, List<String>>();
        Map<String, List<String>> after = writes();
        after.keySet().forEach(attribute -> before.put(attribute, holder.values(attribute)));
        Directory said = plan.isEmpty() ? directory : directory.saying(plan);
        return before.isEmpty() ? holder : said.save(holder.place(), before, after, holder.revision());
    }

    /** What {@link #save()} would write: the new values of each attribute that changes; none removes it. */
    public Map<String, List<String>> writes() {
        var writes = new LinkedHashMap<String, List<String>>();
        for (Change change : changes()) {
            String attribute = change.option().attribute();
            writes.put(attribute, written(change, holder.values(attribute)));
        }
        return writes;
    }

    /** The same wishes on top of what a colleague saved meanwhile; additions to and removals from lists are kept. */
    public Draft onto(Entry current) {
        Entry self = object.place().equals(current.place()) ? current : object;
        var draft = new Draft(directory, tree, self, current, panel);
        for (Change change : changes()) {
            draft.set(
                    change.option().name(),
                    change.option().multiple() ? merged(change, draft.stored(change.option())) : change.after());
        }
        return draft;
    }

    /** Options that this draft and the saved object both changed, each in its own way. */
    public List<Clash> clashes(Entry current) {
        return changes().stream()
                .filter(change -> !change.option().multiple())
                .map(change -> new Clash(
                        change.option(),
                        change.before(),
                        Meaning.clean(
                                change.option(), current.values(change.option().attribute())),
                        change.after()))
                .filter(clash -> Change.between(clash.option(), clash.seen(), clash.theirs())
                        .isReal())
                .toList();
    }

    private static List<String> merged(Change change, List<String> theirs) {
        var gone = change.removed().stream()
                .map(text -> Meaning.of(change.option(), text))
                .collect(Collectors.toSet());
        return Stream.concat(
                        theirs.stream().filter(text -> !gone.contains(Meaning.of(change.option(), text))),
                        change.added().stream())
                .toList();
    }

    private List<String> written(Change change, List<String> stored) {
        OptionFacts option = change.option();
        if (!Change.between(option, option.fallbackTexts(), change.after()).isReal()) {
            return List.of();
        }
        Map<Object, String> spelled = Meaning.spelled(option, stored);
        return change.after().stream()
                .map(text -> Meaning.of(option, text))
                .map(meaning -> spelled.getOrDefault(meaning, Text.write(meaning)))
                .distinct()
                .toList();
    }

    private List<Problem> references() {
        return changes().stream()
                .filter(change -> change.option().type() == Place.class)
                .flatMap(change -> change.added().stream().flatMap(text -> missing(change.option(), text).stream()))
                .toList();
    }

    // NetMail's type Unknown: nothing of a server may be edited until it has a postmaster again.
    private Optional<Problem> orphaned() {
        boolean repaired = changes().stream()
                .anyMatch(change -> change.option().attribute().equals(Orphan.POSTMASTER));
        return repaired ? Optional.empty() : Orphan.problem(directory, holder);
    }

    private Optional<Problem> missing(OptionFacts option, String text) {
        return Reference.problem(directory, option, text).map(reason -> new Problem(option.name(), text, reason));
    }

    private Change change(OptionFacts option) {
        return Change.between(option, stored(option), texts(option.name()));
    }

    private List<String> stored(OptionFacts option) {
        return Meaning.clean(option, holder.values(option.attribute()));
    }

    private Map<String, List<String>> allTexts() {
        var texts = new LinkedHashMap<String, List<String>>();
        panel.options().forEach(option -> texts.put(option.name(), texts(option.name())));
        return texts;
    }

    private OptionFacts facts(String option) {
        return panel.option(option)
                .orElseThrow(() -> new IllegalArgumentException(panel.title() + " has no option " + option));
    }
}
