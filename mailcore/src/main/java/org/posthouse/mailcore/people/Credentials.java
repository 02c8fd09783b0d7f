package org.posthouse.mailcore.people;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What somebody who wants in says: a name or address, and a password.
 *
 * @param login as typed
 * @param password as typed; never shown
 */
public record Credentials(String login, String password) {

    /** Reads the message of SASL PLAIN, RFC 4616 2, in base64; empty when it is none, or acts for somebody else. */
    public static Optional<Credentials> plain(String base64) {
        return decoded(base64).flatMap(text -> {
            String[] parts = text.split("\0", -1);
            // The identity to act for must be the one that signs in: there is no acting for others here.
            return parts.length == 3 && (parts[0].isEmpty() || parts[0].equals(parts[1]))
                    ? Optional.of(new Credentials(parts[1], parts[2]))
                    : Optional.empty();
        });
    }

    /** One answer of a SASL exchange, base64 undone; empty when it is not base64. */
    public static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + login + "]";
    }
}
