package org.posthouse.webadmin.ldif;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Base64;

/** Writes LDIF (RFC 2849) line by line, so that a file of any length passes through little memory. */
final class LdifOut {

    private static final int WIDTH = 76;

    private final Writer to;

    /** Writes to a writer, which it does not close. IOExceptions come out unchecked. */
    LdifOut(Writer to) {
        this.to = to;
        write("version: 1\n");
    }

    /** One line that is only for readers. */
    void comment(String text) {
        write("# " + text.replaceAll("\\R", " ") + "\n");
    }

    /** Says of an attribute that it is not here. */
    void secret(String attribute) {
        comment(attribute + " is secret and left out");
    }

    /** An empty line, which ends what came before. */
    void gap() {
        write("\n");
    }

    /** The end of one modification. */
    void dash() {
        write("-\n");
    }

    /** One value, folded at 76 octets; what is not a safe string goes in Base64. */
    void line(String name, String value) {
        String line = isSafe(value)
                ? name + ": " + value
                : name + ":: " + Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
        write(line.substring(0, Math.min(line.length(), WIDTH)) + "\n");
        for (int at = WIDTH; at < line.length(); at += WIDTH - 1) {
            write(" " + line.substring(at, Math.min(line.length(), at + WIDTH - 1)) + "\n");
        }
    }

    private static boolean isSafe(String value) {
        return !value.startsWith(" ")
                && !value.startsWith(":")
                && !value.startsWith("<")
                && !value.endsWith(" ")
                && value.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private void write(String text) {
        try {
            to.write(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
