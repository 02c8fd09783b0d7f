package org.posthouse.e2e.world;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/**
 * A value for an option that is not the one in force, made from what the catalogue says of the option: its type, its
 * bounds, whether it is a list. So that a test need not know the options, nor be told of a new one.
 */
public final class Another {

    // Of these types no value can be made up.
    private static final Map<String, String> PLAIN = Map.of(
            "string", "other words",
            "secret", "another secret",
            "domainname", "other.example",
            "ipaddress", "127.0.0.9",
            "folderpath", "other",
            "webaddress", "https://acme.example/directory",
            "trapdestination", "127.0.0.1:9");

    private Another() {}

    /** A value that may stand beside the others of the object; empty where only the option's own test can find one. */
    public static Optional<JsonValue> value(JsonObject option, JsonValue now, JsonObject object) {
        Optional<JsonValue> own = special(option.getString("name"), object);
        if (own.isPresent()) {
            return own;
        }
        if (option.containsKey("choices")) {
            return option.getJsonArray("choices").stream()
                    .filter(choice -> !choice.equals(now))
                    .findFirst();
        }
        return switch (option.getString("type")) {
            case "boolean" -> Optional.of(now.equals(JsonValue.TRUE) ? JsonValue.FALSE : JsonValue.TRUE);
            case "int", "long" -> Optional.of(number(option, now));
            default -> text(option).map(text -> listed(option, text, now));
        };
    }

    private static Optional<JsonValue> special(String option, JsonObject object) {
        String self = object.getString("dn");
        return Optional.ofNullable(
                switch (option) {
                    case "relayHost" -> Json.createValue("relay.example");
                    case "acmeContact" -> Json.createValue("other@example.com");
                    case "acmeDirectory" -> null;
                    case "postmaster" -> Json.createValue(user("second"));
                    case "target" -> Json.createValue(user("second"));
                    case "serverManagers" ->
                        Json.createArrayBuilder().add(user("second")).build();
                    case "contexts" ->
                        Json.createArrayBuilder().add("o=Acme,dc=posthouse").build();
                    case "connectionManager" -> null;
                    case "mailboxId" -> Json.createValue("another-mailbox");
                    case "lastName" -> Json.createValue("Other of " + self.length());
                    default -> null;
                });
    }

    /** A user beside the administrator. */
    public static String user(String name) {
        return "cn=" + name + "," + Installed.PEOPLE;
    }

    private static JsonValue number(JsonObject option, JsonValue now) {
        long least = option.containsKey("least") ? option.getJsonNumber("least").longValue() : 0;
        long most = option.containsKey("most") ? option.getJsonNumber("most").longValue() : Long.MAX_VALUE;
        long known = now instanceof JsonNumber number ? number.longValue() : least;
        return Json.createValue(known + 1 <= most ? known + 1 : least);
    }

    private static Optional<String> text(JsonObject option) {
        return Optional.ofNullable(PLAIN.get(option.getString("type")));
    }

    private static JsonValue listed(JsonObject option, String text, JsonValue now) {
        if (!option.getBoolean("multiple")) {
            boolean same = now instanceof JsonString known && known.getString().equals(text);
            return Json.createValue(same ? text + " 2" : text);
        }
        var values = now instanceof JsonArray list ? Json.createArrayBuilder(list) : Json.createArrayBuilder();
        return values.add(text).build();
    }
}
