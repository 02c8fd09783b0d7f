package org.posthouse.webadmin.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Text;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;

/**
 * One page of one object being edited: what stands in the directory and what is wanted instead. It checks and writes nothing:
 * what it wants becomes steps of a plan.
 */
public final class Draft {

    private final Entry object;
    private final Entry holder;
    private final PanelFacts<?> panel;
    private final Map<String, List<String>> wanted = new LinkedHashMap<>();

    private Draft(Entry object, Entry holder, PanelFacts<?> panel) {
        this.object = object;
        this.holder = holder;
        this.panel = panel;
    }

    /**
     * A draft that wants nothing else than what stands there. Asks the directory for the page's holder where that is another
     * object. Throws Missing when the holder is gone.
     */
    public static Draft of(Directory directory, Entry object, PanelFacts<?> panel) {
        return of(directory, Tree.EMPTY, object, panel);
    }

    /** The same beside a tree that was read already, in which the holder is looked up first. */
    public static Draft of(Directory directory, Tree tree, Entry object, PanelFacts<?> panel) {
        return new Draft(object, holder(directory, tree, object, panel), panel);
    }

    private static Entry holder(Directory directory, Tree tree, Entry object, PanelFacts<?> panel) {
        if (panel.holder() == Panel.Holder.SELF) {
            return object;
        }
        Place above = object.place().parent().orElseThrow(() -> new Missing(object.place()));
        return tree.entry(above).or(() -> directory.read(above)).orElseThrow(() -> new Missing(above));
    }

    /** The page being edited. */
    public PanelFacts<?> panel() {
        return panel;
    }

    /** The entry that holds the page's attributes, as seen; its revision guards the change. */
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

    /** What would be changed, in the order of the page. */
    public List<Change> changes() {
        return panel.options().stream().map(this::change).filter(Change::isReal).toList();
    }

    /** What is wanted of the directory: the new values of each attribute that changes; none removes it. */
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
        var draft = new Draft(self, current, panel);
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

    private Change change(OptionFacts option) {
        return Change.between(option, stored(option), texts(option.name()));
    }

    private List<String> stored(OptionFacts option) {
        return Meaning.clean(option, holder.values(option.attribute()));
    }

    private OptionFacts facts(String option) {
        return panel.option(option)
                .orElseThrow(() -> new IllegalArgumentException(panel.title() + " has no option " + option));
    }
}
