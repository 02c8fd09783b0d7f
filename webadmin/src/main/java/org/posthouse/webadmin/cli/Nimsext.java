package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.posthouse.schema.file.AtomicFile;

/**
 * {@code posthouse nimsext}: NetMail's NIMSExt. Extends the schema and makes again what always stands in Internet Services
 * when another tool deleted it.
 *
 * <p>The administrators may be among what is lost, so nobody signs in: who may write to the home of a running console,
 * as he shows by a one-time token there, may do it.
 */
final class Nimsext {

    private static final Duration VALID = Duration.ofMinutes(2);

    private final Print print;
    private final Clock clock;

    Nimsext(Print print, Clock clock) {
        this.print = print;
        this.clock = clock;
    }

    void run(Arguments arguments) {
        Path home = SignedIn.home(arguments);
        String administrator = arguments.text("--administrator").orElse("");
        String console = SignedIn.console(arguments, home);
        JsonObject answer = new RestClient(console, Map.of("X-Setup-Token", token(home)))
                .post(
                        "nimsext",
                        Json.createObjectBuilder()
                                .add("administrator", administrator)
                                .build());
        print.made(answer);
    }

    private String token(Path home) {
        var secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        try {
            AtomicFile.replace(
                    home.resolve("setup-token"),
                    token + " " + clock.instant().plus(VALID).getEpochSecond() + "\n");
            return token;
        } catch (IOException unwritable) {
            throw new Failure(
                    Failure.REFUSED,
                    "Only who may write to the home of the console may do this; " + home + ": "
                            + unwritable.getMessage());
        }
    }
}
