package org.posthouse.schema.option;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * One panel record as pages, API and engine see it: its options, how it is read from an entry and written to one, and
 * what is wrong with values as given.
 *
 * @param <P> the panel record
 */
public final class PanelFacts<P extends Record> {

    // The parameter interpolator needs no expression language, which the engine alone does not carry.
    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private final Class<P> type;
    private final Panel panel;
    private final List<OptionFacts> options;
    private final Map<String, List<String>> rules;

    private PanelFacts(Class<P> type) {
        this.type = type;
        this.panel = Optional.ofNullable(type.getAnnotation(Panel.class))
                .orElseThrow(() -> new IllegalStateException(type + " lacks @Panel"));
        this.options =
                Stream.of(type.getRecordComponents()).map(OptionFacts::new).toList();
        this.rules = rules(type);
    }

    /** The facts of a panel record. */
    public static <P extends Record> PanelFacts<P> of(Class<P> type) {
        return new PanelFacts<>(type);
    }

    public Class<P> type() {
        return type;
    }

    public String name() {
        return panel.name();
    }

    public String title() {
        return panel.title();
    }

    public String intro() {
        return panel.intro();
    }

    public Panel.Holder holder() {
        return panel.holder();
    }

    public List<OptionFacts> options() {
        return options;
    }

    /** Its sections in the order of the page, with the options that are shown. */
    public List<SectionFacts> sections() {
        var sections = new ArrayList<SectionFacts>();
        for (OptionFacts option : options) {
            Optional<Section> begins = option.section();
            if (begins.isPresent() || sections.isEmpty()) {
                sections.add(new SectionFacts(
                        begins.map(Section::name).orElse(name()),
                        begins.map(Section::title).orElse(title()),
                        new ArrayList<>()));
            }
            if (option.available() && !option.internal()) {
                sections.getLast().options().add(option);
            }
        }
        return sections.stream()
                .filter(section -> !section.options().isEmpty())
                .map(section -> new SectionFacts(section.name(), section.title(), List.copyOf(section.options())))
                .toList();
    }

    /** The option of this name. */
    public Optional<OptionFacts> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /** The panel out of an entry's attributes; an absent attribute counts as its fallback. Throws {@link Refused}. */
    public P decode(Map<String, List<String>> attributes) {
        var texts = new LinkedHashMap<String, List<String>>();
        for (OptionFacts option : options) {
            texts.put(option.name(), attributes.getOrDefault(option.attribute(), List.of()));
        }
        return read(texts);
    }

    /** The panel out of texts by option name, as a form or the API gives them. Throws {@link Refused} with all problems. */
    public P read(Map<String, List<String>> texts) {
        var problems = new ArrayList<Problem>();
        var values = new ArrayList<@org.jspecify.annotations.Nullable Object>();
        for (OptionFacts option : options) {
            List<String> given = texts.getOrDefault(option.name(), List.of());
            try {
                Object value = option.value(given);
                values.add(value);
                problems.addAll(violations(option, given, value));
            } catch (IllegalArgumentException malformed) {
                values.add(null);
                problems.addAll(malformed(option, given, malformed));
            }
        }
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
        P whole = build(values.toArray());
        List<Problem> together = rules(whole);
        if (!together.isEmpty()) {
            throw new Refused(together);
        }
        return whole;
    }

    /**
     * The options that a problem is about: its own, or those that the broken rule of the panel names. A rule is known by
     * its words.
     */
    public List<String> concerned(Problem problem) {
        return problem.option().isEmpty() ? rules.getOrDefault(problem.reason(), List.of()) : List.of(problem.option());
    }

    private static Map<String, List<String>> rules(Class<?> type) {
        var rules = new LinkedHashMap<String, List<String>>();
        for (Method method : type.getDeclaredMethods()) {
            AssertTrue rule = method.getAnnotation(AssertTrue.class);
            Concerns about = method.getAnnotation(Concerns.class);
            if (rule != null && about != null) {
                rules.put(rule.message(), List.of(about.value()));
            }
        }
        return rules;
    }

    /** What is wrong with one option's texts taken alone; empty when nothing is. */
    public List<Problem> problems(String name, List<String> texts) {
        OptionFacts option = option(name).orElseThrow(() -> new IllegalArgumentException("no option " + name));
        try {
            return violations(option, texts, option.value(texts));
        } catch (IllegalArgumentException malformed) {
            return malformed(option, texts, malformed);
        }
    }

    // Of a list, each wrong value is named, and none of the good ones.
    private static List<Problem> malformed(OptionFacts option, List<String> given, IllegalArgumentException whole) {
        List<Problem> each = option.multiple() ? option.malformed(given) : List.of();
        return each.isEmpty()
                ? List.of(new Problem(option.name(), shown(option, given), String.valueOf(whole.getMessage())))
                : each;
    }

    /** The attributes that say this panel; fallbacks are left out, so an empty list means "remove". */
    public Map<String, List<String>> encode(P value) {
        var attributes = new LinkedHashMap<String, List<String>>();
        for (OptionFacts option : options) {
            List<String> texts = option.textsIn(value);
            attributes.put(option.attribute(), option.isFallback(texts) ? List.of() : texts);
        }
        return attributes;
    }

    private List<Problem> violations(OptionFacts option, List<String> given, Object value) {
        return VALIDATOR.validateValue(type, option.name(), value).stream()
                .map(violation -> new Problem(
                        option.name(),
                        option.multiple() ? element(option, violation.getInvalidValue()) : shown(option, given),
                        reason(option, violation)))
                .toList();
    }

    // Both ends of a range at once: the message of a single limit names only the one that was passed.
    private static String reason(OptionFacts option, ConstraintViolation<?> violation) {
        var limit = violation.getConstraintDescriptor().getAnnotation();
        return (limit instanceof Min || limit instanceof Max)
                        && option.least().isPresent()
                        && option.most().isPresent()
                ? "must be a number from " + option.least().getAsLong() + " to "
                        + option.most().getAsLong()
                : violation.getMessage();
    }

    // The one value of a list that is meant; "" when it is the list as a whole.
    private static String element(OptionFacts option, @org.jspecify.annotations.Nullable Object invalid) {
        return invalid == null || invalid instanceof List<?> || option.secret() ? "" : Text.write(invalid);
    }

    private List<Problem> rules(P whole) {
        Set<ConstraintViolation<P>> broken = VALIDATOR.validate(whole);
        return broken.stream()
                .map(violation -> new Problem("", "", violation.getMessage()))
                .distinct()
                .toList();
    }

    private static String shown(OptionFacts option, List<String> given) {
        return option.secret() ? "" : String.join(", ", given);
    }

    private P build(@org.jspecify.annotations.Nullable Object[] values) {
        try {
            Class<?>[] types = Stream.of(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
