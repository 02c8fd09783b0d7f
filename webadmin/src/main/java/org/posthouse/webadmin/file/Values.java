package org.posthouse.webadmin.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.option.Text;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.PlainText;
import org.posthouse.webadmin.file.Described.Wanted;
import org.posthouse.webadmin.form.Meaning;
import org.posthouse.webadmin.form.ObjectNames;
import org.posthouse.webadmin.form.UserCreation;

/** What a file wants of the fields of one object, against what stands there; and what is wrong with that. */
final class Values {

    private static final int LONGEST = 1000;

    private final Described object;
    private final Map<String, Wanted> wishes;
    private final Optional<Entry> stands;
    private final Optional<Entry> holder;
    private final ObjectNames names;
    private final List<Fault> faults;
    private final Map<Field, List<String>> changed = new LinkedHashMap<>();
    private final Set<String> malformed = new HashSet<>();

    /** Of an object, the entry that stands there, and the one it stands in; what is wrong is added to the faults. */
    Values(Described object, Optional<Entry> stands, Optional<Entry> holder, ObjectNames names, List<Fault> faults) {
        this.object = object;
        this.wishes = object.options().orElse(Map.of());
        this.stands = stands;
        this.holder = holder;
        this.names = names;
        this.faults = faults;
        if (object.options().isPresent() || stands.isEmpty()) {
            Field.of(object.kind()).forEach(this::compare);
            object.kind().panels().forEach(this::judge);
        }
    }

    /** The texts to be stored, by field, where they differ from what stands; none: the default. */
    Map<Field, List<String>> changed() {
        return changed;
    }

    private List<String> stored(Field field) {
        Optional<Entry> from = field.isHeldAbove() ? holder : stands;
        return from.map(entry -> entry.values(field.attribute())).orElse(List.of());
    }

    private void compare(Field field) {
        Wanted wanted = wishes.get(field.name());
        List<String> stored = stored(field);
        if (wanted == null) {
            boolean stays = object.partial()
                    || field.isSecret()
                    || field.isInstalled()
                    || field.isIdentity()
                    || stored.isEmpty();
            if (!stays) {
                changed.put(field, List.of());
            }
            return;
        }
        if (field.isSecret() && isKept(wanted)) {
            if (stored.isEmpty()) {
                fault(
                        wanted.line(),
                        field,
                        "",
                        "refers to a stored secret, but there is none yet; enter the secret here once, or remove the"
                                + " line and set it with ./posthouse set --secret");
            }
            return;
        }
        List<String> texts = field.option()
                .map(option -> ofOption(field, option, wanted, stored))
                .orElseGet(() -> standard(field, wanted));
        if (!malformed.contains(field.name()) && !same(field, stored, texts)) {
            changed.put(field, texts);
        }
    }

    private static boolean isKept(Wanted wanted) {
        return wanted.texts().size() == 1 && wanted.texts().getFirst().text().equals(Document.KEPT);
    }

    private List<String> ofOption(Field field, OptionFacts option, Wanted given, List<String> stored) {
        Wanted wanted = named(field, option, given);
        for (Node.Text text : wanted.texts()) {
            try {
                Text.read(
                        option.type(),
                        text.text().isBlank() ? text.text() : text.text().strip());
            } catch (IllegalArgumentException unreadable) {
                if (!text.text().isBlank() && !malformed.contains(field.name())) {
                    fault(text.line(), field, text.text(), String.valueOf(unreadable.getMessage()));
                }
            }
        }
        List<String> texts = Meaning.clean(
                option, wanted.texts().stream().map(Node.Text::text).toList());
        if (malformed.contains(field.name())) {
            return texts;
        }
        List<Problem> problems = field.panel().orElseThrow().problems(field.name(), texts);
        problems.forEach(problem -> fault(wanted.line(), field, problem.value(), problem.reason()));
        if (!problems.isEmpty() || meanings(option, texts).equals(meanings(option, option.fallbackTexts()))) {
            return List.of();
        }
        Map<Object, String> spelled = Meaning.spelled(option, stored);
        return texts.stream()
                .map(text -> Meaning.of(option, text))
                .map(meaning -> spelled.getOrDefault(meaning, Text.write(meaning)))
                .distinct()
                .toList();
    }

    // A name stands for the one object that has it; of objects that the file itself creates, the distinguished name is
    // needed.
    private Wanted named(Field field, OptionFacts option, Wanted given) {
        return new Wanted(
                given.line(),
                given.texts().stream()
                        .map(text -> {
                            List<Problem> problems = names.problems(option, List.of(text.text()));
                            problems.forEach(problem -> fault(text.line(), field, problem.value(), problem.reason()));
                            return problems.isEmpty() ? resolved(option, text) : text;
                        })
                        .toList());
    }

    private Node.Text resolved(OptionFacts option, Node.Text text) {
        return new Node.Text(
                text.line(), names.resolved(option, List.of(text.text())).getFirst(), text.isNothing());
    }

    private static Set<Object> meanings(OptionFacts option, List<String> texts) {
        return texts.stream().map(text -> Meaning.of(option, text)).collect(Collectors.toSet());
    }

    // The order of a list does not count, as on the pages: a directory keeps none.
    private static boolean same(Field field, List<String> stored, List<String> texts) {
        if (field.option().isPresent()) {
            OptionFacts option = field.option().get();
            return meanings(option, Meaning.clean(option, stored))
                    .equals(meanings(option, Meaning.clean(option, texts)));
        }
        return Set.copyOf(stored).equals(Set.copyOf(texts));
    }

    private List<String> standard(Field field, Wanted wanted) {
        var texts = new ArrayList<String>();
        for (Node.Text text : wanted.texts()) {
            String value = text.text().strip();
            standardProblem(field, value).ifPresent(reason -> fault(text.line(), field, value, reason));
            texts.add(value);
        }
        return texts.stream().distinct().toList();
    }

    private static Optional<String> standardProblem(Field field, String value) {
        if (value.isEmpty()) {
            return Optional.of("is empty");
        }
        return switch (field.name()) {
            case "mail" -> UserCreation.mailProblem(value);
            default ->
                value.length() > LONGEST
                        ? Optional.of("must have at most " + LONGEST + " characters")
                        : Optional.of(PlainText.REASON).filter(any -> !PlainText.isLine(value));
        };
    }

    // A page holds together or not; what is wrong with single values was told already.
    private void judge(PanelFacts<?> panel) {
        boolean touched = stands.isEmpty()
                || changed.keySet().stream()
                        .anyMatch(field -> field.panel().filter(panel::equals).isPresent());
        boolean told = panel.options().stream().anyMatch(option -> malformed.contains(option.name()));
        if (!touched || told) {
            return;
        }
        var texts = new LinkedHashMap<String, List<String>>();
        Field.of(object.kind()).stream()
                .filter(field -> field.panel().filter(panel::equals).isPresent())
                .forEach(field -> texts.put(field.name(), changed.getOrDefault(field, stored(field))));
        try {
            panel.read(texts);
        } catch (Refused refused) {
            refused.problems().forEach(problem -> faults.add(fault(problem)));
        }
    }

    private Fault fault(Problem problem) {
        Wanted wanted = wishes.get(problem.option());
        return new Fault(
                wanted == null ? object.line() : wanted.line(),
                object.name(),
                problem.option(),
                problem.value(),
                problem.reason());
    }

    private void fault(int line, Field field, String value, String reason) {
        malformed.add(field.name());
        faults.add(new Fault(line, object.name(), field.name(), field.isSecret() ? "" : value, reason));
    }
}
