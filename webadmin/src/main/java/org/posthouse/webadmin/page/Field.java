package org.posthouse.webadmin.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Text;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.SignedText;
import org.posthouse.schema.value.TrustedAuthorities;
import org.posthouse.webadmin.form.Draft;

/** One option on a page: what its widget shows and takes. */
public final class Field {

    private static final int FEW = 20;
    private static final int MORE = 200;

    private final OptionFacts facts;
    private final Draft draft;
    private String addition = "";
    private String filter = "";
    private int shown = FEW;

    Field(OptionFacts facts, Draft draft) {
        this.facts = facts;
        this.draft = draft;
    }

    /** Everything declared of the option. */
    public OptionFacts getFacts() {
        return facts;
    }

    public String getName() {
        return facts.name();
    }

    /** The texts of the values to choose from. */
    public List<String> getChoices() {
        return Stream.of(facts.type().getEnumConstants()).map(Text::write).toList();
    }

    /** Which widget shows it: "choice", "switch", "list", "places", "place", "number", "secret", "lines" or "text". */
    public String getWidget() {
        Class<?> type = facts.type();
        if (facts.multiple()) {
            return type == Place.class ? "places" : "list";
        }
        if (type.isEnum()) {
            return "choice";
        }
        if (type == boolean.class) {
            return "switch";
        }
        if (type == int.class || type == long.class) {
            return "number";
        }
        if (facts.secret()) {
            return "secret";
        }
        if (type == SignedText.class || type == TrustedAuthorities.class) {
            return "lines";
        }
        return type == Place.class ? "place" : "text";
    }

    /** How wide its input is: "s" for addresses and the like, "m" for names, "l" for paths and sentences. */
    public String getWidth() {
        if (facts.type() == IpAddress.class) {
            return "s";
        }
        return facts.type() == DomainName.class ? "m" : "l";
    }

    /** The single text; of a secret only what was typed here, never what is stored. */
    public String getText() {
        List<String> texts = draft.texts(facts.name());
        return texts.isEmpty() || (facts.secret() && !draft.isTouched(facts.name())) ? "" : texts.getFirst();
    }

    /** Takes the single text. A secret's field that is left empty says nothing, nor does it bring back one taken away. */
    public void setText(@Nullable String text) {
        if (facts.secret() && isTakenAway() && (text == null || text.isBlank())) {
            return;
        }
        draft.set(facts.name(), List.of(text == null ? "" : text));
    }

    private boolean isTakenAway() {
        return draft.isTouched(facts.name()) && draft.texts(facts.name()).isEmpty();
    }

    /** Whether a value is stored and stays: what an empty field of a secret means. */
    public boolean isKept() {
        return !draft.isTouched(facts.name()) && !draft.texts(facts.name()).isEmpty();
    }

    /** Takes away what is stored. */
    public void clear() {
        draft.set(facts.name(), List.of());
    }

    /** The switch. */
    public boolean isOn() {
        return getText().equalsIgnoreCase("TRUE");
    }

    public void setOn(boolean on) {
        draft.set(facts.name(), List.of(on ? "TRUE" : "FALSE"));
    }

    /** The values of a list. */
    public List<String> getValues() {
        return draft.texts(facts.name());
    }

    /** The values shown: those with the filter's text in them, the first of them. */
    public List<String> getShown() {
        return matching().limit(shown).toList();
    }

    /** Whether the list is too long to look through. */
    public boolean isLong() {
        return getValues().size() > FEW;
    }

    /** How many values are not shown though they match. */
    public long getRest() {
        return Math.max(0, matching().count() - shown);
    }

    /** Shows more of them. */
    public void showMore() {
        shown += MORE;
    }

    private Stream<String> matching() {
        String wanted = filter.strip().toLowerCase(Locale.ROOT);
        Stream<String> matching = getValues().stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).contains(wanted));
        // Members and the like are looked for by name; of other lists the order may say something.
        return facts.type() == Place.class
                ? matching.sorted(Comparator.comparing(Links::leafOf, NameOrder.NAMES))
                : matching;
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(@Nullable String filter) {
        this.filter = filter == null ? "" : filter;
        shown = FEW;
    }

    /**
     * Adds what was typed; several domains or addresses can be separated by commas or blanks. The key of the text that says why
     * nothing was added; "" when something was.
     */
    public String add() {
        if (addition.isBlank()) {
            return "list.empty";
        }
        int before = getValues().size();
        // Names of objects and sentences contain blanks, and distinguished names commas.
        if (facts.type() == Place.class || facts.type() == String.class) {
            put(addition);
        } else {
            for (String text : addition.split("[\\s,;]+")) {
                put(text);
            }
        }
        addition = "";
        return getValues().size() > before ? "" : "list.present";
    }

    /** Adds one value. */
    public void put(String text) {
        if (!text.isBlank() && !getValues().contains(text.strip())) {
            var values = new ArrayList<String>(getValues());
            values.add(text.strip());
            draft.set(facts.name(), values);
        }
    }

    /** Takes one value away. */
    public void remove(String text) {
        var values = new ArrayList<String>(getValues());
        values.remove(text);
        draft.set(facts.name(), values);
    }

    /** Takes an object that was browsed for. */
    public void pick(Place place) {
        if (facts.multiple()) {
            put(place.toString());
        } else {
            setText(place.toString());
        }
    }

    /** Whether the default holds because nothing is stored. */
    public boolean isDefault() {
        return draft.isDefault(facts.name());
    }

    /** The range of a number in words, such as "1 to 65535"; empty when there is none. */
    public String getRange() {
        return facts.least().isPresent() && facts.most().isPresent()
                ? "%d – %d".formatted(facts.least().getAsLong(), facts.most().getAsLong())
                : "";
    }

    public String getAddition() {
        return addition;
    }

    public void setAddition(@Nullable String addition) {
        this.addition = addition == null ? "" : addition;
    }
}
