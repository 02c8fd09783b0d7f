package org.posthouse.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The description of the two journeys names classes; they are to be there. */
class FlowDocumentTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Map<String, String> MODULES =
            Map.of("schema", "ldap-schema", "mailcore", "mailcore", "webadmin", "webadmin");
    private static final Pattern NAMED = Pattern.compile("`((schema|mailcore|webadmin)\\.[a-z.]+\\.[A-Z]\\w+)`");

    @Test
    void namesOnlyClassesThatExist() throws IOException {
        String text = Files.readString(TOP.resolve("docs/design/flow.md"));
        List<MatchResult> named = NAMED.matcher(text).results().toList();
        assertTrue(named.size() > 20, "the pattern finds the names");
        assertEquals(
                List.of(),
                named.stream()
                        .filter(name -> !Files.exists(source(name)))
                        .map(name -> name.group(1))
                        .toList());
    }

    private static Path source(MatchResult name) {
        return TOP.resolve(MODULES.get(name.group(2)))
                .resolve("src/main/java/org/posthouse")
                .resolve(name.group(1).replace('.', '/') + ".java");
    }
}
