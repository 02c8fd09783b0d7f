package org.posthouse.mailcore.message;

/** Finds lines in octets. Messages we took over SMTP have CRLF; an APPEND may have brought bare LF. */
final class Lines {

    private Lines() {}

    /** Behind the line that holds this octet. */
    static int next(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            if (octets[at++] == '\n') {
                return at;
            }
        }
        return to;
    }

    static boolean isEmpty(byte[] octets, int from, int to) {
        int length = to - from;
        return length == 0
                || (length == 1 && octets[from] == '\n')
                || (length == 2 && octets[from] == '\r' && octets[from + 1] == '\n');
    }

    /** The end of what stands before this line, its line end left out: that belongs to the boundary (RFC 2046 5.1.1). */
    static int before(byte[] octets, int line, int from) {
        int end = line;
        if (end > from && octets[end - 1] == '\n') {
            end--;
        }
        if (end > from && end < line && octets[end - 1] == '\r') {
            end--;
        }
        return end;
    }

    static int count(byte[] octets, int from, int to) {
        int lines = 0;
        for (int i = from; i < to; i++) {
            if (octets[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
