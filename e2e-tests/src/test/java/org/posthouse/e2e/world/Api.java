package org.posthouse.e2e.world;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The console's REST API, as a script would use it: signed in once, then with a token. */
public final class Api {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();

    private final String url;

    /** Signs in. */
    public Api(String url, String user, String password) {
        this.url = url + "/api";
        Answer answer = call(
                "POST",
                "/sign-in",
                Json.createObjectBuilder()
                        .add("user", user)
                        .add("password", password)
                        .build());
        if (answer.code() != 200) {
            throw new AssertionError("sign-in: " + answer);
        }
        this.signed = answer.json().getString("token");
    }

    private String signed = "";

    /** What the console answered. */
    public record Answer(int code, String text) {

        /** As a JSON object. */
        public JsonObject json() {
            try (var reader = Json.createReader(new StringReader(text))) {
                return reader.readObject();
            }
        }

        /** Itself, when the code is the wanted one. */
        public Answer insist(int wanted) {
            if (code != wanted) {
                throw new AssertionError("wanted " + wanted + ", the console said " + code + ": " + text);
            }
            return this;
        }
    }

    /** Whether something answers there with 200. */
    public static boolean answers(String address) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(30))
                .build();
        // A connection of its own: what is asked during a start shall not go on over a connection from before it.
        try (HttpClient once =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build()) {
            return once.send(request, BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    /** Any call; {@code path} begins after {@code /api}. */
    public Answer call(String method, String path, JsonValue body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.equals(JsonValue.NULL)
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(body.toString()));
        if (!signed.isEmpty()) {
            request.header("Authorization", "Bearer " + signed);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException broken) {
            throw new AssertionError(method + " " + path, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** A GET that must succeed. */
    public JsonObject get(String path) {
        return call("GET", path, JsonValue.NULL).insist(200).json();
    }

    /** One object. */
    public JsonObject object(String dn) {
        return get("/objects?dn=" + quoted(dn));
    }

    /** Creates an object; {@code request} has kind, parent, name, options, ... */
    public JsonObject create(JsonObject request) {
        return call("POST", "/objects", request).insist(201).json();
    }

    /** Creates a user with a password. */
    public JsonObject createUser(String container, String name, String password) {
        return create(Json.createObjectBuilder()
                .add("kind", "USER")
                .add("parent", container)
                .add("name", name)
                .add("password", password)
                .add("options", Json.createObjectBuilder().add("lastName", name))
                .build());
    }

    /** Changes one option, at the revision the object has now; returns the answer whatever it is. */
    public Answer tryChange(String dn, String option, JsonValue value) {
        return call(
                "PATCH",
                "/objects?dn=" + quoted(dn),
                Json.createObjectBuilder()
                        .add("revision", object(dn).getJsonNumber("revision"))
                        .add("options", Json.createObjectBuilder().add(option, value))
                        .build());
    }

    /** Changes one option and insists on success. */
    public JsonObject change(String dn, String option, JsonValue value) {
        return tryChange(dn, option, value).insist(200).json();
    }

    /** Changes one option to a text. */
    public JsonObject change(String dn, String option, String value) {
        return change(dn, option, Json.createValue(value));
    }

    /** Changes a list. */
    public JsonObject change(String dn, String option, List<String> values) {
        JsonArray list = Json.createArrayBuilder(values).build();
        return change(dn, option, list);
    }

    /** Changes one option of a server or an agent and waits until its engine has applied it. */
    public void changeApplied(String dn, String option, JsonValue value) {
        change(dn, option, value);
        Applied.await(this, dn);
    }

    /** Changes one option of a server or an agent to a text and waits until its engine has applied it. */
    public void changeApplied(String dn, String option, String value) {
        changeApplied(dn, option, Json.createValue(value));
    }

    /** Deletes an object with everything in it. */
    public Answer delete(String dn) {
        String path = "/objects?dn=" + quoted(dn) + "&revision="
                + object(dn).getJsonNumber("revision").longValue();
        return call("DELETE", path, JsonValue.NULL);
    }

    /** Does something with a server's certificate; returns the answer whatever it is. */
    public Answer certificate(String server, String act, JsonObject more) {
        return call(
                "POST",
                "/certificates",
                Json.createObjectBuilder(more)
                        .add("server", server)
                        .add("do", act)
                        .build());
    }

    /** Starts, stops or restarts an agent, or all of a server when {@code agent} is empty. */
    public Answer command(String server, String agent, String act) {
        return call(
                "POST",
                "/commands",
                Json.createObjectBuilder()
                        .add("server", server)
                        .add("agent", agent)
                        .add("do", act)
                        .build());
    }

    /** Text fit for a query. */
    public static String quoted(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
