package org.posthouse.schema.option;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** All that is known of one option; read from its declaration. */
public final class OptionFacts {

    private final RecordComponent component;
    private final Option option;

    OptionFacts(RecordComponent component) {
        this.component = component;
        this.option = Optional.ofNullable(component.getAnnotation(Option.class))
                .orElseThrow(() -> new IllegalStateException(component + " of a panel lacks @Option"));
    }

    /** The component's name: the option's name in forms, API and errors. */
    public String name() {
        return component.getName();
    }

    /** The number of its OID, or 0 for a standard attribute. */
    public int id() {
        return option.id();
    }

    public String attribute() {
        return option.attribute();
    }

    public String label() {
        return option.label();
    }

    public String fallback() {
        return option.fallback();
    }

    /** The text form of the value that a newly created object gets; empty: the fallback. */
    public String initial() {
        return option.initial();
    }

    public Effect effect() {
        return option.effect();
    }

    public String help() {
        return option.help();
    }

    public String unit() {
        return option.unit();
    }

    public boolean mandatory() {
        return option.mandatory();
    }

    public boolean secret() {
        return option.secret();
    }

    /** Whether a change can lock administrators out and has to be confirmed. */
    public boolean confirm() {
        return option.confirm();
    }

    /** Whether it is on no page, because the console sets it by itself or asks for it elsewhere. */
    public boolean internal() {
        return option.internal();
    }

    /** Whether anything applies it in this version. */
    public boolean available() {
        return option.available();
    }

    /** The kinds of object that a value can name, by their names in the API; empty: any. */
    public List<String> accepts() {
        return List.of(option.accepts());
    }

    /** The section that begins with it; empty where it continues the one before. */
    Optional<Section> section() {
        return Optional.ofNullable(component.getAnnotation(Section.class));
    }

    /** What an engine can try of a new value before it is saved. */
    public Trial trial() {
        return option.trial();
    }

    /** Whether it is a list; its attribute then has several values. */
    public boolean multiple() {
        return component.getType() == List.class;
    }

    /** Whether it may have no value at all. */
    public boolean optional() {
        return component.getType() == Optional.class;
    }

    /** The type of one value, without List or Optional. */
    public Class<?> type() {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType generic) {
            type = generic.getActualTypeArguments()[0];
        }
        return (Class<?>) type;
    }

    /** The least number allowed. */
    public OptionalLong least() {
        var min = component.getAccessor().getAnnotation(Min.class);
        return min == null ? OptionalLong.empty() : OptionalLong.of(min.value());
    }

    /** The greatest number allowed. */
    public OptionalLong most() {
        var max = component.getAccessor().getAnnotation(Max.class);
        return max == null ? OptionalLong.empty() : OptionalLong.of(max.value());
    }

    /** The texts that count when the attribute is absent. */
    public List<String> fallbackTexts() {
        return fallback().isEmpty() ? List.of() : List.of(fallback());
    }

    /** The texts of this option's value in a panel record. */
    public List<String> textsIn(Record panel) {
        try {
            Object value = component.getAccessor().invoke(panel);
            return switch (value) {
                case null -> List.of();
                case List<?> values -> values.stream().map(Text::write).toList();
                case Optional<?> maybe -> maybe.map(Text::write).stream().toList();
                default -> List.of(Text.write(value));
            };
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The component's value from texts. Throws IllegalArgumentException in words for the reader. */
    Object value(List<String> texts) {
        if (multiple()) {
            return texts.stream()
                    .map(text -> Text.read(type(), text))
                    .distinct()
                    .toList();
        }
        if (texts.size() > 1) {
            throw new IllegalArgumentException("has more than one value");
        }
        if (optional()) {
            return texts.stream().findFirst().filter(text -> !text.isBlank()).map(text -> Text.read(type(), text));
        }
        String text = texts.isEmpty() ? fallback() : texts.getFirst();
        if (mandatory() && text.isBlank()) {
            throw new IllegalArgumentException("is required");
        }
        return Text.read(type(), text);
    }

    /** The values of a list that cannot be read, each with its reason. */
    List<Problem> malformed(List<String> texts) {
        var problems = new ArrayList<Problem>();
        for (String text : texts) {
            try {
                var _ = Text.read(type(), text);
            } catch (IllegalArgumentException malformed) {
                problems.add(new Problem(name(), secret() ? "" : text, String.valueOf(malformed.getMessage())));
            }
        }
        return problems;
    }

    /** Whether this is the absent value. */
    boolean isFallback(List<String> texts) {
        return texts.isEmpty()
                || texts.equals(fallbackTexts())
                || (texts.size() == 1 && texts.getFirst().isEmpty());
    }
}
