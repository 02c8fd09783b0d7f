package org.posthouse.mailcore.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Leaves out what is too much of many blanks in a row. A decoder of quoted-printable keeps blanks until it knows whether
 * they end a line (RFC 2045 6.7), and a message may have millions of them. Used by one thread.
 */
final class ShortBlanks extends FilterInputStream {

    // RFC 2045 6.7: a line has 76 characters.
    private static final int MOST = 1_000;

    private int blanks;

    ShortBlanks(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        while (octet >= 0 && isTooMuch(octet)) {
            octet = super.read();
        }
        return octet;
    }

    @Override
    public int read(byte[] octets, int from, int count) throws IOException {
        int kept = 0;
        int some = 0;
        while (kept == 0 && some >= 0 && count > 0) {
            some = super.read(octets, from, count);
            for (int at = from; at < from + some; at++) {
                if (!isTooMuch(octets[at])) {
                    octets[from + kept++] = octets[at];
                }
            }
        }
        return some < 0 ? -1 : kept;
    }

    private boolean isTooMuch(int octet) {
        blanks = octet == ' ' || octet == '\t' ? blanks + 1 : 0;
        return blanks > MOST;
    }
}
