package org.posthouse.mailcore.message;

/**
 * Some octets of an array.
 *
 * @param octets where they lie
 * @param from the first
 * @param to behind the last
 */
@SuppressWarnings("ArrayRecordComponent") // A window on octets that are written out at once, never compared.
public record Slice(byte[] octets, int from, int to) {

    /** All of them. */
    public static Slice of(byte[] octets) {
        return new Slice(octets, 0, octets.length);
    }

    /** How many. */
    public int length() {
        return to - from;
    }

    /** From the nth on, at most so many; -1 for all that are left. RFC 3501 6.4.5: beyond the end there is nothing. */
    public Slice within(long first, long count) {
        int start = (int) Math.min(to, from + first);
        int stop = count < 0 ? to : (int) Math.min(to, start + count);
        return new Slice(octets, start, stop);
    }
}
