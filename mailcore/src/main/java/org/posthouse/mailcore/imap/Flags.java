package org.posthouse.mailcore.imap;

import java.util.List;
import java.util.Set;
import org.posthouse.mailcore.store.Message;

/** Writes flags, the system's first: RFC 3501 2.3.2. */
final class Flags {

    static final List<String> SYSTEM = List.of("\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft");
    private static final int MOST = 100;
    private static final int LONGEST = 100;

    private Flags() {}

    static void write(StringBuilder out, Message message, boolean recent) {
        int start = out.length();
        for (var flag : SYSTEM) {
            if (message.is(flag)) {
                out.append(flag).append(' ');
            }
        }
        if (!SYSTEM.containsAll(message.flags())) {
            message.flags().stream()
                    .filter(flag -> !SYSTEM.contains(flag))
                    .sorted()
                    .forEach(flag -> out.append(flag).append(' '));
        }
        out.append(recent ? "\\Recent " : "");
        if (out.length() > start) {
            out.setLength(out.length() - 1);
        }
    }

    /** What of the flags given a message can carry: \Recent is ours alone, other names with a backslash mean nothing. */
    static Set<String> settable(List<String> given) {
        return Set.copyOf(given.stream()
                .filter(flag -> !flag.startsWith("\\") || isSystem(flag))
                .filter(flag -> flag.length() <= LONGEST && flag.chars().allMatch(c -> c < 0x7f))
                .limit(MOST)
                .toList());
    }

    private static boolean isSystem(String flag) {
        return SYSTEM.stream().anyMatch(flag::equalsIgnoreCase);
    }
}
