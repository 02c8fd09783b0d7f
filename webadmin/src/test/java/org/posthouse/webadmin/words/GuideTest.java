package org.posthouse.webadmin.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.tree.Kind;

/** The guide and the README: they name what is on the pages as the pages do, and use everyday words. */
class GuideTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    /** In the guide, bold is what is on a page and nothing else. */
    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]+)\\*\\*");

    private static final Pattern CODE = Pattern.compile("(?m)^( {4,}|\\t).*$|`[^`]*`|\\]\\([^)]*\\)");

    @Test
    void whatIsBoldIsOnAPage() {
        Set<String> shown = shown();
        var unknown = new TreeMap<String, Set<String>>();
        pages().forEach((page, text) -> {
            Set<String> names = BOLD.matcher(text)
                    .results()
                    .map(found -> found.group(1).replaceAll("\\s+", " "))
                    .filter(name -> !shown.contains(name) && !isFilledIn(name, shown))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!names.isEmpty()) {
                unknown.put(page, names);
            }
        });
        assertEquals(Map.of(), unknown);
    }

    @Test
    void noPageUsesAStiffWord() {
        var odd = new TreeMap<String, List<String>>();
        pages().forEach((page, text) -> {
            List<String> found = WordingTest.ODD_ENGLISH
                    .matcher(text)
                    .results()
                    .map(match -> text.substring(
                                    Math.max(0, match.start() - 20), Math.min(text.length(), match.end() + 20))
                            .replaceAll("\\s+", " "))
                    .toList();
            if (!found.isEmpty()) {
                odd.put(page, found);
            }
        });
        assertEquals(Map.of(), odd);
    }

    @Test
    void theGuideNamesSomethingOnThePages() {
        assertFalse(pages().values().stream()
                .flatMap(text -> BOLD.matcher(text).results())
                .toList()
                .isEmpty());
    }

    // "Without POP Agent" is the text "Without {0}".
    private static boolean isFilledIn(String name, Set<String> shown) {
        return shown.stream()
                .filter(text -> text.matches("[^{}]{3,}\\{0\\}[^{}]*"))
                .map(text -> Pattern.quote(text).replace("{0}", "\\E.+\\Q"))
                .anyMatch(name::matches);
    }

    // Everything that a page can show as the name of a button, a menu entry, a page, a section, or a field.
    private static Set<String> shown() {
        Stream<String> words = WordingTest.ENGLISH.values().stream();
        Stream<String> kinds = Arrays.stream(Kind.values()).map(Kind::label);
        Stream<String> pages = Kind.catalogue().panels().stream().map(page -> page.title());
        Stream<String> options = Kind.catalogue().options().map(option -> option.label());
        return Stream.of(words, kinds, pages, options).flatMap(names -> names).collect(Collectors.toSet());
    }

    private static Map<String, String> pages() {
        try (Stream<Path> guide = Files.list(TOP.resolve("docs/guide"))) {
            return Stream.concat(Stream.of(TOP.resolve("README.md")), guide)
                    .filter(file -> file.toString().endsWith(".md"))
                    .collect(Collectors.toMap(file -> TOP.relativize(file).toString(), GuideTest::text));
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    private static String text(Path page) {
        try {
            return CODE.matcher(Files.readString(page)).replaceAll("");
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }
}
