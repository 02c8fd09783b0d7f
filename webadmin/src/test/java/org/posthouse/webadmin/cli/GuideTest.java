package org.posthouse.webadmin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.commandline.Words;

/** Every command in the guide and the README is one that the command line accepts. */
class GuideTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ {4,}(?:\\S+=\\S+ )*\\./posthouse ((?:.*\\\\\\n)*.*)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @Test
    void namesOnlyCommandsAndOptionsThatExist() throws IOException {
        var checked = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        try (Stream<Path> guide = Files.list(TOP.resolve("docs/guide"))) {
            for (Path file : Stream.concat(Stream.of(TOP.resolve("README.md")), guide)
                    .filter(each -> each.toString().endsWith(".md"))
                    .toList()) {
                for (MatchResult found :
                        COMMAND.matcher(Files.readString(file)).results().toList()) {
                    checked.add(found.group(1));
                    String reason = reason(words(found.group(1)));
                    if (!reason.isEmpty()) {
                        wrong.add(TOP.relativize(file) + ": " + found.group(1) + ": " + reason);
                    }
                }
            }
        }
        assertTrue(checked.size() > 30, checked::toString);
        assertEquals(List.of(), wrong);
    }

    private static List<String> words(String command) {
        String text =
                command.replace("\\\n", " ").replaceFirst(" [#>].*$", "").replaceAll("(--\\S+) \\.\\.\\.", "$1 X");
        return WORD.matcher(text)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .map(word -> word.replaceFirst("^(start|stop|restart|drain)\\|.*", "$1"))
                .toList();
    }

    private static String reason(List<String> words) {
        try {
            Words.read(Commands.all(), words);
            return "";
        } catch (IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
        }
    }
}
