package org.posthouse.webadmin.history;

import java.util.List;

/**
 * Whether a history is as it was written.
 *
 * @param lines how many lines were looked at
 * @param last the number of the newest
 * @param hash its hash
 * @param faults where it is not, in their order; empty: it is whole
 */
public record Verdict(long lines, long last, String hash, List<Fault> faults) {

    /** Whether nothing is wrong. */
    public boolean isWhole() {
        return faults.isEmpty();
    }
}
