package org.posthouse.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pictures of the guide are those that the browser tests take, and all of them are shown. */
class PicturesTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SHOWN = Pattern.compile("\\]\\([^)\\s]*pictures/([a-z-]+)\\.png\\)");
    private static final Pattern TAKEN = Pattern.compile("\\bpicture\\(\"([a-z-]+)\"\\)");

    @Test
    void areAllTakenByATest() throws IOException {
        var missing = new TreeSet<>(shown());
        missing.removeAll(named(TAKEN, TOP.resolve("e2e-tests/src/test/java"), ".java"));
        assertEquals(Set.of(), missing);
    }

    @Test
    void areAllShownAndThere() throws IOException {
        try (Stream<Path> files = Files.list(TOP.resolve("docs/guide/pictures"))) {
            assertEquals(
                    shown(),
                    files.map(file -> file.getFileName().toString().replaceFirst("\\.png$", ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static Set<String> shown() throws IOException {
        Set<String> shown = named(SHOWN, TOP.resolve("docs"), ".md");
        SHOWN.matcher(Files.readString(TOP.resolve("README.md"))).results().forEach(found -> shown.add(found.group(1)));
        return shown;
    }

    private static Set<String> named(Pattern pattern, Path folder, String ending) throws IOException {
        var found = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(ending))
                    .forEach(file -> pattern.matcher(text(file)).results().forEach(match -> found.add(match.group(1))));
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
