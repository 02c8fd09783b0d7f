package org.posthouse.mailcore.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Mailbox names on the wire: the modified UTF-7 of RFC 3501 5.1.3. */
public final class MailboxName {

    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getDecoder();

    private MailboxName() {}

    /** From the wire. What is no valid modified UTF-7 is taken as it stands: some clients send plain UTF-8. */
    public static String read(String wire) {
        if (wire.indexOf('&') < 0) {
            return wire;
        }
        var name = new StringBuilder();
        int at = 0;
        while (at < wire.length()) {
            char c = wire.charAt(at);
            if (c != '&') {
                name.append(c);
                at++;
                continue;
            }
            int end = wire.indexOf('-', at);
            if (end < 0) {
                return wire;
            }
            try {
                name.append(end == at + 1 ? "&" : shifted(wire.substring(at + 1, end)));
            } catch (IllegalArgumentException noBase64) {
                return wire;
            }
            at = end + 1;
        }
        return name.toString();
    }

    private static String shifted(String base64) {
        byte[] octets = DECODER.decode(base64.replace(',', '/'));
        if (octets.length % 2 != 0) {
            throw new IllegalArgumentException("half a character");
        }
        return new String(octets, StandardCharsets.UTF_16BE);
    }

    /** For the wire. */
    public static String write(String name) {
        var wire = new StringBuilder();
        int at = 0;
        while (at < name.length()) {
            int end = at;
            while (end < name.length() && isShifted(name.charAt(end))) {
                end++;
            }
            if (end > at) {
                byte[] octets = name.substring(at, end).getBytes(StandardCharsets.UTF_16BE);
                wire.append('&')
                        .append(ENCODER.encodeToString(octets).replace('/', ','))
                        .append('-');
                at = end;
            } else {
                char c = name.charAt(at++);
                wire.append(c == '&' ? "&-" : c);
            }
        }
        return wire.toString();
    }

    private static boolean isShifted(char c) {
        return c < ' ' || c > '~';
    }
}
