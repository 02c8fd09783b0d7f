package org.posthouse.webadmin.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both themes as WCAG 2.2 AA wants them: text 4.5 to 1 on its ground (1.4.3), controls 3 to 1 (1.4.11). */
class ColoursTest {

    private static final Path THEMES = Path.of("../themes/src/main/resources/META-INF/resources/posthouse");
    private static final Pattern COLOUR = Pattern.compile("(--[a-z-]+):\\s*#([0-9a-f]{6})");
    private static final List<String> GROUNDS = List.of("--ground", "--surface", "--sunken", "--raised", "--hover");

    record Pair(String theme, String front, String ground, double least) {}

    static Stream<Pair> pairs() {
        return Stream.of("light", "dark").flatMap(theme -> {
            var text = Stream.of("--ink", "--ink-soft", "--ink-faint", "--accent", "--bad", "--good", "--warn")
                    .flatMap(front -> GROUNDS.stream().map(ground -> new Pair(theme, front, ground, 4.5)));
            var badges = Stream.of("good", "bad", "warn", "still", "accent")
                    .map(tone -> new Pair(theme, "--" + tone, "--" + tone + "-soft", 4.5));
            var buttons = Stream.of(
                    new Pair(theme, "--on-accent", "--accent", 4.5),
                    new Pair(theme, "--on-accent", "--accent-strong", 4.5),
                    new Pair(theme, "--surface", "--bad", 4.5));
            var controls = Stream.of("--control-line", "--focus")
                    .flatMap(front -> Stream.of("--ground", "--surface", "--raised")
                            .map(ground -> new Pair(theme, front, ground, 3)));
            return Stream.of(text, badges, buttons, controls).flatMap(part -> part);
        });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void itCanBeRead(Pair pair) {
        Map<String, Integer> colours = colours(pair.theme());
        double contrast = contrast(
                Objects.requireNonNull(colours.get(pair.front())), Objects.requireNonNull(colours.get(pair.ground())));
        assertTrue(contrast >= pair.least(), pair + " has " + contrast);
    }

    @Test
    void bothThemesNameTheSameColours() {
        assertEquals(colours("light").keySet(), colours("dark").keySet());
    }

    private static Map<String, Integer> colours(String theme) {
        try {
            var colours = new TreeMap<String, Integer>();
            COLOUR.matcher(Files.readString(THEMES.resolve(theme + "/colours.css")))
                    .results()
                    .forEach(found -> colours.put(found.group(1), Integer.parseInt(found.group(2), 16)));
            return colours;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static double contrast(int one, int other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(int colour) {
        return 0.2126 * light(colour >> 16) + 0.7152 * light(colour >> 8) + 0.0722 * light(colour);
    }

    private static double light(int octet) {
        double part = (octet & 0xff) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
