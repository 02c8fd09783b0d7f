package org.posthouse.webadmin.guard;

import java.util.HashMap;
import java.util.Map;

/** Places that are taken for a while, so many in all and so many by one address. Safe for use by several threads. */
final class Places {

    private final int most;
    private final int perAddress;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int taken;

    Places(int most, int perAddress) {
        this.most = most;
        this.perAddress = perAddress;
    }

    /** Takes a place; false when there is none. */
    synchronized boolean enter(String source) {
        int own = byAddress.getOrDefault(source, 0);
        if (taken >= most || own >= perAddress) {
            return false;
        }
        taken++;
        byAddress.put(source, own + 1);
        return true;
    }

    /** Gives a place back. */
    synchronized void leave(String source) {
        taken--;
        byAddress.computeIfPresent(source, (address, count) -> count > 1 ? count - 1 : null);
    }
}
