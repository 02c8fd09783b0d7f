package org.posthouse.mailcore.ims;

import java.io.IOException;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.posthouse.mailcore.status.Json;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.file.AtomicFile;

/**
 * Lets this host join a mail system: shows a one-time token to the console and keeps the account that is answered, for
 * this start and all that follow.
 *
 * <p>The console is known by the key that came with the token. What it answers is kept in {@code HOME}, readable by the
 * owner alone: {@code directory.password}, and {@code directory.properties}, which says where the directory is, as whom
 * to bind and what this host is called.
 *
 * @param console the console's address
 * @param token what lets one host join
 * @param pin the key of the console
 */
record Join(URI console, String token, Pin pin) {

    /** What tells how this host reaches its directory. */
    static final String FILE = "directory.properties";

    private static final Pattern SECRET = Pattern.compile("([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Reads what the console had typed: {@code https://CONSOLE/#TOKEN.KEY}. Throws IllegalArgumentException. */
    static Join of(String address) {
        try {
            URI typed = URI.create(address.strip());
            Matcher secret = SECRET.matcher(String.valueOf(typed.getRawFragment()));
            if ("https".equals(typed.getScheme()) && typed.getHost() != null && secret.matches()) {
                URI console = URI.create("https://" + typed.getRawAuthority() + "/api/join");
                return new Join(console, secret.group(1), new Pin(secret.group(2)));
            }
        } catch (IllegalArgumentException malformed) {
            // Answered below: the address may hold the token, so no part of it is repeated.
        }
        throw new IllegalArgumentException(
                "--join requires the complete address that the console shows: " + "https://CONSOLE/#TOKEN.KEY");
    }

    /** Joins and keeps the account below a home. Returns what this host is called. Throws IllegalStateException. */
    String run(Path home, String name) {
        return run(home, name, Optional.empty());
    }

    /** The same, where this host trusts certificate authorities of its own for TLS with the directory. */
    String run(Path home, String name, Optional<Path> authorities) {
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(pin.context())
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            String body = Json.write(Map.of("token", token, "host", name));
            HttpRequest request = HttpRequest.newBuilder(console)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            Map<String, String> members = members(answer);
            if (answer.statusCode() != 201) {
                throw refused(members.getOrDefault("reason", "it answers " + answer.statusCode()), home);
            }
            keep(home, members, authorities);
            return members.getOrDefault("host", name);
        } catch (SSLException stranger) {
            throw new IllegalStateException(
                    "What answers at " + at() + " is not the console that made this command: " + innermost(stranger)
                            + ". Nothing was sent to it. If the console's certificate was renewed since then, create a new "
                            + "command.",
                    stranger);
        } catch (IOException silent) {
            throw new IllegalStateException(
                    "The console at " + at() + " does not answer: " + innermost(silent), silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while joining", stopped);
        }
    }

    private String at() {
        return "https://" + console.getRawAuthority();
    }

    private Map<String, String> members(HttpResponse<String> answer) {
        try {
            return Json.texts(answer.body());
        } catch (IllegalArgumentException other) {
            throw new IllegalStateException(
                    "What answers at " + at() + " is not a Posthouse console that hosts can join.", other);
        }
    }

    private IllegalStateException refused(String reason, Path home) {
        String hint = Files.exists(home.resolve(FILE))
                ? " This home already joined a mail system. Without --join, it starts with its existing settings."
                : "";
        return new IllegalStateException("The console does not let this host join. " + reason + hint);
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = cause.getMessage();
        return failure instanceof ConnectException && said == null ? "connection refused" : String.valueOf(said);
    }

    // The password first: a crash between the two leaves a home that has not joined.
    private static void keep(Path home, Map<String, String> account, Optional<Path> authorities) {
        Path password = home.resolve("directory.password");
        var told = new Properties();
        told.setProperty("url", account.getOrDefault("directory", ""));
        told.setProperty("root", account.getOrDefault("root", ""));
        told.setProperty("bindDn", account.getOrDefault("bindDn", ""));
        told.setProperty("passwordFile", password.toString());
        told.setProperty("hostName", account.getOrDefault("host", ""));
        if (!account.getOrDefault("pin", "").isEmpty()) {
            told.setProperty("pin", account.getOrDefault("pin", ""));
        }
        if (Boolean.parseBoolean(account.get("startTls"))) {
            told.setProperty("startTls", "true");
        }
        reached(account.getOrDefault("address", "")).ifPresent(here -> told.setProperty("statusAddress", here));
        try {
            authorities(home, account, authorities).ifPresent(file -> told.setProperty("ca", file.toString()));
            var text = new StringWriter();
            told.store(text, "Written when this host joined");
            AtomicFile.replace(password, account.getOrDefault("password", ""));
            AtomicFile.replace(home.resolve(FILE), text.toString());
        } catch (IOException unwritable) {
            throw new IllegalStateException("Cannot write in " + home + ": " + unwritable.getMessage(), unwritable);
        }
    }

    // Those of the command line count more than those of the console.
    private static Optional<Path> authorities(Path home, Map<String, String> account, Optional<Path> given)
            throws IOException {
        String text = account.getOrDefault("ca", "");
        if (given.isPresent() || text.isEmpty()) {
            return given;
        }
        Path file = home.resolve("directory-ca.pem");
        AtomicFile.replace(file, text);
        return Optional.of(file);
    }

    // Where the console saw this host, if that is an address of it: a translated one would lead elsewhere.
    private static Optional<String> reached(String seen) {
        try {
            InetAddress address = InetAddress.ofLiteral(seen);
            return !address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) != null
                    ? Optional.of(seen)
                    : Optional.empty();
        } catch (IllegalArgumentException | SocketException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "to " + at();
    }
}
