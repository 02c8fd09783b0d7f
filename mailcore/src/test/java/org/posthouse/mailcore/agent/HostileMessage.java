package org.posthouse.mailcore.agent;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A message that was made to cost whoever reads it much.
 *
 * @param name what is hostile about it
 * @param head what it begins with
 * @param unit what is repeated in it, by number
 * @param tail what it ends with
 */
record HostileMessage(String name, String head, IntFunction<String> unit, String tail) {

    private static final String MULTIPART = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    private static final String BASE64 = "Content-Transfer-Encoding: base64\r\n\r\n";
    private static final String QUOTED = "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    private static final int PORTION = 64 << 10;

    /** Takes the octets of a message. */
    interface Sink {
        void take(byte[] octets);
    }

    /** As long as there should be at least so many octets in all, one unit after the other. Returns how many there are. */
    long write(long octets, Sink sink) {
        var text = new StringBuilder(head);
        long written = 0;
        for (int number = 0; written + text.length() < octets; number++) {
            text.append(unit.apply(number));
            if (text.length() > PORTION) {
                sink.take(text.toString().getBytes(StandardCharsets.ISO_8859_1));
                written += text.length();
                text.setLength(0);
            }
        }
        text.append(tail);
        sink.take(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        return written + text.length();
    }

    private static HostileMessage of(String name, String head, String unit, String tail) {
        // A short unit is written in larger portions.
        String units = unit.repeat(Math.max(1, 4_096 / unit.length()));
        return new HostileMessage(name, head, _ -> units, tail);
    }

    private static HostileMessage header(String name, String begin, String unit) {
        return of(name, begin, unit, "\r\n\r\nbody\r\n");
    }

    static List<HostileMessage> all() {
        return List.of(
                new HostileMessage(
                        "multiparts in multiparts",
                        "Subject: x\r\n",
                        depth -> "Content-Type: multipart/mixed; boundary=b" + depth + "\r\n\r\n--b" + depth + "\r\n",
                        ""),
                of("messages in messages", "", "Content-Type: message/rfc822\r\n\r\nSubject: y\r\n", ""),
                of("multiparts that all have one boundary", MULTIPART, "--b\r\n" + MULTIPART, ""),
                of("empty parts", MULTIPART, "--b\r\n\r\n\r\n", ""),
                of("attachments", MULTIPART, "--b\r\nContent-Disposition: attachment; filename=x\r\n\r\nx\r\n", ""),
                of("parts with many fields", MULTIPART, "--b\r\n" + "X:\n".repeat(2_000) + "\r\n", ""),
                of("parts with long parameters", MULTIPART, part("Content-Type: text/plain; n="), ""),
                of("parts with long names", MULTIPART, part("Content-ID: "), ""),
                of("messages with addresses in parts", MULTIPART, addressed(), ""),
                of("boundaries of 70 KB", bounded() + "\r\n", "--" + longBoundary() + "\r\n\r\nx\r\n", ""),
                of(
                        "lines that are nearly a boundary of 70 KB",
                        bounded() + "\r\n",
                        "--" + longBoundary() + "y\r\n",
                        ""),
                header("one long field", "Subject: ", "x"),
                header("one long line of blanks", "To: a", " "),
                header("one folded field", "Subject: ", "x\r\n "),
                of("a million fields", "", "X: y\r\n", "\r\nbody"),
                of("fields of addresses", "", "To: a@b, c@d\r\n", "\r\nbody"),
                header("addresses", "From: ", "a@b,"),
                header("open angles", "To: ", "<<@:;("),
                header("dots", "To: a@", " . "),
                header("open comments", "To: ", "("),
                header("comments", "Cc: ", "()a"),
                header("encoded words", "Subject: ", "=?utf-8?q?=41?= "),
                header("encoded words without end", "Subject: ", "=?utf-8?q?"),
                header("beginnings of encoded words", "Subject: ", "=?"),
                header("encoded words of no character set", "Subject: ", "=?x-none?q?a?= "),
                header("parameters", "Content-Type: text/plain", "; a=b"),
                header("a type in sharp s", "Content-Type: ", "\u00df"),
                header("an encoding in sharp s", "Content-Transfer-Encoding: ", "\u00df"),
                header("languages", "Content-Language: ", "en,"),
                header("a long date", "Date: ", "1 jan "),
                of("base64 without line ends", BASE64, "QUJD", ""),
                of("base64 of padding", BASE64, "=", ""),
                of("base64 of other characters", BASE64, "!Q", ""),
                of("quoted-printable without line ends", QUOTED, "=41", ""),
                of("quoted-printable of blanks", QUOTED, " ", "\r\n"),
                of(
                        "escapes of a character set",
                        "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n",
                        "\u001b$B",
                        ""),
                of("capitals that are longer in lower case", "Subject: x\r\n\r\n", "\u00c4\u00b0", ""),
                of("empty lines", "Subject: x\r\n\r\n", "\r\n", ""),
                of("no header at all", "", "a", ""));
    }

    private static String part(String field) {
        return "--b\r\n" + field + "x".repeat(6_000) + "\r\n\r\n";
    }

    private static String addressed() {
        return "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: " + "a@b,".repeat(1_000) + "\r\n\r\nx\r\n";
    }

    private static String longBoundary() {
        return "b".repeat(70_000);
    }

    private static String bounded() {
        return "Content-Type: multipart/mixed; boundary=\"" + longBoundary() + "\"\r\n";
    }
}
