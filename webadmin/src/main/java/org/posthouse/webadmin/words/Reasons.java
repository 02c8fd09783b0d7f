package org.posthouse.webadmin.words;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reasons in the language of a page. Rules, directory, and engines say why they refuse something in English, because the API,
 * the command line, and the log do too; here the English text is the key. A table for each other language has the English text
 * with places for what varies, a tab, and the translation: {@code reasons_de.tsv}. Immutable.
 */
public final class Reasons {

    private static final Map<String, Reasons> KNOWN = new ConcurrentHashMap<>();
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)\\}");
    private static final Pattern LABELED = Pattern.compile("(\\p{Lu}[\\w ]{2,40}: )(.+)", Pattern.DOTALL);
    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 5;

    /** An English text with places, and its translation. */
    private record Template(Pattern english, String translated, int letters) {}

    private final Map<String, String> whole;
    private final List<Template> templates;

    private Reasons(Map<String, String> whole, List<Template> templates) {
        this.whole = whole;
        this.templates = templates;
    }

    /** A reason in this language; as it is where there is no translation. */
    public static String in(Locale language, String english) {
        return language.getLanguage().equals("en") || english.isBlank() || english.length() > LONGEST
                ? english
                : KNOWN.computeIfAbsent(language.getLanguage(), Reasons::read).translated(english, DEEPEST);
    }

    private static Reasons read(String language) {
        try (var in = Reasons.class.getResourceAsStream("reasons_" + language + ".tsv")) {
            if (in == null) {
                return new Reasons(Map.of(), List.of());
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Reasons read(List<String> lines) {
        var whole = new ConcurrentHashMap<String, String>();
        var templates = new ArrayList<Template>();
        for (String line : lines) {
            int tab = line.indexOf('\t');
            String english = line.substring(0, tab);
            String translated = line.substring(tab + 1);
            if (PLACE.matcher(english).find()) {
                templates.add(new Template(pattern(english), translated, english.length()));
            } else {
                whole.put(english, translated);
            }
        }
        // What says more comes first: "{0} already exists" would take every longer text that ends like it.
        templates.sort(Comparator.comparingInt(Template::letters).reversed());
        return new Reasons(whole, List.copyOf(templates));
    }

    private static Pattern pattern(String english) {
        var pattern = new StringBuilder();
        int from = 0;
        Matcher places = PLACE.matcher(english);
        while (places.find()) {
            pattern.append(Pattern.quote(english.substring(from, places.start())))
                    .append("(.+?)");
            from = places.end();
        }
        return Pattern.compile(pattern + Pattern.quote(english.substring(from)), Pattern.DOTALL);
    }

    private String translated(String english, int depth) {
        String known = whole.get(english);
        if (known != null || depth == 0) {
            return known == null ? english : known;
        }
        return templates.stream()
                .flatMap(template -> filled(template, english, depth).stream())
                .findFirst()
                .orElseGet(() -> inside(english, depth - 1));
    }

    // A reason may have the label of an option before it, or a period after it.
    private String inside(String english, int depth) {
        Matcher labeled = LABELED.matcher(english);
        if (labeled.matches()) {
            return labeled.group(1) + translated(labeled.group(2), depth);
        }
        return english.endsWith(".") && !english.endsWith("..")
                ? translated(english.substring(0, english.length() - 1), depth) + "."
                : english;
    }

    private Optional<String> filled(Template template, String english, int depth) {
        Matcher found = template.english().matcher(english);
        return found.matches()
                ? Optional.of(filled(template.translated(), found.toMatchResult(), depth))
                : Optional.empty();
    }

    // A place may hold a reason itself.
    private String filled(String translated, MatchResult found, int depth) {
        return PLACE.matcher(translated)
                .replaceAll(place -> Matcher.quoteReplacement(
                        translated(found.group(Integer.parseInt(place.group(1)) + 1), depth - 1)));
    }
}
