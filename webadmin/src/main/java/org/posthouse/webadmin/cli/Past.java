package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code posthouse history}: what was changed, when and by whom; what differs between moments; whether it is whole. */
final class Past {

    private static final List<String> FILTERS = List.of("who", "option", "act", "by", "from", "to", "text");

    private final RestClient client;
    private final Print print;
    private final PrintStream out;

    Past(RestClient client, Print print, PrintStream out) {
        this.client = client;
        this.print = print;
        this.out = out;
    }

    void run(Arguments arguments) {
        var query = new LinkedHashMap<String, String>();
        FILTERS.forEach(name -> arguments.text("--" + name).ifPresent(value -> query.put(name, value)));
        arguments.text("--limit").ifPresent(limit -> query.put("size", limit));
        arguments.text("--object").ifPresent(object -> query.put("object", new Objects(client, print).dn(object)));
        boolean only = arguments.has("--plan");
        boolean sure = arguments.has("--yes");
        boolean users = arguments.has("--users");
        boolean ldif = arguments.has("--ldif");
        Optional<String> output = arguments.text("--output");
        List<String> operands = arguments.operands();
        String verb = operands.isEmpty() ? "list" : operands.getFirst();
        switch (verb) {
            case "list" -> list(client.get("history", query));
            case "show" -> show(client.get("history/" + operand(operands, 1), Map.of()));
            case "compare" -> {
                query.put("from", operand(operands, 1));
                query.put("to", operands.size() > 2 ? operands.get(2) : "now");
                compare(client.get("history/compare", query));
            }
            case "undo" ->
                goBack(
                        "history/undo",
                        interruptible(arguments, Map.of("entry", operand(operands, 1))),
                        JsonValue.EMPTY_JSON_OBJECT,
                        only,
                        sure);
            case "return" ->
                goBack(
                        "history/return",
                        interruptible(arguments, Map.of()),
                        Json.createObjectBuilder()
                                .add("moment", operand(operands, 1))
                                .add("object", query.getOrDefault("object", ""))
                                .build(),
                        only,
                        sure);
            case "export" -> {
                if (operand(operands, 1).equals("state")) {
                    query.put("moment", operand(operands, 2));
                    query.put("as", ldif ? "ldif" : "apply");
                    if (users) {
                        query.put("users", "true");
                    }
                    new Download(client, out).to(output, "history/export/state", query);
                } else if (operand(operands, 1).equals("changes")) {
                    new Download(client, out).to(output, "history/export", query);
                } else {
                    throw new Failure(Failure.USAGE, "\"" + operands.get(1) + "\" is neither changes nor state.");
                }
            }
            case "directory" -> directory(client.get("history/directory", Map.of()));
            case "restore-directory" ->
                goBack("history/directory/restore", Map.of(), JsonValue.EMPTY_JSON_OBJECT, only, sure);
            case "accept-directory" -> accept(sure);
            case "verify" -> new Verify(print).say(client.get("history/verify", Map.of()));
            default -> throw new IllegalStateException(verb);
        }
    }

    private void directory(JsonObject answer) {
        raw(answer);
        List<String> alarms = Status.alarms(
                Json.createObjectBuilder().add("directory", answer).build());
        if (alarms.isEmpty()) {
            print.line("The directory is not older than its history.");
        }
        alarms.forEach(print::line);
        if (answer.containsKey("difference")) {
            print.line("What differs:");
            show(answer.getJsonObject("difference"));
        }
    }

    private void accept(boolean sure) {
        if (!sure) {
            directory(client.get("history/directory", Map.of()));
            throw new Failure(Failure.USAGE, "Nothing was done. Add --yes to accept the directory as it is.");
        }
        client.post("history/directory/accept", Map.of(), JsonValue.EMPTY_JSON_OBJECT);
        print.line("Accepted. Engines apply the directory as it is.");
    }

    private void raw(JsonObject answer) {
        if (print.isJson()) {
            print.raw(answer);
        }
    }

    private static String operand(List<String> operands, int at) {
        if (operands.size() <= at) {
            throw new Failure(Failure.USAGE, "A moment is missing: a NUMBER, a day (2026-11-28), a time, or now.");
        }
        return operands.get(at);
    }

    private void list(JsonObject answer) {
        raw(answer);
        List<JsonObject> changes = answer.getJsonArray("changes").getValuesAs(JsonObject.class);
        changes.forEach(this::summary);
        int left = answer.getInt("total") - changes.size();
        if (left > 0) {
            print.line(left + " older ones are not shown; see more with --limit or --to");
        } else if (changes.isEmpty()) {
            print.line("No change fits.");
        }
    }

    private void summary(JsonObject change) {
        JsonObject deed = change.getJsonArray("deeds").getJsonObject(0);
        int more = change.getInt("objects") - 1;
        String options = deed.getJsonArray("options").getValuesAs(JsonObject.class).stream()
                .map(option -> option.getString("label"))
                .collect(Collectors.joining(", "));
        print.line("%6d  %s  %-8s %s%s%s  by %s (%s%s)%s%s"
                .formatted(
                        change.getJsonNumber("number").longValue(),
                        change.getString("at").substring(0, 19),
                        deed.getString("act"),
                        deed.getString("object"),
                        deed.getString("act").equals("changed") && !options.isEmpty() ? ": " + options : "",
                        more > 0 ? " and " + more + " more" : "",
                        who(change),
                        change.getString("by"),
                        change.getString("from").isEmpty() ? "" : " " + change.getString("from"),
                        change.getString("state").equals("done")
                                ? ""
                                : "  " + change.getString("state").toUpperCase(java.util.Locale.ROOT),
                        change.containsKey("clockBackMillis") ? "  (the clock had been set back)" : ""));
    }

    private static String who(JsonObject change) {
        return change.getString("who").isEmpty() ? "?" : change.getString("who");
    }

    private void show(JsonObject change) {
        raw(change);
        summary(change);
        for (String more : List.of("remark", "plan", "notObeyed")) {
            if (!change.getString(more, "").isEmpty()) {
                print.line("        " + change.getString(more));
            }
        }
        if (change.containsKey("obeyedAfterMillis")) {
            print.line("        applied in " + change.getInt("obeyedAfterMillis") + " ms");
        }
        for (JsonObject deed : change.getJsonArray("deeds").getValuesAs(JsonObject.class)) {
            print.line("        " + deed.getString("act") + " " + deed.getString("object"));
            options(deed.getJsonArray("options"));
        }
    }

    private void options(JsonArray options) {
        for (JsonObject option : options.getValuesAs(JsonObject.class)) {
            print.line("            " + option.getString("label") + " (" + option.getString("attribute") + ")");
            values("- ", option.getJsonArray(option.containsKey("before") ? "before" : "removed"));
            values("+ ", option.getJsonArray(option.containsKey("after") ? "after" : "added"));
        }
    }

    private void values(String sign, JsonArray values) {
        values.getValuesAs(JsonString.class)
                .forEach(value ->
                        print.line("              " + sign + value.getString().replace("\n", "\n                ")));
    }

    private void compare(JsonObject answer) {
        raw(answer);
        List<JsonObject> differences = answer.getJsonArray("differences").getValuesAs(JsonObject.class);
        for (JsonObject each : differences) {
            String what = !each.getBoolean("before") ? "+ " : each.getBoolean("after") ? "  " : "- ";
            print.line(what + each.getString("object") + " (" + each.getString("kind") + ")"
                    + (each.getBoolean("passwordSet") ? "  password set" : ""));
            options(each.getJsonArray("options"));
        }
        if (differences.isEmpty()) {
            print.line("Nothing differs.");
        }
    }

    private static Map<String, String> interruptible(Arguments arguments, Map<String, String> query) {
        var all = new LinkedHashMap<>(query);
        arguments.text("--if-interrupted").ifPresent(what -> all.put("ifInterrupted", what));
        return all;
    }

    // Shows the plan first; only with --yes is it carried out.
    private void goBack(String path, Map<String, String> query, JsonObject body, boolean only, boolean sure) {
        var asking = new LinkedHashMap<>(query);
        asking.put("plan", "");
        JsonObject planned = client.post(path, asking, body);
        boolean sound = print.plan(planned.getJsonObject("plan"));
        planned.getJsonArray("misfits")
                .getValuesAs(JsonObject.class)
                .forEach(misfit -> print.line("! " + misfit.getString("text")));
        if (!sound) {
            throw new Failure(Failure.USAGE, "This plan cannot be applied.");
        }
        if (only) {
            return;
        }
        if (!sure) {
            throw new Failure(Failure.USAGE, "Nothing was done. Add --yes to apply this plan.");
        }
        print.line(client.post(path, query, body).getBoolean("done") ? "Done." : "There was nothing to do.");
    }
}
