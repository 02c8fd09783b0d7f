package org.posthouse.webadmin.file;

import static org.posthouse.webadmin.file.Document.CONTAINS;
import static org.posthouse.webadmin.file.Document.KIND;
import static org.posthouse.webadmin.file.Document.NAME;
import static org.posthouse.webadmin.file.Document.OBJECTS;
import static org.posthouse.webadmin.file.Document.OPTIONS;
import static org.posthouse.webadmin.file.Document.PARTIAL;
import static org.posthouse.webadmin.file.Document.PLACE;
import static org.posthouse.webadmin.file.Document.USERS;
import static org.posthouse.webadmin.file.Document.VERSION;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.suggestion.Near;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.PlainText;
import org.posthouse.webadmin.file.Described.Wanted;

/** Puts the nodes of a file into meaning, and gathers what has none. */
final class Reading {

    private static final Set<String> OF_FILE = Set.of(VERSION, USERS, PARTIAL, OBJECTS);
    private static final Set<String> OF_OBJECT = Set.of(PLACE, KIND, NAME, PARTIAL, OPTIONS, CONTAINS);

    private final List<Fault> faults;
    private final Map<Place, Integer> named = new HashMap<>();
    private boolean partial;

    Reading(List<Fault> faults) {
        this.faults = faults;
    }

    /** The document in a node, as far as it is understood. Throws Faulty when it is nothing of the kind. */
    Document document(Node node) {
        if (!(node instanceof Node.Members members)) {
            throw new Faulty(node.line(), "A file must begin with \"posthouse: 1\"; this is " + node.what() + ".");
        }
        known(members, OF_FILE, "");
        if (!(members.nodes().get(VERSION) instanceof Node.Text version
                && version.text().strip().equals("1"))) {
            fault(members.lines().getOrDefault(VERSION, members.line()), "The file must contain \"posthouse: 1\".");
        }
        partial = truth(members, PARTIAL, "", false);
        boolean users = truth(members, USERS, "", false);
        var objects = new ArrayList<Described>();
        if (members.nodes().get(OBJECTS) instanceof Node.Items items) {
            items.nodes()
                    .forEach(
                            item -> object(item, Optional.empty(), Kind.UNKNOWN).ifPresent(objects::add));
        } else {
            fault(members.lines().getOrDefault(OBJECTS, members.line()), "\"objects\" must be a list of objects.");
        }
        return new Document(users, objects);
    }

    private Optional<Described> object(Node node, Optional<Place> in, Kind holder) {
        if (!(node instanceof Node.Members members)) {
            fault(
                    node.line(),
                    "An object must begin with its kind, such as \"kind: SMTP Agent\"; this is " + node.what() + ".");
            return Optional.empty();
        }
        Optional<Kind> kind = kind(members, holder);
        Optional<Place> place = kind.flatMap(found -> place(members, in, found));
        if (place.isEmpty()) {
            return Optional.empty();
        }
        String name = place.get().leaf();
        known(members, OF_OBJECT, name);
        Integer before = named.putIfAbsent(place.get(), members.line());
        if (before != null) {
            faults.add(new Fault(members.line(), name, "", "", "is here and on line " + before));
            return Optional.empty();
        }
        return Optional.of(new Described(
                members.line(),
                place.get(),
                kind.get(),
                truth(members, PARTIAL, name, partial),
                options(members, name, kind.get()),
                contents(members, name, place.get(), kind.get())));
    }

    private Optional<Kind> kind(Node.Members members, Kind holder) {
        String text = text(members, KIND, "").orElse("");
        if (text.isEmpty()) {
            fault(members.line(), "An object requires its kind, such as \"kind: SMTP Agent\".");
            return Optional.empty();
        }
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(each -> each != Kind.UNKNOWN)
                .filter(each ->
                        each.label().equalsIgnoreCase(text) || each.name().equalsIgnoreCase(text.replace('-', '_')))
                .findFirst();
        if (kind.isEmpty()) {
            fault(line(members, KIND), "\"" + text + "\" is not a kind of object" + Near.hint(text, labels()));
        }
        boolean misplaced = kind.isPresent()
                && holder != Kind.UNKNOWN
                && !kind.get().parents().contains(holder);
        if (misplaced) {
            fault(
                    line(members, KIND),
                    kind.get().label() + " objects cannot be created in " + holder.label() + " objects.");
        }
        return misplaced ? Optional.empty() : kind;
    }

    private static List<String> labels() {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.UNKNOWN)
                .map(Kind::label)
                .toList();
    }

    private Optional<Place> place(Node.Members members, Optional<Place> in, Kind kind) {
        Optional<String> name = text(members, NAME, "");
        Optional<String> whole = text(members, PLACE, "");
        if (whole.isPresent()) {
            return whole(members, whole.get(), in);
        }
        if (in.isEmpty()) {
            fault(
                    members.line(),
                    "The top objects of a file require their \"place\", such as"
                            + " \"place: ou=mail1,o=Internet Services,dc=posthouse\".");
            return Optional.empty();
        }
        if (kind.hasFixedName()) {
            if (name.filter(given -> !given.equalsIgnoreCase(kind.label())).isPresent()) {
                faults.add(new Fault(
                        line(members, NAME), "", NAME, name.get(), "must be \"" + kind.label() + "\", or left out"));
            }
            return Optional.of(in.get().child(kind.naming(), kind.label()));
        }
        String given = name.orElse("");
        Optional<String> wrong = nameProblem(given);
        if (wrong.isPresent()) {
            faults.add(new Fault(line(members, NAME), kind.label(), NAME, given, wrong.get()));
            return Optional.empty();
        }
        return Optional.of(in.get().child(kind.naming(), given));
    }

    private static Optional<String> nameProblem(String name) {
        if (name.isBlank()) {
            return Optional.of("is required");
        }
        return PlainText.isName(name) ? Optional.empty() : Optional.of(PlainText.REASON);
    }

    private Optional<Place> whole(Node.Members members, String text, Optional<Place> in) {
        int line = line(members, PLACE);
        try {
            Place place = Place.of(text);
            if (in.isPresent() && !place.parent().equals(in)) {
                faults.add(new Fault(line, "", PLACE, text, "is not in " + in.get()));
                return Optional.empty();
            }
            return Optional.of(place);
        } catch (IllegalArgumentException malformed) {
            faults.add(new Fault(line, "", PLACE, text, String.valueOf(malformed.getMessage())));
            return Optional.empty();
        }
    }

    private Optional<List<Described>> contents(Node.Members members, String name, Place place, Kind kind) {
        Node node = members.nodes().get(CONTAINS);
        return switch (node) {
            case null -> Optional.empty();
            case Node.Items items -> {
                var objects = new ArrayList<Described>();
                items.nodes()
                        .forEach(item -> object(item, Optional.of(place), kind).ifPresent(objects::add));
                yield Optional.of(objects);
            }
            default -> {
                faults.add(new Fault(
                        line(members, CONTAINS), name, CONTAINS, "", "must be a list of objects; [] is an empty one"));
                yield Optional.empty();
            }
        };
    }

    private Optional<Map<String, Wanted>> options(Node.Members members, String name, Kind kind) {
        Node node = members.nodes().get(OPTIONS);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof Node.Members options)) {
            faults.add(
                    new Fault(line(members, OPTIONS), name, OPTIONS, "", "must be options with values; {} for none"));
            return Optional.empty();
        }
        var wanted = new LinkedHashMap<String, Wanted>();
        options.nodes().forEach((option, value) -> {
            int line = line(options, option);
            Optional<String> wrong = optionProblem(kind, option);
            if (wrong.isPresent()) {
                faults.add(new Fault(line, name, option, "", wrong.get()));
            } else {
                wanted.put(option, new Wanted(line, texts(name, option, value)));
            }
        });
        return Optional.of(wanted);
    }

    private static Optional<String> optionProblem(Kind kind, String option) {
        Optional<Field> field = Field.of(kind, option);
        if (field.isEmpty()) {
            return Optional.of("is not an option of "
                    + kind.labelWithArticle()
                    + Near.hint(option, Field.of(kind).stream().map(Field::name).toList()));
        }
        return field.filter(Field::isInstalled)
                .map(installed -> "cannot be part of a file; install it with ./posthouse certificate");
    }

    private List<Node.Text> texts(String name, String option, Node value) {
        if (value instanceof Node.Text text) {
            return text.isNothing() ? List.of() : List.of(text);
        }
        var texts = new ArrayList<Node.Text>();
        if (value instanceof Node.Items items) {
            for (Node item : items.nodes()) {
                if (item instanceof Node.Text text && !text.isNothing()) {
                    texts.add(text);
                } else {
                    faults.add(new Fault(item.line(), name, option, "", "must hold single values, not " + item.what()));
                }
            }
        } else {
            faults.add(new Fault(value.line(), name, option, "", "must be a value or a list, not " + value.what()));
        }
        return texts;
    }

    private void known(Node.Members members, Set<String> names, String object) {
        members.lines().forEach((name, line) -> {
            if (!names.contains(name)) {
                String where = object.isEmpty() ? "of a file" : "of an object; options belong under \"options\"";
                faults.add(new Fault(line, object, name, "", "is not part " + where + Near.hint(name, names)));
            }
        });
    }

    private Optional<String> text(Node.Members members, String member, String object) {
        Node node = members.nodes().get(member);
        if (node instanceof Node.Text text) {
            return text.isNothing() ? Optional.empty() : Optional.of(text.text());
        }
        if (node != null) {
            faults.add(new Fault(node.line(), object, member, "", "must be a text, not " + node.what()));
        }
        return Optional.empty();
    }

    private boolean truth(Node.Members members, String member, String object, boolean usual) {
        String text = text(members, member, object).orElse(Boolean.toString(usual));
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            faults.add(new Fault(line(members, member), object, member, text, "is neither true nor false"));
        }
        return text.equalsIgnoreCase("true");
    }

    private static int line(Node.Members members, String member) {
        return members.lines().getOrDefault(member, members.line());
    }

    private void fault(int line, String reason) {
        faults.add(Fault.at(line, reason));
    }
}
