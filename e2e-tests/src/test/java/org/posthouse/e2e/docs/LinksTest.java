package org.posthouse.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the documents lead somewhere. */
class LinksTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void leadToFilesThatExist() throws IOException {
        try (Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
            List<String> broken = Stream.concat(Stream.of(TOP.resolve("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .flatMap(LinksTest::broken)
                    .toList();
            assertEquals(List.of(), broken);
        }
    }

    private static Stream<String> broken(Path file) {
        try {
            return LINK.matcher(Files.readString(file))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !target.startsWith("http") && !Files.exists(file.resolveSibling(target)))
                    .map(target -> TOP.relativize(file) + " -> " + target);
        } catch (IOException unreadable) {
            return Stream.of(file + ": " + unreadable.getMessage());
        }
    }
}
