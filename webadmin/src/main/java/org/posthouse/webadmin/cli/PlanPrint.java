package org.posthouse.webadmin.cli;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.schema.summary.Grouping;

/** A plan in words for the terminal. */
final class PlanPrint {

    private static final Map<String, String> EFFECTS = Map.of(
            "LIVE", "immediate",
            "REBIND", "rebinds the port",
            "AGENT_RESTART", "restarts the agent",
            "SERVER_RESTART", "restarts the server's agents");

    private static final Map<String, String> ACTS = Map.of(
            "rebind", "rebinds its port; open sessions continue",
            "restart", "drains its sessions and restarts",
            "start", "starts",
            "stop", "drains its sessions and stops");

    private static final List<String> KIND = List.of("kind");

    private PlanPrint() {}

    /** The lines that say it all, the summary first. */
    static List<String> lines(JsonObject plan) {
        var lines = new ArrayList<String>();
        lines.add(plan.getString("summary"));
        lines.addAll(grouped(plan, "made", made -> "  + " + made.getString("dn"), KIND));
        lines.addAll(grouped(plan, "removed", gone -> "  - " + gone.getString("dn") + inside(gone), KIND));
        lines.addAll(grouped(plan, "changes", PlanPrint::change, List.of("kind", "option", "label")));
        lines.addAll(grouped(plan, "touches", PlanPrint::touch, List.of("kind", "does")));
        plan.getJsonObject("mailboxes")
                .forEach((server, count) -> lines.add("  mailboxes of " + server + ": "
                        + count.asJsonObject().getInt("number")
                        + (count.asJsonObject().getBoolean("more") ? " or more" : "")));
        gains(plan).forEach(sentence -> lines.add("  " + sentence));
        lines.addAll(grouped(
                plan,
                "dependents",
                named -> "  " + named.getString("name") + " names " + named.getString("names") + " as its "
                        + named.getString("label"),
                List.of("kind", "option")));
        lines.addAll(warnings(plan));
        lines.addAll(grouped(plan, "problems", problem -> "  x " + problem(problem), List.of("option", "reason")));
        return lines;
    }

    /** The warnings alone. */
    static List<String> warnings(JsonObject plan) {
        return !plan.containsKey("warnings")
                ? List.of()
                : grouped(plan, "warnings", warning -> "  ! " + warning(warning), List.of("about"));
    }

    // Of many entries that are alike, the first few and a count.
    private static List<String> grouped(
            JsonObject plan, String name, Function<JsonObject, String> line, List<String> members) {
        return Grouping.by(
                        each(plan, name),
                        entry -> members.stream()
                                .map(member -> entry.getString(member, ""))
                                .toList())
                .stream()
                .flatMap(group -> Stream.concat(
                        group.first().stream().map(line), group.more() == 0 ? Stream.of() : Stream.of(more(group))))
                .toList();
    }

    private static String more(Grouping<JsonObject> group) {
        JsonObject first = group.first().getFirst();
        String kind = first.getString("kind", "");
        String label = first.getString("label", "");
        return "    ... and " + group.more() + " more"
                + (kind.isEmpty()
                        ? ""
                        : " of type " + kind.toLowerCase(Locale.ROOT).replace('_', ' '))
                + (label.isEmpty() || kind.isEmpty() ? "" : " (" + label + ")");
    }

    private static List<JsonObject> each(JsonObject plan, String name) {
        return plan.getJsonArray(name).getValuesAs(JsonObject.class);
    }

    // What people lose is in the summary. A console of an earlier version says nothing of people.
    private static List<String> gains(JsonObject plan) {
        JsonObject people = plan.getJsonObject("people");
        return people == null
                ? List.of()
                : each(people, "changes").stream()
                        .filter(change -> change.getString("effect").startsWith("gains_"))
                        .map(change -> change.getString("sentence"))
                        .toList();
    }

    private static String inside(JsonObject gone) {
        int inside = gone.getInt("total") - 1;
        return inside == 0 ? "" : ", with " + inside + (gone.getBoolean("totalMore") ? " or more" : "") + " in it";
    }

    private static String change(JsonObject change) {
        String name = change.getString("option").isEmpty() ? change.getString("label") : change.getString("option");
        String lists = deltas(change.getJsonArray("added"), "+") + deltas(change.getJsonArray("removed"), "-");
        String values = lists.isEmpty()
                ? texts(change.getJsonArray("before")) + " -> " + texts(change.getJsonArray("after"))
                : lists.strip();
        return "  %s: %s  %s  (%s)"
                .formatted(
                        change.getString("name"),
                        name,
                        values,
                        EFFECTS.getOrDefault(change.getString("effect"), change.getString("effect")));
    }

    private static String deltas(JsonArray texts, String sign) {
        return texts.getValuesAs(JsonString.class).stream()
                .map(text -> " " + sign + text.getString())
                .collect(Collectors.joining());
    }

    private static String texts(JsonArray texts) {
        return texts.isEmpty()
                ? "nothing"
                : texts.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .collect(Collectors.joining(", "));
    }

    private static String touch(JsonObject touch) {
        long sessions = touch.getJsonNumber("sessions").longValue();
        String act = touch.getString("does");
        return "  " + touch.getString("name") + " of " + leaf(touch.getString("server"))
                + (touch.isNull("host") ? "" : " on " + leaf(touch.getString("host"))) + ": "
                + ACTS.getOrDefault(act, act)
                + (act.equals("start") ? "" : " (" + sessions + (sessions == 1 ? " session)" : " sessions)"));
    }

    private static String leaf(String dn) {
        return dn.replaceFirst(",.*", "").replaceFirst("^[^=]*=", "");
    }

    private static String warning(JsonObject warning) {
        return WarningPrint.line(warning.getString("about"), warning.getString("value"), warning.getString("reason"));
    }

    private static String problem(JsonObject problem) {
        String option = problem.getString("label").isEmpty() ? "" : " " + problem.getString("label");
        String value = problem.getString("value");
        boolean named = value.isEmpty() || value.equals(problem.getString("name"));
        return (problem.getString("name") + option + (named ? "" : " \"" + value + "\"") + " "
                        + problem.getString("reason"))
                .strip();
    }
}
