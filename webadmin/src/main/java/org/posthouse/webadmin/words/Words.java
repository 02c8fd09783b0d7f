package org.posthouse.webadmin.words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.SectionFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.form.Ask;
import org.posthouse.webadmin.form.Step;

/**
 * Texts in the visitor's language. What the catalogue says in English is its own source; other languages hold a
 * translation under the attribute's, panel's or kind's name, and English stands in where one is missing.
 */
@Named
@RequestScoped
public class Words {

    private static final String BUNDLE = "org.posthouse.webadmin.words.words";

    // Without this, a German server would show German to whoever asks for English.
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Pattern RANGE = Pattern.compile("must be a number from (\\d+) to (\\d+)");
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("z");
    private static final int LONG = 40;
    private static final long HOUR = 3_600;
    private static final long DAY = 24 * HOUR;

    @Inject
    private Look look;

    /** The text of a key with its places filled; a reason among them is in the visitor's language too. */
    public String of(String key, Object... values) {
        Object[] shown = Stream.of(values)
                .map(value -> value instanceof String text ? reason(text) : value)
                .toArray();
        return new MessageFormat(bundle().getString(key), look.locale()).format(shown);
    }

    /** Why something was refused or does not run, as rules, directory, and engines say it in English. */
    public String reason(String english) {
        return Reasons.in(look.locale(), english);
    }

    /** The English text of a key with its places filled, for what is no page. */
    public static String english(String key, Object... values) {
        ResourceBundle english =
                ResourceBundle.getBundle(BUNDLE, Locale.ROOT, Words.class.getClassLoader(), NO_FALLBACK);
        return new MessageFormat(english.getString(key), Locale.US).format(values);
    }

    /** Several names in a line. */
    public String joined(List<String> names) {
        return String.join(", ", names);
    }

    /** A day, by the visitor's language and the console's time zone. */
    public String day(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(look.locale())
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    /** A time of the day to the second, by the console's time zone. */
    public String time(Instant at) {
        return TIME.withZone(ZoneId.systemDefault()).format(at);
    }

    /** A moment, by the visitor's language and the console's time zone. */
    public String moment(Instant at) {
        // The same clock as where the time stands alone.
        return day(at) + ", " + time(at);
    }

    /** A moment to the second with the console's time zone. */
    public String exactly(Instant at) {
        return moment(at) + " "
                + ZONE.withLocale(look.locale())
                        .withZone(ZoneId.systemDefault())
                        .format(at);
    }

    /** The console's time zone: "Central European Time (UTC+01:00)". */
    public String getZone() {
        Instant now = Instant.now();
        String offset = DateTimeFormatter.ofPattern("xxx")
                .withZone(ZoneId.systemDefault())
                .format(now);
        String name = ZoneId.systemDefault().getDisplayName(TextStyle.FULL, look.locale());
        return offset.equals("+00:00") && name.contains("UTC") ? "UTC" : name + " (UTC" + offset + ")";
    }

    /** How long ago a moment was, rounded: "5 minutes ago"; a moment of more than 30 days ago as a day. */
    public String ago(Instant at) {
        long seconds = Duration.between(at, Instant.now()).toSeconds();
        if (seconds < 10) {
            return of("ago.now");
        }
        if (seconds < 60) {
            return of("ago.seconds", seconds);
        }
        if (seconds < HOUR) {
            return of("ago.minutes", seconds / 60);
        }
        if (seconds < DAY) {
            return of("ago.hours", seconds / HOUR);
        }
        return seconds < 30 * DAY ? of("ago.days", seconds / DAY) : day(at);
    }

    /** The label of an option. */
    public String label(OptionFacts option) {
        return or("option." + option.attribute() + ".label", option.label());
    }

    /** What people call an attribute that is no option, such as a pending certificate request. */
    public String attribute(String attribute) {
        return or("attribute." + attribute, attribute);
    }

    /** The help of an option. */
    public String help(OptionFacts option) {
        return or("option." + option.attribute() + ".help", option.help());
    }

    /** One of the values that an option can be chosen from. */
    public String choice(OptionFacts option, String value) {
        return or("choice." + option.name() + "." + value, value.replace('_', ' '));
    }

    /** The unit of an option. */
    public String unit(OptionFacts option) {
        return or("unit." + option.unit(), option.unit());
    }

    /** What an effect asks of the engine. */
    public String effect(Effect effect) {
        return or("effect." + effect, effect.note());
    }

    /** The title of a panel. */
    public String title(PanelFacts<?> panel) {
        return or("panel." + panel.name() + ".title", panel.title());
    }

    /** The sentence under the title of a panel. */
    public String intro(PanelFacts<?> panel) {
        return or("panel." + panel.name() + ".intro", panel.intro());
    }

    /** The heading of a section of a panel. */
    public String section(SectionFacts section) {
        return or("section." + section.name(), section.title());
    }

    /** The name of a kind of object. */
    public String kind(Kind kind) {
        return or("kind." + kind, kind.label());
    }

    /** The label of a wizard's question: the option's own where it becomes one. */
    public String ask(Ask ask) {
        return or("ask." + ask.name() + ".label", ask.option().map(this::label).orElse(ask.name()));
    }

    /** The help of a wizard's question. */
    public String askHelp(Ask ask) {
        return or("ask." + ask.name() + ".help", ask.option().map(this::help).orElse(""));
    }

    /** The title of a wizard's step. */
    public String step(Step step) {
        return or(
                "step." + step.name(),
                step.asks().isEmpty() ? step.name() : ask(step.asks().getFirst()));
    }

    /** A problem as a sentence: its reason alone when it is one, else after the value or, without one, the label. */
    public String problem(String label, Problem problem) {
        String reason = problem.reason();
        if (reason.isEmpty() || !Character.isLowerCase(reason.codePointAt(0))) {
            return reason(reason);
        }
        if (reason.equals("is required")) {
            return of("problem.required", label);
        }
        Matcher range = RANGE.matcher(reason);
        if (range.matches()) {
            return of("problem.range", range.group(1), range.group(2));
        }
        String value = problem.value().length() > LONG ? "" : problem.value();
        return (value.isBlank() ? label : "“" + value + "”") + " " + reason(reason) + ".";
    }

    /** The name of an agent's figure. */
    public String figure(String name) {
        return or("figure." + name, name);
    }

    /** The name of one of a server's statistics. */
    public String statistic(String name) {
        return or("stat." + name, name);
    }

    private String or(String key, String english) {
        ResourceBundle bundle = bundle();
        return bundle.containsKey(key)
                ? bundle.getString(key)
                : AgentTexts.of(look.locale(), key).orElse(english);
    }

    private ResourceBundle bundle() {
        return ResourceBundle.getBundle(BUNDLE, look.locale(), Words.class.getClassLoader(), NO_FALLBACK);
    }
}
