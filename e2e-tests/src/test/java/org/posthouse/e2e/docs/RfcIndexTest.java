package org.posthouse.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of RFCs says which package keeps which, as the packages themselves say. */
class RfcIndexTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern RFC = Pattern.compile("RFC (\\d+)");

    @Test
    void namesThePackagesThatNameTheRfc() throws IOException {
        var kept = new TreeMap<String, Set<String>>();
        for (String module : List.of("ldap-schema", "mailcore", "webadmin")) {
            Path sources = TOP.resolve(module).resolve("src/main/java/org/posthouse");
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> note(sources, file, kept));
            }
        }
        Map<String, Set<String>> listed = Files.readAllLines(TOP.resolve("docs/rfc/index.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .collect(Collectors.toMap(
                        columns -> columns[0],
                        columns -> Set.of(columns[2].split(", ")),
                        (one, two) -> one,
                        TreeMap::new));
        assertEquals(kept, listed);
    }

    private static void note(Path sources, Path file, Map<String, Set<String>> kept) {
        try {
            String inside = sources.relativize(file).toString();
            String name = inside.substring(0, inside.lastIndexOf('/')).replace('/', '.');
            RFC.matcher(Files.readString(file))
                    .results()
                    .forEach(rfc -> kept.computeIfAbsent(rfc.group(1), any -> new TreeSet<>())
                            .add(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
