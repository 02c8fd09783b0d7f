package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.certificate.Pin;

/** {@code posthouse sign-in} and {@code posthouse sign-out}. */
final class SignIn {

    private final Print print;
    private final Clock clock;

    SignIn(Print print, Clock clock) {
        this.print = print;
        this.clock = clock;
    }

    /** Asks the console for a token and saves it. */
    void signIn(Arguments arguments) {
        String console = SignedIn.consoleToSignIn(arguments);
        String user = SignedIn.user(arguments).orElseGet(() -> SignedIn.askName("User name: "));
        String password = SignedIn.password(arguments, user);
        Optional<Pin> pin = SignedIn.pin(console, SignedIn.home(arguments));
        JsonObject given = new RestClient(console, Map.of(), pin)
                .post(
                        "sign-in",
                        Json.createObjectBuilder()
                                .add("user", user)
                                .add("password", password)
                                .build());
        var saved = new SavedSignIn(
                console,
                user,
                given.getString("token"),
                Instant.parse(given.getString("expires")),
                pin.map(Pin::digest).orElse(""));
        saved.write(SavedSignIn.file(arguments));
        print.line("You are signed in to " + console + " as " + user + " until " + saved.until() + ".");
    }

    /** Ends the token at the console, when that can be reached, and deletes the file. */
    void signOut(Arguments arguments) {
        Optional<SavedSignIn> saved = SavedSignIn.read(arguments);
        Path file = SavedSignIn.file(arguments);
        if (saved.isEmpty()) {
            print.line("You were not signed in.");
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException undeletable) {
            throw new Failure(Failure.REFUSED, file + " cannot be deleted: " + undeletable.getMessage());
        }
        try {
            saved.get().client(clock.instant()).delete("sign-in", Map.of());
            print.line("You are signed out.");
        } catch (Failure unreachable) {
            print.line("The saved sign-in is deleted. The console did not confirm it: " + unreachable.getMessage());
        }
    }
}
