package org.posthouse.mailcore.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.wire.Limits;

/**
 * Plays each {@code smtp/*.talk}: what we say (S), what the client says (C), and what the spool took (M).
 *
 * <p>{@code S:} one line, with * for anything; {@code S+} skips lines until one fits; {@code C:} a line; {@code C!} octets
 * with \r \n \0 \\ written out, no CRLF added; {@code @} before the first line sets {@code attribute=value}, {@code tls},
 * {@code disk-full}, {@code disk-fills}, {@code spool-broken} or {@code directory-down}; {@code TLS} shakes hands; {@code M:} is
 * {@code sender -> LOCAL mailbox, REMOTE address}; {@code M+} is a line of the message; {@code END} expects the end.
 */
class DialogueTest {

    private static final Path TALKS = Path.of("src/test/resources/smtp");

    @TestFactory
    Stream<DynamicTest> everyDialogueGoesAsWritten() throws IOException {
        try (Stream<Path> files = Files.list(TALKS)) {
            return files.filter(file -> file.toString().endsWith(".talk")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> play(file)));
        }
    }

    private static void play(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Path certificate = lines.contains("@ tls") ? Rig.CERTIFICATE : Rig.NO_CERTIFICATE;
        var limits = new Limits(9, 9, Duration.ofSeconds(20), Duration.ofSeconds(60));
        try (var rig = new Rig(certificate, limits)) {
            lines.stream().filter(line -> line.startsWith("@ ")).forEach(line -> set(rig, line.substring(2)));
            try (var peer = rig.peer()) {
                for (int i = 0; i < lines.size(); i++) {
                    play(rig, peer, lines.get(i), file.getFileName() + ":" + (i + 1));
                }
            }
        }
    }

    private static void set(Rig rig, String setting) {
        switch (setting) {
            case "tls" -> {}
            case "disk-full" -> rig.diskFull = true;
            case "disk-fills" -> rig.diskFills = true;
            case "spool-broken" -> rig.spoolBroken = true;
            case "directory-down" -> rig.directoryDown = true;
            default -> {
                String[] parts = setting.split("=", 2);
                rig.with(parts[0], parts[1]);
            }
        }
    }

    private static void play(Rig rig, Peer peer, String line, String where) {
        String rest = line.length() > 3 ? line.substring(3) : "";
        switch (line.length() < 2 ? line : line.substring(0, 2)) {
            case "S:" -> fits(rest, peer.line(), where);
            case "S+" -> {
                String heard = peer.line();
                while (!glob(rest).matcher(heard).matches()) {
                    assertTrue(heard.startsWith("250-"), where + " heard " + heard);
                    heard = peer.line();
                }
            }
            case "C:" -> peer.say(rest);
            case "C!" -> peer.raw(rest.translateEscapes());
            case "TL" -> peer.tls();
            case "EN" -> assertEquals("(closed)", peer.line(), where);
            case "M:" -> assertEquals(rest, described(rig.taken.removeFirst()), where);
            case "M+" -> {
                String message = rig.taken.getFirst().message();
                assertTrue(
                        message.lines().anyMatch(one -> glob(rest).matcher(one).matches()),
                        where + " message was\n" + message);
            }
            case "M0" -> assertEquals(List.of(), rig.taken, where);
            default -> assertTrue(line.isBlank() || line.startsWith("#") || line.startsWith("@"), where);
        }
    }

    private static String described(Rig.Taken taken) {
        return taken.envelope().sender() + " -> "
                + taken.envelope().recipients().stream()
                        .map(DialogueTest::described)
                        .collect(Collectors.joining(", "));
    }

    private static String described(Recipient recipient) {
        return recipient.kind() + " " + recipient.address();
    }

    private static void fits(String pattern, String heard, String where) {
        assertTrue(glob(pattern).matcher(heard).matches(), where + " wanted " + pattern + " and heard " + heard);
    }

    private static Pattern glob(String pattern) {
        return Pattern.compile(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
