package org.posthouse.webadmin.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongPredicate;

/** Finds the lines that hold a text, whatever the case of its ASCII letters, by going through all of the journal. */
final class Search {

    // Words of the form of the lines themselves; whoever looks for one of them means what stands between.
    private static final String FORM =
            "\"object\":\"\",\"kind\":\"\",\"attributes\":{\"\":{\"before\":[\"\"],\"after\":[";

    private final Pages pages;
    private final byte[] lower;
    private final byte[] upper;
    private final boolean ambiguous;

    Search(Pages pages, String text) {
        this.pages = pages;
        String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
        this.lower = escaped.toLowerCase(Locale.ROOT).getBytes(UTF_8);
        this.upper = escaped.toUpperCase(Locale.ROOT).getBytes(UTF_8);
        this.ambiguous = FORM.contains(escaped.toLowerCase(Locale.ROOT));
    }

    /** Whether a line of this number holds it. */
    LongPredicate run() throws IOException {
        Set<Long> found = new HashSet<>();
        pages.read((spot, bytes, from) -> {
            int end = from + spot.length();
            int start = after(bytes, from, end);
            if (start < end && holds(bytes, start, end)) {
                Frame.number(bytes, from, spot.length()).ifPresent(found::add);
            }
        });
        return found::contains;
    }

    // Number and hashes are no text that anybody looks for.
    private static int after(byte[] bytes, int from, int end) {
        for (int at = from + 80; at < Math.min(end, from + 110); at++) {
            if (bytes[at] == '"' && bytes[at + 1] == 'i' && bytes[at + 2] == 's' && bytes[at + 3] == '"') {
                return at + 10;
            }
        }
        return end;
    }

    private boolean holds(byte[] bytes, int from, int end) {
        int last = end - 75 - lower.length;
        for (int at = from; at <= last; at++) {
            if ((bytes[at] == lower[0] || bytes[at] == upper[0])
                    && matches(bytes, at)
                    && !(ambiguous && isForm(bytes, at))) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(byte[] bytes, int at) {
        for (int i = 1; i < lower.length; i++) {
            byte each = bytes[at + i];
            if (each != lower[i] && (i >= upper.length || each != upper[i])) {
                return false;
            }
        }
        return true;
    }

    // A name of a member is followed by a colon.
    private boolean isForm(byte[] bytes, int at) {
        int i = at + lower.length;
        while (bytes[i] >= 'a' && bytes[i] <= 'z') {
            i++;
        }
        return bytes[i] == '"' && bytes[i + 1] == ':';
    }
}
