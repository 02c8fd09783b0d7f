package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.posthouse.schema.certificate.Pin;

/** Asks the console's REST interface, and turns its refusals into {@link Failure}s. */
final class RestClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI api;
    private final Map<String, String> headers;
    private final HttpClient http;
    private String signedOut = "";

    /** A client of the console at an address such as {@code http://127.0.0.1:8089/}, showing these headers. */
    RestClient(String console, Map<String, String> headers) {
        this(console, headers, Optional.empty());
    }

    /** As above; over TLS the console is known by its key, when that is given. */
    RestClient(String console, Map<String, String> headers, Optional<Pin> pin) {
        var client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER);
        pin.ifPresent(key -> client.sslContext(key.context()));
        this.http = client.build();
        this.api = URI.create(console.replaceFirst("/*$", "") + "/api/");
        this.headers = Map.copyOf(headers);
    }

    /** What to say instead when the console does not accept the credentials. */
    RestClient whenSignedOut(String words) {
        signedOut = words;
        return this;
    }

    JsonObject get(String path, Map<String, String> query) {
        return send("GET", path, query, JsonValue.EMPTY_JSON_OBJECT);
    }

    JsonObject post(String path, JsonObject body) {
        return post(path, Map.of(), body);
    }

    JsonObject post(String path, Map<String, String> query, JsonObject body) {
        return send("POST", path, query, body);
    }

    JsonObject patch(String path, Map<String, String> query, JsonObject body) {
        return send("PATCH", path, query, body);
    }

    JsonObject delete(String path, Map<String, String> query) {
        return send("DELETE", path, query, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Copies what a GET answers, of any length, as it comes. */
    void download(String path, Map<String, String> query, OutputStream to) throws IOException {
        HttpRequest request = request(path, query).GET().build();
        HttpResponse<InputStream> answer = exchange(request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() / 100 != 2) {
                refuse(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            body.transferTo(to);
        }
    }

    /** Posts a file. */
    JsonObject upload(String path, Map<String, String> query, byte[] file) {
        HttpRequest request = request(path, query)
                .setHeader("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofByteArray(file))
                .build();
        return answered(exchange(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }

    private JsonObject send(String method, String path, Map<String, String> query, JsonObject body) {
        HttpRequest request = request(path, query)
                .method(
                        method,
                        method.equals("GET") || method.equals("DELETE")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(body.toString()))
                .build();
        return answered(exchange(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String asked = query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(asked.isEmpty() ? path : path + "?" + asked))
                .timeout(PATIENCE)
                .header("User-Agent", "Posthouse-CLI")
                .header("Accept", "application/json, application/yaml, text/x-ldif")
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        return request;
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> as) {
        try {
            return http.send(request, as);
        } catch (IOException silent) {
            throw new Failure(
                    Failure.UNREACHABLE,
                    "The console at " + api + " is not responding (" + reason(silent)
                            + "). Check the address, and that Posthouse is running.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failure(Failure.UNREACHABLE, "Stopped while waiting");
        }
    }

    private static String reason(IOException silent) {
        return switch (silent) {
            case SSLException untrusted -> "no TLS connection: " + untrusted.getMessage();
            case HttpTimeoutException _ -> "no answer in time";
            case ConnectException _ -> "no connection";
            default -> Objects.requireNonNullElse(silent.getMessage(), "the connection was closed");
        };
    }

    private JsonObject answered(HttpResponse<String> answer) {
        return answer.statusCode() / 100 == 2 ? json(answer.body()) : refuse(answer.statusCode(), answer.body());
    }

    private static JsonObject json(String text) {
        if (text.isBlank()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException other) {
            throw new Failure(Failure.UNREACHABLE, "That is not the console of Posthouse: it does not answer in JSON");
        }
    }

    private JsonObject refuse(int status, String text) {
        JsonObject body = json(text);
        String words = body.containsKey("problems")
                ? body.getJsonArray("problems").getValuesAs(JsonObject.class).stream()
                        .map(RestClient::problem)
                        .collect(Collectors.joining(System.lineSeparator()))
                : body.getString("reason", "The console answers " + status);
        throw switch (status) {
            case 401 -> new Failure(Failure.SIGN_IN, signedOut.isEmpty() ? words : signedOut);
            case 409 -> new Failure(Failure.CONFLICT, words);
            case 503 -> new Failure(Failure.UNREACHABLE, words);
            default -> new Failure(Failure.REFUSED, words);
        };
    }

    private static String problem(JsonObject problem) {
        String label = problem.getString("label", "");
        String option = problem.getString("option", "");
        String value = problem.getString("value", "");
        int line = problem.getInt("line", 0);
        String about = words(
                problem.getString("object", ""),
                label.isEmpty() ? option : label + " (" + option + ")",
                value.isEmpty() ? "" : "\"" + value + "\"");
        String reason = problem.getString("reason", "");
        // A rule of a whole page is a sentence of its own; everything else continues what it is about.
        boolean sentence = reason.endsWith(".") && Character.isUpperCase(reason.charAt(0));
        return words(line > 0 ? "line " + line + ":" : "", sentence && !about.isEmpty() ? about + ":" : about, reason);
    }

    private static String words(String... words) {
        return Stream.of(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
    }
}
