package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A dialogue with a server, read from a file of lines.
 *
 * <pre>
 * # a comment, mostly the rule that is shown: RFC 1870 6.1
 * S: 220 mail.example.com *     the next line from the server; * stands for anything
 * S: * OK ready                 but "* " at the beginning stands for itself (IMAP)
 * S~ b OK *                     the next line like this; others before it do not matter
 * C: EHLO client.example        what the client says; \r \n \0 as in Java
 * S2: * 3 EXISTS                the same on the second of several connections
 * S$                            the server closes the connection
 * </pre>
 *
 * @param name file name
 * @param steps what happens in turn
 */
public record Talk(String name, List<Step> steps) {

    /** Who does what. */
    public enum Kind {
        SAY,
        HEAR,
        HEAR_SOON,
        GONE
    }

    /** One line of the file: its number, on which connection, what happens, and its text. */
    public record Step(int line, int connection, Kind kind, String text) {}

    /** All dialogues in a folder of the test resources, such as "imap". */
    public static List<Talk> all(String folder) throws IOException, URISyntaxException {
        URL url = Objects.requireNonNull(Talk.class.getResource("/" + folder), folder);
        try (var files = Files.list(Path.of(url.toURI()))) {
            var talks = new ArrayList<Talk>();
            for (Path file : files.filter(path -> path.toString().endsWith(".talk"))
                    .sorted()
                    .toList()) {
                talks.add(read(file));
            }
            return talks;
        }
    }

    private static Talk read(Path file) throws IOException {
        var steps = new ArrayList<Step>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                steps.add(step(file, number, line));
            }
        }
        return new Talk(Objects.requireNonNull(file.getFileName()).toString(), List.copyOf(steps));
    }

    private static Step step(Path file, int number, String line) {
        int at = 1;
        int connection = 1;
        if (line.length() > 1 && Character.isDigit(line.charAt(1))) {
            connection = line.charAt(1) - '0';
            at = 2;
        }
        Kind kind = switch (line.charAt(0) + line.substring(at, Math.min(line.length(), at + 1))) {
            case "C:" -> Kind.SAY;
            case "S:" -> Kind.HEAR;
            case "S~" -> Kind.HEAR_SOON;
            case "S$" -> Kind.GONE;
            default -> throw new IllegalArgumentException(file + ":" + number + ": " + line);
        };
        String text = line.substring(Math.min(line.length(), at + 1));
        return new Step(number, connection, kind, text.startsWith(" ") ? text.substring(1) : text);
    }

    @Override
    public String toString() {
        return name;
    }
}
