package org.posthouse.schema.licence;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.tree.Kind;

/**
 * What a licence says. Days are those of UTC, and the last one counts.
 *
 * @param edition the name of the edition
 * @param holder to whom it was issued
 * @param features the features it allows, by the names of the agents; {@value #ALL} for every one there is or will be
 * @param issued the first day on which it is valid
 * @param expires the last day on which it is valid; empty: it does not expire
 * @param serial the issuer's number
 * @param key which key signed it: {@link Trust#id}
 */
public record Licence(
        String edition,
        String holder,
        List<String> features,
        LocalDate issued,
        Optional<LocalDate> expires,
        String serial,
        String key) {

    /** The feature that stands for all. */
    public static final String ALL = "all";

    static final String TITLE = "Posthouse Licence";

    private static final Set<String> NEEDED = Set.of("Edition", "Holder", "Features", "Issued", "Serial", "Key");
    private static final String EXPIRES = "Expires";

    /** Reads the lines before the signature. Throws LicenceRefused, naming the line that is missing or wrong. */
    static Licence read(String body) {
        List<String> lines = body.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(TITLE)) {
            throw new LicenceRefused("This is not a license: its first line is not \"" + TITLE + "\".");
        }
        Map<String, String> values = values(lines.subList(1, lines.size()));
        NEEDED.stream()
                .sorted()
                .filter(name -> !values.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new LicenceRefused("This is not a license: it lacks the line \"" + name + ":\".");
                });
        return new Licence(
                text(values, "Edition"),
                text(values, "Holder"),
                Stream.of(text(values, "Features").split(","))
                        .map(String::strip)
                        .toList(),
                day(values, "Issued"),
                values.containsKey(EXPIRES) ? Optional.of(day(values, EXPIRES)) : Optional.empty(),
                text(values, "Serial"),
                text(values, "Key"));
    }

    private static Map<String, String> values(List<String> lines) {
        var values = new LinkedHashMap<String, String>();
        for (String line : lines) {
            String[] parts = line.split(":", 2);
            boolean known = parts.length == 2 && (NEEDED.contains(parts[0]) || parts[0].equals(EXPIRES));
            if (!known || parts[1].isBlank()) {
                throw new LicenceRefused(
                        "This is not a license: the line \"" + shortened(line) + "\" is not recognized.");
            }
            if (values.put(parts[0], parts[1].strip()) != null) {
                throw new LicenceRefused("This is not a license: it has two lines \"" + parts[0] + ":\".");
            }
        }
        return values;
    }

    private static String shortened(String line) {
        return line.length() > 40 ? line.substring(0, 40) + "..." : line;
    }

    private static String text(Map<String, String> values, String name) {
        return values.getOrDefault(name, "");
    }

    private static LocalDate day(Map<String, String> values, String name) {
        try {
            return LocalDate.parse(text(values, name));
        } catch (DateTimeParseException malformed) {
            throw new LicenceRefused("This is not a license: \"" + name + ": " + text(values, name)
                    + "\" is not a date such as 2027-01-31.");
        }
    }

    /** Whether it allows a feature. */
    public boolean covers(Kind feature) {
        return features.stream().anyMatch(name -> name.equalsIgnoreCase(ALL) || name.equalsIgnoreCase(feature.label()));
    }

    /** In a sentence: "the Advanced license of Acme, serial 17". */
    public String name() {
        return "the " + edition + " license of " + holder + ", serial " + serial;
    }
}
