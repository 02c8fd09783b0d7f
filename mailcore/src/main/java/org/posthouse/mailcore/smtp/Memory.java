package org.posthouse.mailcore.smtp;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory all messages that are being received may take together, so that no flood of them ends the engine. */
final class Memory {

    private final AtomicLong left;

    Memory(long octets) {
        left = new AtomicLong(octets);
    }

    /** A third of what the JVM may use. */
    static Memory ofThisJvm() {
        return new Memory(Runtime.getRuntime().maxMemory() / 3);
    }

    /** Takes some, or answers false and takes nothing. */
    boolean take(long octets) {
        if (left.addAndGet(-octets) >= 0) {
            return true;
        }
        left.addAndGet(octets);
        return false;
    }

    void giveBack(long octets) {
        left.addAndGet(octets);
    }
}
