package org.posthouse.mailcore.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.posthouse.mailcore.message.PlainWords;

/**
 * The messages of a store that were found to be damaged since it was opened. Whoever reads one gets a stand-in of the
 * same size that says so, because a mail program that gets an error never comes to the messages after it. Safe for use by
 * several threads.
 */
public final class DamagedMessages {

    // More than anybody reads; the number counts all.
    private static final int MOST = 10_000;

    /**
     * A damaged message.
     *
     * @param mailbox whose it is
     * @param folder the folder, such as INBOX
     * @param uid its UID there (RFC 3501 2.3.1.1)
     * @param subject its subject, as people read it
     */
    public record Damaged(String mailbox, String folder, long uid, String subject) {

        @Override
        public String toString() {
            return "Mailbox " + mailbox + ", folder " + folder + ", UID " + uid + ", subject \"" + subject + "\"";
        }
    }

    private final TreeMap<String, Damaged> found = new TreeMap<>();

    /** Adds one; returns whether it was not known yet. */
    synchronized boolean add(Damaged message) {
        String key = message.mailbox() + "\0" + message.folder() + "\0" + "%010d".formatted(message.uid());
        return found.size() < MOST && found.put(key, message) == null;
    }

    /** All of them, by mailbox, folder, and UID. */
    public synchronized List<Damaged> all() {
        return new ArrayList<>(found.values());
    }

    /** The subject that a header tells. */
    static String subject(Summary summary) {
        return summary.fields()
                .first("Subject")
                .map(PlainWords::decoded)
                .orElse("")
                .strip();
    }

    /** What is read in place of a damaged message: its header, as far as it is known, and a text, in so many octets. */
    static byte[] standIn(String subject, int size) {
        String text = "Subject: [Damaged message] " + subject.replaceAll("[^ -~]", "?") + "\r\n"
                + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
                + "The server cannot read this message: its disk is damaged.\r\n"
                + "Ask the administrator to restore it from a backup.\r\n";
        byte[] octets = Arrays.copyOf(text.getBytes(UTF_8), size);
        // RFC 822 sizes are told before: what is left is filled with empty lines, what is too much is cut.
        for (int at = Math.min(size, text.length()); at < size; at++) {
            octets[at] = (byte) ((size - at) % 2 == 0 ? '\r' : '\n');
        }
        return octets;
    }
}
