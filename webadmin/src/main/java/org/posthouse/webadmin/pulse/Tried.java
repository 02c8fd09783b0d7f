package org.posthouse.webadmin.pulse;

/**
 * What came of trying a value that is wanted.
 *
 * @param word the engine's word: good, taken, forbidden, silent, none, absent; of a folder system, link, file, denied,
 *     full, open, used, empty, store; of a host unknown; of a Host Server stay
 * @param value the value as it was tried, such as a port with the engine's offset
 * @param detail what goes with it, such as who uses a folder or how many mailboxes stay behind; may be ""
 */
public record Tried(String word, String value, String detail) {

    /** Without details. */
    public Tried(String word, String value) {
        this(word, value, "");
    }
}
