package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.Console;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands about objects. An object is named by its distinguished name or its path: "Internet Services/mail1". */
final class Objects {

    private static final Pattern OPTION = Pattern.compile("[A-Za-z]+[+-]?=");

    private final RestClient client;
    private final Print print;

    Objects(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    void get(Arguments arguments) {
        boolean children = arguments.has("--children");
        List<String> operands = arguments.operands();
        String dn = operands.isEmpty() ? "" : dn(operands.getFirst());
        if (children) {
            print.list(all(dn));
        } else if (operands.size() > 1) {
            JsonObject options = client.get("objects", Map.of("dn", dn)).getJsonObject("options");
            operands.stream().skip(1).forEach(name -> print.value(name, options));
        } else {
            print.object(client.get("objects", Map.of("dn", dn)));
        }
    }

    private JsonArray all(String dn) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        String after = "";
        do {
            JsonObject page = client.get("objects/children", Map.of("dn", dn, "size", "500", "after", after));
            page.getJsonArray("entries").forEach(all::add);
            after = page.getString("next");
        } while (!after.isEmpty());
        return all.build();
    }

    void set(Arguments arguments) {
        boolean plan = arguments.has("--plan");
        var password = arguments.text("--new-password-file");
        List<String> secrets = arguments.texts("--secret");
        boolean now = arguments.has("--now");
        Optional<String> grace = arguments.text("--grace");
        List<String> operands = arguments.operands();
        if (operands.isEmpty() || (operands.size() == 1 && password.isEmpty() && secrets.isEmpty())) {
            throw new Failure(Failure.USAGE, "Nothing to change: name at least one OPTION=VALUE.");
        }
        String dn = dn(operands.getFirst());
        JsonObject current = client.get("objects", Map.of("dn", dn));
        JsonObjectBuilder options = options(operands.subList(1, operands.size()), current.getJsonObject("options"));
        JsonObjectBuilder change = Json.createObjectBuilder()
                .add("revision", current.getJsonNumber("revision"))
                .add("options", withSecrets(options, secrets));
        if (current.containsKey("holderRevision")) {
            change.add("holderRevision", current.getJsonNumber("holderRevision"));
        }
        password.ifPresent(file -> change.add("password", SignedIn.secret("--new-password-file", Path.of(file))));
        if (now) {
            change.add("now", true);
            grace.ifPresent(seconds -> change.add("grace", number("--grace", seconds)));
        }
        JsonObject wanted = change.build();
        if (plan) {
            planned(client.patch("objects", Map.of("dn", dn, "plan", ""), wanted));
            return;
        }
        if (!wanted.getJsonObject("options").isEmpty()) {
            print.warnings(client.patch("objects", Map.of("dn", dn, "plan", ""), wanted));
        }
        JsonObject changed = client.patch("objects", Map.of("dn", dn), wanted);
        print.object(changed);
        if (changed.get("confirm") instanceof JsonObject confirm) {
            print.line(Confirm.notice(confirm));
        }
        if (changed.get("now") instanceof JsonObject done
                && !done.getString("reason").isEmpty()) {
            throw new Failure(Failure.REFUSED, "Saved, but not done now: " + done.getString("reason"));
        }
    }

    private void planned(JsonObject plan) {
        if (!print.plan(plan)) {
            throw new Failure(Failure.USAGE, "This plan cannot be carried out.");
        }
    }

    /** Has a server, or one of its agents, start, stop, restart or drain now. */
    void command(Arguments arguments) {
        Optional<String> grace = arguments.text("--grace");
        boolean sure = arguments.has("--yes");
        List<String> operands = arguments.operands();
        if (operands.isEmpty()) {
            throw new Failure(Failure.USAGE, "Name what to do: start, stop, restart, or drain.");
        }
        JsonObjectBuilder request =
                Json.createObjectBuilder().add("object", dn(operands.get(1))).add("do", operands.getFirst());
        grace.ifPresent(seconds -> request.add("grace", number("--grace", seconds)));
        if (List.of("stop", "restart").contains(operands.getFirst()) && !sure) {
            ask(operands.getFirst(), dn(operands.get(1)), operands.get(1));
        }
        JsonObject done = client.post("commands", request.build());
        long sessions =
                done.containsKey("sessions") ? done.getJsonNumber("sessions").longValue() : 0;
        print.line(operands.getFirst() + ": " + operands.get(1) + (sessions == 0 ? "" : " (" + count(sessions) + ")"));
    }

    // A script says what it means; a person at a terminal is asked, because a stop ends sessions.
    private void ask(String act, String dn, String name) {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isEmpty()) {
            return;
        }
        String typed = terminal.get().readLine("%s %s? This ends %s. [y/N] ", act, name, count(sessions(dn)));
        if (typed == null || !typed.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new Failure(Failure.REFUSED, "Nothing was done.");
        }
    }

    private long sessions(String dn) {
        for (JsonObject server :
                client.get("status", Map.of()).getJsonArray("servers").getValuesAs(JsonObject.class)) {
            if (server.getString("dn").equalsIgnoreCase(dn)) {
                return server.getJsonNumber("sessions").longValue();
            }
            for (JsonObject agent : server.getJsonArray("agents").getValuesAs(JsonObject.class)) {
                if (agent.getString("dn").equalsIgnoreCase(dn)) {
                    return agent.getJsonObject("figures").getInt("sessions", 0);
                }
            }
        }
        return 0;
    }

    private static String count(long sessions) {
        return sessions == 0 ? "no sessions" : sessions == 1 ? "1 session" : sessions + " sessions";
    }

    private static long number(String flag, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new Failure(Failure.USAGE, flag + " takes a number, not " + text);
        }
    }

    void create(Arguments arguments) {
        boolean plan = arguments.has("--plan");
        String container = arguments.needed("--in");
        List<String> agents = arguments.texts("--agents").stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .toList();
        List<String> mail = arguments.texts("--mail");
        List<String> secrets = arguments.texts("--secret");
        var password = arguments.text("--new-password-file");
        boolean handOver = arguments.has("--hand-over-mailbox");
        List<String> operands = arguments.operands();
        // Agents have fixed names, so theirs may be left out.
        boolean named = operands.size() > 1 && !OPTION.matcher(operands.get(1)).lookingAt();
        JsonObjectBuilder request = Json.createObjectBuilder()
                .add("kind", kind(operands.getFirst()))
                .add("name", named ? operands.get(1) : "")
                .add("parent", dn(container))
                .add(
                        "options",
                        withSecrets(
                                options(operands.subList(named ? 2 : 1, operands.size()), JsonValue.EMPTY_JSON_OBJECT),
                                secrets))
                .add(
                        "agents",
                        Json.createArrayBuilder(
                                agents.stream().map(Objects::agent).toList()))
                .add("mail", Json.createArrayBuilder(mail));
        password.ifPresent(file -> request.add("password", SignedIn.secret("--new-password-file", Path.of(file))));
        if (handOver) {
            request.add("mailbox", "handOver");
        }
        if (plan) {
            planned(client.post("objects", Map.of("plan", ""), request.build()));
        } else {
            JsonObject created = client.post("objects", request.build());
            print.object(created);
            print.warnings(created);
        }
    }

    void delete(Arguments arguments) {
        boolean plan = arguments.has("--plan");
        boolean sure = arguments.has("--yes");
        String successor = arguments.text("--successor").map(this::dn).orElse("");
        List<String> operands = arguments.operands();
        String dn = dn(operands.getFirst());
        JsonObject current = client.get("objects", Map.of("dn", dn));
        var query = new LinkedHashMap<String, String>(
                Map.of("dn", dn, "revision", current.getJsonNumber("revision").toString(), "successor", successor));
        if (plan) {
            query.put("plan", "");
            planned(client.delete("objects", query));
            return;
        }
        if (!sure) {
            throw new Failure(Failure.USAGE, "This deletes " + dn + " with everything in it; say --yes if so");
        }
        JsonObject gone = client.delete("objects", query);
        print.line("deleted " + dn);
        if (gone.get("confirm") instanceof JsonObject confirm) {
            print.line(Confirm.notice(confirm));
        }
    }

    // name=value sets; given again it makes a list; name= takes the value away; name+=value and name-=value change a
    // list.
    private static JsonObjectBuilder options(List<String> words, JsonObject current) {
        var wanted = new LinkedHashMap<String, JsonArrayBuilder>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new Failure(Failure.USAGE, "\"" + word + "\" is not of the form OPTION=VALUE");
            }
            String value = word.substring(equals + 1);
            char before = word.charAt(equals - 1);
            boolean delta = before == '+' || before == '-';
            String name = word.substring(0, delta ? equals - 1 : equals);
            if (delta) {
                JsonArray known = wanted.containsKey(name) ? wanted.get(name).build() : list(current, name);
                if (before == '-') {
                    present(name, known, value);
                }
                wanted.put(name, changed(known, before, value));
            } else if (value.isEmpty()) {
                wanted.put(name, Json.createArrayBuilder());
            } else {
                wanted.computeIfAbsent(name, any -> Json.createArrayBuilder()).add(value);
            }
        }
        JsonObjectBuilder options = Json.createObjectBuilder();
        wanted.forEach(options::add);
        return options;
    }

    // Out of files, since what stands in a command line is seen by every user of the machine.
    private static JsonObjectBuilder withSecrets(JsonObjectBuilder options, List<String> secrets) {
        for (String secret : secrets) {
            int equals = secret.indexOf('=');
            if (equals < 1) {
                throw new Failure(Failure.USAGE, "--secret takes OPTION=FILE");
            }
            options.add(
                    secret.substring(0, equals), SignedIn.secret("--secret", Path.of(secret.substring(equals + 1))));
        }
        return options;
    }

    private static JsonArray list(JsonObject options, String name) {
        return options.get(name) instanceof JsonArray values ? values : JsonValue.EMPTY_JSON_ARRAY;
    }

    private static void present(String name, JsonArray known, String value) {
        List<String> values = known.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
        if (values.stream().noneMatch(value::equalsIgnoreCase)) {
            throw new Failure(
                    Failure.REFUSED,
                    name + " does not contain \"" + value + "\", so nothing was changed. "
                            + (values.isEmpty() ? "It has no values." : "Its values: " + String.join(", ", values)));
        }
    }

    private static JsonArrayBuilder changed(JsonArray values, char how, String value) {
        JsonArrayBuilder changed = Json.createArrayBuilder();
        values.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .filter(known -> !known.equalsIgnoreCase(value))
                .forEach(changed::add);
        return how == '+' ? changed.add(value) : changed;
    }

    private static String kind(String word) {
        return word.strip().replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }

    private static String agent(String word) {
        String kind = kind(word);
        return kind.endsWith("_AGENT") || kind.equals("CONNECTION_MANAGER") ? kind : kind + "_AGENT";
    }

    /** The distinguished name of an object named either way. */
    String dn(String name) {
        if (name.contains("=")) {
            return name;
        }
        String dn = "";
        for (String step : name.split("/")) {
            dn = child(dn, step.strip());
        }
        return dn;
    }

    private String child(String parent, String name) {
        JsonObject page = client.get("objects/children", Map.of("dn", parent, "text", name, "size", "500"));
        return page.getJsonArray("entries").getValuesAs(JsonObject.class).stream()
                .filter(entry -> entry.getString("name").equalsIgnoreCase(name))
                .map(entry -> entry.getString("dn"))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        Failure.REFUSED, "\"" + name + "\" is not in " + (parent.isEmpty() ? "the tree" : parent)));
    }
}
