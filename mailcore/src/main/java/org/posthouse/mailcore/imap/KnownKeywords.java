package org.posthouse.mailcore.imap;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.posthouse.mailcore.store.Message;

/**
 * The keywords that a client has been told of: one stands in FLAGS before a message shows it (RFC 3501 7.2.6). Case does
 * not matter. Of one session, used by one thread at a time.
 */
final class KnownKeywords {

    private final Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final boolean readOnly;

    /** None yet. */
    KnownKeywords(boolean readOnly) {
        this.readOnly = readOnly;
    }

    /** Adds those of a message; whether there was a new one. */
    boolean add(Message message) {
        return add(message.flags());
    }

    private boolean add(Collection<String> flags) {
        boolean more = false;
        for (String flag : flags) {
            more |= !flag.startsWith("\\") && known.add(flag);
        }
        return more;
    }

    /** Tells of those of a message, before it is shown, when one is new. */
    void announce(Message message, Answers answers) {
        if (add(message)) {
            tell(answers);
        }
    }

    /** Tells all of them. */
    void tell(Answers answers) {
        String flags = String.join(" ", Flags.SYSTEM) + (known.isEmpty() ? "" : " " + String.join(" ", known));
        answers.line("* FLAGS (" + flags + ")");
        answers.line("* OK [PERMANENTFLAGS (" + (readOnly ? "" : flags + " \\*") + ")] What may be kept");
    }
}
