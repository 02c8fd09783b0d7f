package org.posthouse.mailcore.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/** Text that travels as one word of printable ASCII, as envelope parameters do (RFC 3461 4). Octets are those of UTF-8. */
public final class Xtext {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Xtext() {}

    /** The word for a text. */
    public static String of(String text) {
        var word = new StringBuilder();
        for (byte octet : text.getBytes(UTF_8)) {
            if (octet > ' ' && octet <= '~' && octet != '+' && octet != '=') {
                word.append((char) octet);
            } else {
                word.append('+').append(HEX.toHexDigits(octet));
            }
        }
        return word.toString();
    }

    /** What a word stands for. Throws IllegalArgumentException when it is malformed. */
    public static String plain(String word) {
        byte[] octets = word.getBytes(UTF_8);
        var text = ByteBuffer.allocate(octets.length);
        for (int at = 0; at < octets.length; at++) {
            if (octets[at] == '+') {
                if (at + 3 > octets.length) {
                    throw new IllegalArgumentException("malformed xtext");
                }
                text.put((byte) HexFormat.fromHexDigits(new String(octets, at + 1, 2, UTF_8)));
                at += 2;
            } else {
                text.put(octets[at]);
            }
        }
        try {
            return UTF_8.newDecoder().decode(text.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new IllegalArgumentException("malformed xtext", notUtf8);
        }
    }
}
