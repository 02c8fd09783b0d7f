package org.posthouse.mailcore.smtp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;
import org.posthouse.mailcore.store.TransitBuffer;

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
    private final TransitBuffer kept;
    private long size;
    private boolean clean = true;
    private boolean nul;
    private At at = At.LINE_START;

    /**
     * Begins.
     *
     * @param before what is to stand before the message: the trace header; not counted
     * @param limit the largest size allowed
     * @param into where it is kept; closed with the reader
     */
    BodyReader(byte[] before, long limit, TransitBuffer into) {
        this.limit = limit;
        this.kept = into;
        into.append(before, 0, before.length);
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
        if (++size <= limit) {
            kept.append(octet);
        }
    }

    private void keep(byte[] octets, int from, int count) {
        size += count;
        if (size <= limit) {
            kept.append(octets, from, count);
        }
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

    /** Why it could not be kept: the Temp Directory is full, mostly. */
    Optional<String> failure() {
        return kept.failure();
    }

    /** The message is gone then. */
    @Override
    public void close() {
        kept.close();
    }

    /** How many octets came, without the trace header. */
    long size() {
        return size;
    }

    /** The message with what stands before it, in one array: the caller sees to it that there is memory. */
    byte[] message() {
        return kept.octets();
    }
}
