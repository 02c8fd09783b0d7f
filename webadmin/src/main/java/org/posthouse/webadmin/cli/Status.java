package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code posthouse status}: the desired and the actual state, of everything or only of what needs attention. */
final class Status {

    private static final List<String> CARE = List.of("refuses", "lags", "unreachable", "waits");

    // Those of attention that no server, agent, or alarm says already.
    private static final List<String> BEHIND = List.of(
            "acmeFailed",
            "clock",
            "diskFull",
            "diskFullDirectory",
            "diskFilling",
            "diskLow",
            "twoEngines",
            "certificateExpired",
            "missing");

    private final RestClient client;
    private final Print print;

    Status(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    void run(Arguments arguments) {
        boolean lagging = arguments.has("--lagging");
        JsonObject status = client.get("status", Map.of());
        if (lagging) {
            lagging(status);
        } else {
            print.status(status);
        }
    }

    /** "2 servers and 10 agents: 10 in sync, 1 pending, 1 rejected"; "" from a console that does not say. */
    static String summary(JsonObject status) {
        JsonObject counts = status.getJsonObject("parts");
        if (counts == null) {
            return "";
        }
        var parts = new ArrayList<String>();
        parts.add(counts.getInt("obeys", 0) + " in sync");
        Stream.of("lags", "refuses", "unreachable", "waits", "rests")
                .filter(verdict -> counts.getInt(verdict, 0) > 0)
                .forEach(verdict -> parts.add(counts.getInt(verdict) + " " + word(verdict)));
        return count(counts.getInt("servers", 0), "server") + " and " + count(counts.getInt("agents", 0), "agent")
                + ": " + String.join(", ", parts);
    }

    private static String count(int number, String what) {
        return count(number, what, what + "s");
    }

    private static String count(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    /** The verdict as people read it; the API's words stay as they are. */
    static String word(String verdict) {
        return switch (verdict) {
            case "obeys" -> "in sync";
            case "lags" -> "pending";
            case "refuses" -> "rejected";
            case "waits" -> "waiting";
            case "rests" -> "off";
            default -> verdict;
        };
    }

    /** What is wrong with the directory and its history as a whole; nothing nearly always. */
    static List<String> alarms(JsonObject status) {
        var alarms = new ArrayList<String>();
        JsonObject directory = status.getJsonObject("directory");
        if (directory != null && directory.getBoolean("older", false)) {
            boolean other = directory.getJsonNumber("shown").longValue()
                    >= directory.getJsonNumber("known").longValue();
            alarms.add((other
                            ? "This is not the directory that the history is about"
                            : "The directory is older than its history")
                    + ": it shows revision "
                    + directory.getJsonNumber("shown") + ", but revision " + directory.getJsonNumber("known")
                    + " was in use. Nothing can be changed until you run \"posthouse history restore-directory\" or"
                    + " \"posthouse history accept-directory\".");
            List<JsonString> hosts = directory.getJsonArray("hosts").getValuesAs(JsonString.class);
            if (!hosts.isEmpty()) {
                alarms.add("Engines that keep the settings they last applied: "
                        + hosts.stream().map(JsonString::getString).collect(Collectors.joining(", ")));
            }
        }
        JsonObject history = status.getJsonObject("history");
        if (history != null && !history.getBoolean("whole", true)) {
            history.getJsonArray("faults")
                    .getValuesAs(JsonString.class)
                    .forEach(fault -> alarms.add("The history was altered: " + fault.getString()));
        }
        return alarms;
    }

    /** What needs attention, what hurts most first; a console of an earlier version names only its alarms. */
    static List<String> attention(JsonObject status) {
        JsonArray concerns = status.getJsonArray("attention");
        if (concerns == null) {
            return alarms(status);
        }
        var lines = new ArrayList<String>();
        lines.add(
                concerns.isEmpty()
                        ? "Nothing needs attention."
                        : "Needs attention: " + count(concerns.size(), "entry", "entries"));
        concerns.getValuesAs(JsonObject.class)
                .forEach(concern -> lines.add("  %-12s %s"
                        .formatted(severity(concern.getString("severity")), concern.getString("sentence"))));
        return lines;
    }

    private static String severity(String word) {
        return switch (word) {
            case "no_mail" -> "no mail";
            case "no_login" -> "no sign-in";
            case "not_running" -> "not running";
            case "people" -> "mailboxes";
            case "guessing" -> "passwords";
            case "expiring" -> "expires";
            case "filling" -> "disk space";
            case "lagging" -> "pending";
            default -> word;
        };
    }

    private void lagging(JsonObject status) {
        var lines = new ArrayList<String>();
        JsonArrayBuilder found = Json.createArrayBuilder();
        for (JsonObject server : status.getJsonArray("servers").getValuesAs(JsonObject.class)) {
            String name = server.getString("name");
            Stream.concat(Stream.of(server), server.getJsonArray("agents").getValuesAs(JsonObject.class).stream())
                    .filter(part -> CARE.contains(part.getString("verdict", "")))
                    .forEach(part -> {
                        found.add(part);
                        String of = part.equals(server) ? name : name + "/" + part.getString("kind");
                        lines.add("%-12s ".formatted(word(part.getString("verdict"))) + Print.state(of, part));
                        lines.addAll(refusals(part));
                    });
        }
        status.getJsonArray("broken").getValuesAs(JsonObject.class).forEach(object -> {
            found.add(object);
            lines.add("%-12s %s: %s".formatted("unknown", object.getString("dn"), object.get("problems")));
        });
        behind(status).forEach(concern -> {
            found.add(concern);
            lines.add("%-12s %s".formatted(severity(concern.getString("severity")), concern.getString("sentence")));
        });
        if (print.isJson()) {
            print.raw(found.build());
        }
        List<String> alarms = alarms(status);
        alarms.forEach(print::line);
        lines.forEach(print::line);
        print.line(summary(status));
        insist(lines, alarms);
    }

    // Each value that is not in force, below its server or agent: ports, folders, copies of a certificate, SNMP.
    private static List<String> refusals(JsonObject part) {
        return Stream.ofNullable(part.getJsonArray("refusals"))
                .flatMap(all -> all.getValuesAs(JsonObject.class).stream())
                .map(refusal -> "%-12s   %s \"%s\": %s (revision %s)"
                        .formatted(
                                "",
                                refusal.getString("label", refusal.getString("option")),
                                refusal.getString("value"),
                                refusal.getString("reason"),
                                refusal.getJsonNumber("revision")))
                .toList();
    }

    // What is behind without being a server or an agent: disks, clocks, certificates that were not issued, engines.
    private static List<JsonObject> behind(JsonObject status) {
        return Stream.ofNullable(status.getJsonArray("attention"))
                .flatMap(all -> all.getValuesAs(JsonObject.class).stream())
                .filter(concern -> BEHIND.contains(concern.getString("reason")))
                .toList();
    }

    private static void insist(List<String> lines, List<String> alarms) {
        long number = lines.stream().filter(line -> !line.startsWith(" ")).count();
        if (number == 0 && !alarms.isEmpty()) {
            throw new Failure(Failure.REFUSED, "The directory or its history needs attention");
        }
        if (number > 0) {
            throw new Failure(
                    Failure.REFUSED, number == 1 ? "1 entry needs attention" : number + " entries need attention");
        }
    }
}
