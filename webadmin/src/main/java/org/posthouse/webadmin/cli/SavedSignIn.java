package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.file.AtomicFile;

/**
 * What {@code posthouse sign-in} saves for later commands.
 *
 * @param url the console that gave the token; the token is shown to no other
 * @param user who signed in
 * @param token the bearer token
 * @param expires until when the console accepts it
 * @param pin the key of the console's own certificate, when it has one; "" otherwise
 */
record SavedSignIn(String url, String user, String token, Instant expires, String pin) {

    /** The saved sign-in of the person at the terminal. Throws Failure where there is a file that cannot be read. */
    static Optional<SavedSignIn> read(Arguments arguments) {
        Path file = file(arguments);
        try (var reader = Json.createReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            JsonObject saved = reader.readObject();
            return Optional.of(new SavedSignIn(
                    saved.getString("url"),
                    saved.getString("user"),
                    saved.getString("token"),
                    Instant.parse(saved.getString("expires")),
                    saved.getString("pin", "")));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | JsonException | NullPointerException | ClassCastException | DateTimeException broken) {
            throw new Failure(
                    Failure.SIGN_IN,
                    "The saved sign-in in " + file + " cannot be read. Sign in again: posthouse sign-in");
        }
    }

    /** Where it is: {@code $XDG_CONFIG_HOME/posthouse/sign-in.json}, or below {@code ~/.config}. */
    static Path file(Arguments arguments) {
        Path folder = arguments
                .variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(arguments.variable("HOME").orElse("."), ".config"));
        return folder.resolve("posthouse").resolve("sign-in.json");
    }

    /** Saves it for its owner alone, in one step. */
    void write(Path file) {
        JsonObjectBuilder saved = Json.createObjectBuilder()
                .add("url", url)
                .add("user", user)
                .add("token", token)
                .add("expires", expires.toString())
                .add("pin", pin);
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            AtomicFile.replace(file, saved.build() + "\n");
        } catch (IOException unwritable) {
            throw new Failure(
                    Failure.REFUSED, "The sign-in cannot be saved in " + file + ": " + unwritable.getMessage());
        }
    }

    /** A client of its console. Throws Failure when it has expired. */
    RestClient client(Instant now) {
        if (!now.isBefore(expires)) {
            throw new Failure(
                    Failure.SIGN_IN,
                    "Your sign-in as " + user + " expired on " + until() + ". Sign in again: posthouse sign-in --user "
                            + user);
        }
        return new RestClient(
                        url,
                        java.util.Map.of("Authorization", "Bearer " + token),
                        pin.isEmpty() ? Optional.empty() : Optional.of(new Pin(pin)))
                .whenSignedOut("The console at " + url + " no longer accepts your saved sign-in as " + user
                        + " (it ends when the console restarts). Sign in again: posthouse sign-in --user " + user);
    }

    /** When it expires, as people read it. */
    String until() {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(Locale.US)
                .format(expires.atZone(ZoneId.systemDefault()));
    }
}
