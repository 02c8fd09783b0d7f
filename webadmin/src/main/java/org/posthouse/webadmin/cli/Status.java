package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code posthouse status}: what is wanted and what is obeyed; of everything, or only of what does not obey. */
final class Status {

    private static final List<String> CARE = List.of("refuses", "lags", "unreachable");

    private final RestClient client;
    private final Print print;

    Status(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    void run(Arguments arguments) {
        boolean lagging = arguments.has("--lagging");
        if (!arguments.operands().isEmpty()) {
            throw new Failure(Failure.USAGE, "posthouse status [--lagging]");
        }
        JsonObject status = client.get("status", Map.of());
        if (lagging) {
            lagging(status);
        } else {
            print.status(status);
        }
    }

    /** "12 agents: 10 obey the revision wanted, 1 lags, 1 refuses"; "" from a console that does not say. */
    static String summary(JsonObject status) {
        JsonObject counts = status.getJsonObject("agents");
        if (counts == null) {
            return "";
        }
        var parts = new ArrayList<String>();
        parts.add(counts.getInt("obeys", 0) + " obey the revision wanted");
        Stream.of("lags", "refuses", "unreachable", "rests")
                .filter(verdict -> counts.getInt(verdict, 0) > 0)
                .forEach(verdict -> parts.add(counts.getInt(verdict) + " " + words(verdict)));
        return counts.getInt("all", 0) + " agents: " + String.join(", ", parts);
    }

    private static String words(String verdict) {
        return switch (verdict) {
            case "lags" -> "lag";
            case "refuses" -> "refuse";
            case "rests" -> "do not run and are not to";
            default -> "cannot be reached";
        };
    }

    /** What is wrong with the directory and its history as a whole; nothing nearly always. */
    static List<String> alarms(JsonObject status) {
        var alarms = new ArrayList<String>();
        JsonObject directory = status.getJsonObject("directory");
        if (directory != null && directory.getBoolean("older", false)) {
            alarms.add("The directory is older than its history: it shows revision "
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

    private void lagging(JsonObject status) {
        List<JsonObject> broken = status.getJsonArray("broken").getValuesAs(JsonObject.class);
        var lines = new ArrayList<String>();
        JsonArrayBuilder found = Json.createArrayBuilder();
        for (JsonObject server : status.getJsonArray("servers").getValuesAs(JsonObject.class)) {
            String name = server.getString("name");
            Stream.concat(Stream.of(server), server.getJsonArray("agents").getValuesAs(JsonObject.class).stream())
                    .filter(part -> CARE.contains(part.getString("verdict", "")))
                    .forEach(part -> {
                        found.add(part);
                        String of = part.equals(server) ? name : name + "/" + part.getString("kind");
                        lines.add("%-12s ".formatted(part.getString("verdict")) + Print.state(of, part));
                    });
        }
        broken.forEach(object -> {
            found.add(object);
            lines.add("%-12s %s: %s".formatted("unknown", object.getString("dn"), object.get("problems")));
        });
        if (print.isJson()) {
            print.raw(found.build());
        }
        List<String> alarms = alarms(status);
        alarms.forEach(print::line);
        lines.forEach(print::line);
        print.line(summary(status));
        if (lines.isEmpty() && !alarms.isEmpty()) {
            throw new Failure(Failure.REFUSED, "The directory or its history needs attention");
        }
        if (!lines.isEmpty()) {
            throw new Failure(Failure.REFUSED, lines.size() + " servers or agents do not obey what is wanted");
        }
    }
}
