package org.posthouse.webadmin.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.file.Described.Wanted;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Step;

/** What is to be done so that the tree becomes what a file says. */
public final class Differences {

    /** The largest file that is taken, in bytes. */
    public static final int LARGEST = YamlText.LARGEST;

    private static final int LONGEST = 64;

    private final Present present;
    private final Map<Place, Described> described = new LinkedHashMap<>();
    private final Map<Place, Map<String, List<String>>> wanted = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    private Differences(Present present) {
        this.present = present;
    }

    /**
     * The differences between the tree and a file. Nothing is written.
     *
     * @param prune whether what the file's lists do not name goes
     * @param who the administrator, who is not pruned
     * @throws Faulty with everything that is wrong
     */
    public static Differences of(Directory directory, byte[] file, boolean prune, Place who) {
        var unread = new ArrayList<Fault>();
        Document document = Document.read(file, unread);
        var differences = new Differences(new Present(directory));
        differences.faults.addAll(unread);
        document.objects().forEach(object -> differences.remember(object));
        document.objects().forEach(object -> differences.compare(object, Optional.empty()));
        differences.order();
        if (prune) {
            var pruning = new Pruning(differences.present, document, who, differences.faults);
            differences.steps.addAll(pruning.steps());
            differences.notes.addAll(pruning.notes());
        }
        if (!differences.faults.isEmpty()) {
            throw new Faulty(differences.faults);
        }
        return differences;
    }

    /** What is to be done, in an order in which it can be done; empty when the tree is as the file says. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** What is worth knowing beside the steps, in whole sentences. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** What it does to what runs. Throws Faulty, in terms of the file, when something stands against it. */
    public Plan plan(ChangeService changes) {
        Plan plan = changes.plan(present.tree(), steps, List.of());
        if (!plan.isSound()) {
            throw new Faulty(plan.flaws().stream()
                    .map(flaw -> fault(flaw.object(), flaw.problem()))
                    .toList());
        }
        return plan;
    }

    /** The messaging servers that have something to obey after a plan; one that goes has nothing any more. */
    public List<Place> servers(Plan plan) {
        var touched = new TreeSet<Place>();
        for (Step step : plan.steps()) {
            for (Optional<Place> place = Optional.of(step.place());
                    place.isPresent();
                    place = place.flatMap(Place::parent)) {
                place.filter(each ->
                                kind(each).filter(Kind.MESSAGING_SERVER::equals).isPresent())
                        .ifPresent(touched::add);
            }
        }
        plan.removed().forEach(removed -> touched.removeIf(server -> server.isWithin(removed.place())));
        return List.copyOf(touched);
    }

    // Where in the file a problem comes from that was found with an object later on.
    private Fault fault(Place place, Problem problem) {
        Optional<Described> object = object(place, problem.option());
        int line = object.flatMap(found -> found.options())
                .map(options -> options.get(problem.option()))
                .map(found -> line(found, problem.value()))
                .orElseGet(() -> object.map(Described::line).orElse(0));
        return new Fault(line, place.leaf(), problem.option(), problem.value(), problem.reason());
    }

    // An option that the object above holds is said where the page is.
    private Optional<Described> object(Place place, String option) {
        Optional<Described> own = Optional.ofNullable(described.get(place));
        Optional<Described> here = own.filter(
                found -> found.options().filter(all -> all.containsKey(option)).isPresent());
        return here.isPresent()
                ? here
                : described.values().stream()
                        .filter(object ->
                                object.place().parent().filter(place::equals).isPresent())
                        .filter(object -> object.options()
                                .filter(all -> all.containsKey(option))
                                .isPresent())
                        .findFirst()
                        .or(() -> own);
    }

    private static int line(Wanted wanted, String value) {
        return wanted.texts().stream()
                .filter(text -> text.text().equalsIgnoreCase(value))
                .findFirst()
                .map(Node.Text::line)
                .orElse(wanted.line());
    }

    private void remember(Described object) {
        described.put(object.place(), object);
        object.contains().ifPresent(all -> all.forEach(this::remember));
    }

    private void compare(Described object, Optional<Kind> holder) {
        Optional<Entry> stands = present.at(object.place());
        boolean sound = stands.isPresent() ? isOfKind(object, stands.get()) : mayBeMade(object, holder);
        if (sound) {
            var values = new Values(object, stands, above(object), present.names(), faults);
            Map<String, List<String>> own = wanted.computeIfAbsent(object.place(), any -> new LinkedHashMap<>());
            values.changed()
                    .forEach((field, texts) -> (field.isHeldAbove()
                                    ? wanted.computeIfAbsent(
                                            object.place().parent().orElseThrow(), any -> new LinkedHashMap<>())
                                    : own)
                            .put(field.attribute(), texts));
            if (stands.isEmpty() && object.kind() == Kind.USER) {
                notes.add("User " + object.name() + " has no password yet; set it with ./posthouse set"
                        + " --new-password-file.");
            }
        }
        object.contains().ifPresent(all -> all.forEach(each -> compare(each, Optional.of(object.kind()))));
    }

    private Optional<Entry> above(Described object) {
        boolean elsewhere = Field.of(object.kind()).stream().anyMatch(Field::isHeldAbove);
        return elsewhere ? object.place().parent().flatMap(present::at) : Optional.empty();
    }

    private boolean isOfKind(Described object, Entry stands) {
        if (stands.kind() != object.kind()) {
            fault(
                    object,
                    "is " + stands.kind().label() + " in the tree, not "
                            + object.kind().label());
        }
        return stands.kind() == object.kind();
    }

    private boolean mayBeMade(Described object, Optional<Kind> holder) {
        Optional<String> reason = reason(object, holder);
        reason.ifPresent(why -> fault(object, why));
        return reason.isEmpty();
    }

    private Optional<String> reason(Described object, Optional<Kind> holder) {
        Kind kind = object.kind();
        Place place = object.place();
        if (!place.isWithin(present.directory().root())) {
            return Optional.of("is not in " + present.directory().root());
        }
        if (kind == Kind.WEBADMIN_SERVER) {
            return Optional.of("is created by the console of its host when that console starts");
        }
        if (!kind.isCreatable()) {
            return Optional.of(
                    kind.hasFixedName() && !kind.isAgent()
                            ? "is created by the installation: ./posthouse setup, or nimsext if it was lost"
                            : "does not exist, and " + kind.label() + " objects cannot be created yet");
        }
        if (!place.leafAttribute().equals(kind.naming())) {
            return Optional.of("must be named by " + kind.naming());
        }
        if (object.name().length() > LONGEST) {
            return Optional.of("must have at most " + LONGEST + " characters");
        }
        Optional<Kind> in = holder.or(() -> place.parent().flatMap(this::kind));
        return in.isEmpty()
                ? Optional.of("cannot be created: its container does not exist")
                : in.filter(found -> !kind.parents().contains(found))
                        .map(found -> kind.label() + " objects cannot be created in " + found.label() + " objects");
    }

    private Optional<Kind> kind(Place place) {
        return Optional.ofNullable(described.get(place))
                .map(Described::kind)
                .or(() -> present.at(place).map(Entry::kind));
    }

    // As in the file, where what holds something stands before it.
    private void order() {
        wanted.entrySet().stream()
                .filter(each -> isNew(each.getKey()))
                .forEach(each -> Optional.ofNullable(described.get(each.getKey()))
                        .ifPresent(object ->
                                steps.add(new Step.Make(each.getKey(), object.kind(), said(each.getValue())))));
        wanted.entrySet().stream()
                .filter(each -> !isNew(each.getKey()) && !each.getValue().isEmpty())
                .forEach(each -> steps.add(new Step.Alter(each.getKey(), each.getValue())));
    }

    private boolean isNew(Place place) {
        return described.containsKey(place) && present.at(place).isEmpty();
    }

    private static Map<String, List<String>> said(Map<String, List<String>> attributes) {
        var said = new LinkedHashMap<>(attributes);
        said.values().removeIf(List::isEmpty);
        return said;
    }

    private void fault(Described object, String reason) {
        faults.add(new Fault(object.line(), object.name(), "", "", reason));
    }
}
