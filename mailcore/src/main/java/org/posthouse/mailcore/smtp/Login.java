package org.posthouse.mailcore.smtp;

import java.util.Locale;
import java.util.Optional;
import org.posthouse.mailcore.people.Credentials;
import org.posthouse.mailcore.wire.Connection;

/** The dialogue of AUTH: PLAIN and LOGIN (RFC 4954, RFC 4616). */
final class Login {

    // RFC 4954 4: a line of the exchange may be long.
    private static final int LINE = 12_288;

    private final Connection connection;

    Login(Connection connection) {
        this.connection = connection;
    }

    /** Runs the exchange that {@code AUTH argument} begins. Throws IllegalArgumentException, in words, when it fails. */
    Credentials run(String argument) {
        String[] words = argument.split(" +", 2);
        String initial = words.length > 1 ? words[1].strip() : "";
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" ->
                Credentials.plain(initial.isEmpty() ? ask("") : initial).orElseThrow(Login::malformed);
            case "LOGIN" -> {
                String login = decoded(initial.isEmpty() ? ask("VXNlcm5hbWU6") : initial);
                yield new Credentials(login, decoded(ask("UGFzc3dvcmQ6")));
            }
            case "" -> throw new IllegalArgumentException("AUTH needs the name of a mechanism");
            default -> throw new UnknownMechanism();
        };
    }

    /** A mechanism that is not offered: 504 5.5.4, RFC 4954 4. */
    static final class UnknownMechanism extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownMechanism() {
            super("mechanism", null, false, false);
        }
    }

    private String ask(String challenge) {
        connection.send("334 " + challenge + "\r\n");
        String line = connection.line(LINE);
        if (line.equals("*")) {
            throw new IllegalArgumentException("Authentication canceled");
        }
        return line;
    }

    private static String decoded(String base64) {
        Optional<String> plain = Credentials.decoded(base64);
        return plain.orElseThrow(Login::malformed);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("Malformed credentials");
    }
}
