package org.posthouse.mailcore.store;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to do with the flags of messages.
 *
 * @param manner whether the flags given are all there shall be, are added, or are taken away
 */
public record FlagChange(Manner manner, Set<String> flags) {

    /** See {@link FlagChange#manner()}. */
    public enum Manner {
        REPLACE,
        ADD,
        REMOVE
    }

    private static final List<String> SYSTEM = List.of(
            "\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft", "$Forwarded", "$MDNSent", "$Junk", "$NotJunk");

    /** With the flags in the form in which they are stored. */
    public FlagChange {
        flags = Set.copyOf(flags.stream().map(FlagChange::stored).toList());
    }

    /** Flags have no case; known ones are stored in the form of their standard. */
    public static String stored(String flag) {
        for (var known : SYSTEM) {
            if (known.equalsIgnoreCase(flag)) {
                return known;
            }
        }
        return flag;
    }

    /** Whether these flags are already as the change wants them. */
    public boolean isDoneIn(Set<String> present) {
        var known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(present);
        return switch (manner) {
            case ADD -> known.containsAll(flags);
            case REMOVE -> flags.stream().noneMatch(known::contains);
            case REPLACE -> known.containsAll(flags) && known.size() == flags.size();
        };
    }

    /**
     * Whether a message changed later than a modification sequence is left alone. With 0, so is every message that has one
     * of the flags, and system flags always count as there (RFC 7162 3.1.3).
     */
    public boolean isRefused(Message message, long unchangedSince) {
        if (unchangedSince > 0) {
            return message.modSeq() > unchangedSince;
        }
        return manner == Manner.REPLACE || flags.stream().anyMatch(flag -> flag.startsWith("\\") || message.is(flag));
    }

    Set<String> on(Set<String> before) {
        var after = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (manner != Manner.REPLACE) {
            after.addAll(before);
        }
        if (manner == Manner.REMOVE) {
            flags.forEach(after::remove);
        } else {
            after.addAll(flags);
        }
        return Set.copyOf(after);
    }
}
