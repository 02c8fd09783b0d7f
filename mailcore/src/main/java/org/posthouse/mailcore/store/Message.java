package org.posthouse.mailcore.store;

import java.time.Instant;
import java.util.Set;

/**
 * A message in a folder, as it was at one moment.
 *
 * @param uid its number, rising within the folder and never used again
 * @param flags system flags with their backslash, and keywords
 * @param received when it came: INTERNALDATE
 * @param size in octets
 * @param modSeq when it last changed, counted in changes of the mailbox
 * @param body where its octets lie
 */
public record Message(long uid, Set<String> flags, Instant received, int size, long modSeq, long body) {

    /** Whether it carries a flag, in whatever case (RFC 3501 9, note 1). */
    public boolean is(String flag) {
        if (flags.contains(flag)) {
            return true;
        }
        for (String each : flags) {
            if (each.equalsIgnoreCase(flag)) {
                return true;
            }
        }
        return false;
    }

    Message flagged(Set<String> other, long sequence) {
        return new Message(uid, other, received, size, sequence, body);
    }

    Message of(long otherBody) {
        return new Message(uid, flags, received, size, modSeq, otherBody);
    }

    Message as(long otherUid, long sequence) {
        return new Message(otherUid, flags, received, size, sequence, body);
    }
}
