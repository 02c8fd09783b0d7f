package org.posthouse.mailcore.smtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Gathers a message from DATA up to CRLF . CRLF, dots unstuffed (RFC 5321 4.5.2).
 *
 * <p>Nothing else ends it. A bare LF or CR marks the message as unclean: servers that read {@code LF . CRLF} as an end are
 * made to smuggle mail by it, so it is refused, and never passed on. Above the limit octets are counted, not kept.
 */
final class BodyReader implements Predicate<ByteBuffer>, AutoCloseable {

    private enum At {
        LINE_START,
        DOT,
        DOT_CR,
        TEXT,
        CR
    }

    private final long limit;
    private final Memory memory;
    private byte[] kept;
    private long taken;
    private boolean starved;
    private int length;
    private long size;
    private boolean clean = true;
    private boolean nul;
    private At at = At.LINE_START;

    /**
     * Begins.
     *
     * @param before what is to stand before the message: the trace header; not counted
     * @param expected about how many octets will come
     * @param limit the largest size allowed
     * @param memory what all that are being received share
     */
    BodyReader(byte[] before, int expected, long limit, Memory memory) {
        this.limit = limit;
        this.memory = memory;
        kept = before;
        length = before.length;
        room(expected);
    }

    /** Takes what it can; true when the end has been seen. */
    @Override
    public boolean test(ByteBuffer portion) {
        byte[] octets = portion.array();
        int first = portion.arrayOffset();
        int i = first + portion.position();
        int end = first + portion.limit();
        while (i < end) {
            if (at == At.TEXT) {
                i = run(octets, i, end);
            } else if (step(octets[i++])) {
                portion.position(i - first);
                return true;
            }
        }
        portion.position(i - first);
        return false;
    }

    /** Copies text up to the next CR at once; answers where it stopped. */
    private int run(byte[] octets, int from, int end) {
        int i = from;
        while (i < end && octets[i] != '\r') {
            clean &= octets[i] != '\n';
            nul |= octets[i] == 0;
            i++;
        }
        keep(octets, from, i - from);
        if (i < end) {
            at = At.CR;
            return i + 1;
        }
        return i;
    }

    private boolean step(byte octet) {
        switch (at) {
            case LINE_START -> lineStart(octet);
            case DOT -> {
                if (octet == '\r') {
                    at = At.DOT_CR;
                } else {
                    text(octet);
                }
            }
            case DOT_CR -> {
                if (octet == '\n') {
                    return true;
                }
                // The dot was stuffed, the CR is a bare one.
                bareReturn(octet);
            }
            case CR -> {
                if (octet == '\n') {
                    keep((byte) '\r');
                    keep((byte) '\n');
                    at = At.LINE_START;
                } else {
                    bareReturn(octet);
                }
            }
            case TEXT -> text(octet);
        }
        return false;
    }

    private void lineStart(byte octet) {
        if (octet == '.') {
            at = At.DOT;
        } else if (octet == '\r') {
            at = At.CR;
        } else {
            text(octet);
        }
    }

    private void bareReturn(byte next) {
        clean = false;
        keep((byte) '\r');
        if (next == '\r') {
            at = At.CR;
        } else {
            text(next);
        }
    }

    private void text(byte octet) {
        clean &= octet != '\n';
        nul |= octet == 0;
        keep(octet);
        at = At.TEXT;
    }

    private void keep(byte octet) {
        if (++size <= limit && room(1)) {
            kept[length++] = octet;
        }
    }

    private void keep(byte[] octets, int from, int count) {
        size += count;
        if (size <= limit && room(count)) {
            System.arraycopy(octets, from, kept, length, count);
            length += count;
        }
    }

    private boolean room(int count) {
        if (length + count > kept.length && !starved) {
            int grown = (int) Math.max(length + (long) count, Math.min(kept.length * 2L, 1 << 30));
            starved = !memory.take(grown - kept.length);
            if (!starved) {
                taken += grown - kept.length;
                kept = Arrays.copyOf(kept, grown);
            }
        }
        return !starved;
    }

    /** Whether every CR and LF was part of a CRLF. */
    boolean isClean() {
        return clean;
    }

    /** Whether a NUL came, which RFC 5322 2.2 keeps out of mail and IMAP cannot hand out. */
    boolean hasNul() {
        return nul;
    }

    /** Whether more came than is allowed. */
    boolean isTooLarge() {
        return size > limit;
    }

    /** Whether there was no memory to keep it. */
    boolean isStarved() {
        return starved;
    }

    /** Gives the shared memory back; the message itself stays usable. */
    @Override
    public void close() {
        memory.giveBack(taken);
        taken = 0;
    }

    /** How many octets came, without the trace header. */
    long size() {
        return size;
    }

    /** The message with what stands before it. */
    byte[] message() {
        return length == kept.length ? kept : Arrays.copyOf(kept, length);
    }
}
