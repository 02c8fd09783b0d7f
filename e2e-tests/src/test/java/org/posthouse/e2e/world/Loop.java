package org.posthouse.e2e.world;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/** The closed loop as a script goes round it: plan, Save, obeyed, proof, history, undo. */
public final class Loop {

    private final Api api;
    private final JsonObject catalogue;

    /** With the administrator's API. */
    public Loop(Api api) {
        this.api = api;
        this.catalogue = api.get("/catalogue");
    }

    /** The administrator's API. */
    public Api api() {
        return api;
    }

    /** Every page of the catalogue. */
    public Stream<JsonObject> pages() {
        return catalogue.getJsonArray("pages").getValuesAs(JsonObject.class).stream();
    }

    /** Whether a page is one of a messaging server, an agent, a user or an alias, and not of the console itself. */
    public boolean isOfEngines(JsonObject page) {
        return kinds().filter(kind -> !kind.getString("kind").startsWith("WEBADMIN"))
                .anyMatch(kind -> pagesOf(kind).contains(page.getString("name")));
    }

    private Stream<JsonObject> kinds() {
        return catalogue.getJsonArray("kinds").getValuesAs(JsonObject.class).stream();
    }

    /** The kinds of agents that can be created. */
    public List<JsonObject> agents() {
        return kinds().filter(kind -> kind.getBoolean("agent") && kind.getBoolean("creatable"))
                .toList();
    }

    private static List<String> pagesOf(JsonObject kind) {
        return kind.getJsonArray("pages").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    /** The options of a kind of object, page by page. */
    public List<JsonObject> options(String kind) {
        List<String> names = kinds().filter(each -> each.getString("kind").equals(kind))
                .findFirst()
                .map(Loop::pagesOf)
                .orElseThrow();
        return pages().filter(page -> names.contains(page.getString("name")))
                .flatMap(page -> page.getJsonArray("options").getValuesAs(JsonObject.class).stream())
                .toList();
    }

    /** What a change would do. */
    public JsonObject plan(String dn, String option, JsonValue value) {
        return api.call("PATCH", "/objects?plan&dn=" + Api.quoted(dn), change(dn, option, value))
                .insist(200)
                .json();
    }

    /** Whether nothing stands against a change. */
    public boolean isSound(String dn, String option, JsonValue value) {
        Api.Answer answer = api.call("PATCH", "/objects?plan&dn=" + Api.quoted(dn), change(dn, option, value));
        return answer.code() == 200 && answer.json().getBoolean("sound");
    }

    /** Saves. */
    public void save(String dn, String option, JsonValue value) {
        api.call("PATCH", "/objects?dn=" + Api.quoted(dn), change(dn, option, value))
                .insist(200);
    }

    private JsonObject change(String dn, String option, JsonValue value) {
        return Json.createObjectBuilder()
                .add("revision", api.object(dn).getJsonNumber("revision"))
                .add("options", Json.createObjectBuilder().add(option, value))
                .build();
    }

    /** Whether an object is at another revision than it was. */
    public boolean isChanged(String dn, JsonObject before) {
        return !api.object(dn).getJsonNumber("revision").equals(before.getJsonNumber("revision"));
    }

    /** The line of a real session, of an agent that runs; fails when it shows none. */
    public void prove(String dn) {
        Applied.part(api, dn)
                .filter(part ->
                        part.containsKey("kind") && part.getString("state").equals("running"))
                .ifPresent(agent -> {
                    String server = dn.substring(dn.indexOf(',') + 1);
                    String line = api.get("/prove?server=" + Api.quoted(server) + "&agent=" + agent.getString("kind"))
                            .getString("line");
                    if (line.isBlank()) {
                        throw new AssertionError("no proof of " + dn);
                    }
                });
    }

    /** The number of the newest change of an option in the history; some options are kept on the object above. */
    public long newestChange(String option) {
        JsonObject found = api.get("/history?size=1&option=" + option);
        return found.getJsonArray("changes")
                .getJsonObject(0)
                .getJsonNumber("number")
                .longValue();
    }

    /** What an option was set to by a change of the history. */
    public static List<String> after(JsonObject change, String option) {
        return change.getJsonArray("deeds").getValuesAs(JsonObject.class).stream()
                .flatMap(deed -> deed.getJsonArray("options").getValuesAs(JsonObject.class).stream())
                .filter(each -> each.getString("option").equals(option))
                .flatMap(each -> each.getJsonArray("after").getValuesAs(JsonString.class).stream())
                .map(JsonString::getString)
                .toList();
    }

    /** Takes a change of the history back. */
    public void undo(long number) {
        api.call("POST", "/history/undo?entry=" + number, JsonValue.NULL).insist(200);
    }

    /** One member of each object in a list. */
    public static List<String> texts(JsonObject object, String list, String member) {
        return object.getJsonArray(list).getValuesAs(JsonObject.class).stream()
                .map(each -> each.get(member) instanceof JsonNumber number ? number.toString() : each.getString(member))
                .toList();
    }
}
