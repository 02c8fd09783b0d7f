package org.posthouse.mailcore.store;

import java.util.List;

/** Finds messages in a list that rises by UID. */
public final class Positions {

    private Positions() {}

    /** Where the message with this UID stands, or -(where it would stand) - 1. */
    public static int of(List<Message> rising, long uid) {
        int low = 0;
        int high = rising.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = rising.get(middle).uid();
            if (found == uid) {
                return middle;
            }
            if (found < uid) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
