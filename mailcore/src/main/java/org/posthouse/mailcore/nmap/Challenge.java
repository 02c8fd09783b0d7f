package org.posthouse.mailcore.nmap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to another agent that one knows the system secret, without sending it: NetMail "NMAP authentication" with
 * HMAC-SHA-256 (RFC 2104) in place of MD5.
 *
 * <p>The answer is the HMAC of the text between the angle brackets of the greeting, keyed with the secret, in lower case
 * hexadecimal digits.
 */
public record Challenge(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A challenge never used before, for a greeting of this host. */
    static Challenge fresh(String host) {
        var number = new byte[16];
        RANDOM.nextBytes(number);
        return new Challenge(HexFormat.of().formatHex(number) + "@" + host);
    }

    /** The challenge in a greeting {@code 4242 NMAP <...>}. Throws IllegalArgumentException when there is none. */
    public static Challenge in(String greeting) {
        int from = greeting.indexOf('<');
        int to = greeting.lastIndexOf('>');
        if (!greeting.startsWith("4242 ") || from < 0 || to < from) {
            throw new IllegalArgumentException("no challenge in: " + greeting);
        }
        return new Challenge(greeting.substring(from + 1, to));
    }

    /** The answer of one who knows the secret. */
    public String answer(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The answer of a server to whom a client put this challenge; it is none that a client could give. */
    String counter(String secret) {
        return new Challenge("server " + text).answer(secret);
    }

    /** Whether this is the right answer; without a secret none is. Takes the same time whatever is wrong. */
    boolean isAnsweredBy(String answer, String secret) {
        return !secret.isEmpty()
                && MessageDigest.isEqual(
                        answer(secret).getBytes(US_ASCII),
                        answer.toLowerCase(Locale.ROOT).getBytes(UTF_8));
    }
}
