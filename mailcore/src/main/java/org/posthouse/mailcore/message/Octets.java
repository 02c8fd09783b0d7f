package org.posthouse.mailcore.message;

/** What the octets of a message demand of whoever passes it on. */
public final class Octets {

    private Octets() {}

    /** Whether a NUL is among them: no line of mail (RFC 5322 2.2) and no IMAP literal (RFC 3501 9) can hold one. */
    public static boolean hasNul(byte[] octets, int from, int to) {
        for (int at = from; at < to; at++) {
            if (octets[at] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether some are outside ASCII. */
    public static boolean isEightBit(byte[] octets, int from, int to) {
        for (int at = from; at < to; at++) {
            if (octets[at] < 0) {
                return true;
            }
        }
        return false;
    }
}
