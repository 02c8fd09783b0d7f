package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Puts answers on the terminal: for people, or as JSON. */
final class Print {

    private final PrintStream out;
    private final boolean json;

    Print(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    boolean isJson() {
        return json;
    }

    void line(String text) {
        if (!json) {
            out.println(text);
        }
    }

    /** What a file that was applied, or planned, does. */
    void applied(JsonObject answer) {
        if (json) {
            raw(answer);
            return;
        }
        PlanPrint.lines(answer.getJsonObject("plan")).forEach(out::println);
        answer.getJsonArray("notes")
                .getValuesAs(JsonString.class)
                .forEach(note -> out.println("  ! " + note.getString()));
        if (answer.getBoolean("applied")) {
            out.println("Applied.");
            answer.getJsonArray("confirm")
                    .getValuesAs(JsonObject.class)
                    .forEach(waits -> out.println(Confirm.notice(waits)));
        }
    }

    void object(JsonObject object) {
        if (json) {
            raw(object);
            return;
        }
        out.printf(
                "%s \"%s\"  revision %s%n  %s%n",
                object.getString("label"),
                object.getString("name"),
                object.getJsonNumber("revision"),
                object.getString("dn"));
        object.getJsonObject("options").forEach((name, value) -> out.printf("    %-26s %s%n", name, text(value)));
        object.getJsonObject("attributes")
                .forEach((name, value) ->
                        out.printf("    (%s)%s%s%n", name, " ".repeat(Math.max(1, 25 - name.length())), text(value)));
        object.getJsonArray("problems")
                .getValuesAs(JsonString.class)
                .forEach(problem -> out.println("  ! " + problem.getString()));
    }

    /** A plan; whether it can be carried out. */
    boolean plan(JsonObject plan) {
        if (json) {
            raw(plan);
        } else {
            PlanPrint.lines(plan).forEach(out::println);
        }
        return plan.getBoolean("sound");
    }

    /** A plan's warnings, a line each; scripts that read JSON ask for the plan itself. */
    void warnings(JsonObject plan) {
        if (!json) {
            PlanPrint.warnings(plan).forEach(out::println);
        }
    }

    /** Changes that wait to be confirmed, a line each. */
    void confirmations(JsonObject answer) {
        if (json) {
            raw(answer);
            return;
        }
        answer.getJsonArray("confirmations")
                .getValuesAs(JsonObject.class)
                .forEach(waits -> out.printf(
                        "%s  %s s left  %s of %s, by %s%n",
                        waits.getString("id"),
                        waits.getJsonNumber("seconds"),
                        text(waits.get("options")),
                        waits.getString("object"),
                        waits.getString("by")));
    }

    /** One option's values, a line each, for scripts. */
    void value(String name, JsonObject options) {
        JsonValue value = options.get(name);
        if (value == null) {
            throw new Failure(
                    Failure.REFUSED,
                    "There is no option " + name + " here; options are " + String.join(", ", options.keySet()));
        }
        if (json) {
            out.println(value);
        } else if (value instanceof JsonArray values) {
            values.forEach(each -> out.println(text(each)));
        } else {
            out.println(text(value));
        }
    }

    void list(JsonArray entries) {
        if (json) {
            raw(entries);
            return;
        }
        entries.getValuesAs(JsonObject.class)
                .forEach(entry -> out.printf("%-24s %s%n", entry.getString("label"), entry.getString("name")));
    }

    /** A certificate in words. */
    void certificate(JsonObject certificate) {
        if (json) {
            raw(certificate);
            return;
        }
        if (!certificate.getBoolean("installed")) {
            out.println("No certificate is installed.");
        } else {
            out.printf("%s%n", certificate.getString("subject"));
            out.printf("    names        %s%n", text(certificate.get("names")));
            out.printf(
                    "    issuer       %s%n",
                    certificate.getBoolean("selfSigned") ? "itself (self-signed)" : certificate.getString("issuer"));
            out.printf(
                    "    valid until  %s (%s)%n",
                    certificate.getString("until"), number(certificate, "daysLeft", "day"));
            out.printf("    key          %s%n", certificate.getString("key"));
            out.printf("    SHA-256      %s%n", certificate.getString("fingerprint"));
        }
        if (!certificate.getString("request").isEmpty()) {
            out.println(
                    "A request waits for the authority's answer; install the answer with posthouse certificate install.");
        }
        acme(certificate.getJsonObject("acme"));
    }

    private void acme(JsonObject acme) {
        String reason = acme.getString("reason");
        String next = acme.getString("next", "");
        String line = switch (acme.getString("state")) {
            case "waiting" -> "renewed by itself at " + next;
            case "ordering" -> "ordering. " + reason;
            case "failed" -> "failed: " + reason + " Next try at " + next;
            default -> acme.getString("asked").isEmpty() ? "" : "asked for; the engine has not begun";
        };
        if (!line.isEmpty()) {
            out.println("ACME: " + line);
        }
    }

    /** A licence and what it allows. */
    void license(JsonObject license) {
        if (json) {
            raw(license);
            return;
        }
        if (license.containsKey("edition")) {
            String expires = license.getString("expires");
            out.printf(
                    "%s license of %s, serial %s, %s%n",
                    license.getString("edition"),
                    license.getString("holder"),
                    license.getString("serial"),
                    expires.isEmpty() ? "without end" : "until " + expires);
        }
        if (!license.getString("warning").isEmpty()) {
            out.println("! " + license.getString("warning"));
        }
        for (JsonObject feature : license.getJsonArray("features").getValuesAs(JsonObject.class)) {
            out.printf(
                    "    %-24s %-12s %s%n",
                    feature.getString("name"),
                    feature.getString("edition"),
                    feature.getBoolean("allowed") ? "yes" : "not part of it");
        }
    }

    /** The command that lets a host join, alone on its line. */
    void invitation(JsonObject invitation) {
        if (json) {
            raw(invitation);
            return;
        }
        out.printf("Run this command on the host that you want to add, before %s:%n", invitation.getString("expires"));
        out.println(invitation.getString("command"));
        if (!invitation.getBoolean("otherMachines")) {
            out.println("! The directory listens for this machine only; for other hosts start with --ldaps-port.");
        }
    }

    /** What runs on a host. */
    void host(JsonObject host) {
        if (json) {
            raw(host);
            return;
        }
        if (!host.getBoolean("answers")) {
            out.printf("Host %s: %s%n", host.getString("name"), host.getString("reason"));
            return;
        }
        out.printf(
                "Host %s: engine %s since %s, directory %s, board %s%n",
                host.getString("name"),
                host.getString("version"),
                host.getString("started", "-"),
                host.getString("directory"),
                host.getString("board"));
        JsonObject machine = host.getJsonObject("machine");
        if (machine != null) {
            machine(machine);
        }
        for (JsonObject server : host.getJsonArray("servers").getValuesAs(JsonObject.class)) {
            out.printf("    server     %s %s%n", server.getString("name"), server.getString("state"));
        }
        for (JsonObject rival : host.getJsonArray("rivals").getValuesAs(JsonObject.class)) {
            out.printf(
                    "! Another engine has been running as this host since %s, with its board at %s. It does not serve.%n",
                    rival.getString("started", "-"), rival.getString("board"));
        }
    }

    private void machine(JsonObject machine) {
        out.printf(
                "    clock      %s%n",
                machine.containsKey("clockAheadMs")
                        ? "%+.1f ms against the console, give or take %.1f ms"
                                .formatted(
                                        machine.getJsonNumber("clockAheadMs").doubleValue(),
                                        machine.getJsonNumber("clockErrorMs").doubleValue())
                        : "-");
        out.printf("    heap       %s of %s MB%n", megabytes(machine, "heapUsed"), megabytes(machine, "heapMost"));
        out.printf("    java       %s, %s%n", machine.getString("java"), machine.getString("vendor"));
        out.printf(
                "    system     %s, %s, %s, %s%n",
                machine.getString("system"),
                machine.getString("kernel"),
                machine.getString("architecture"),
                number(machine, "processors", "processor"));
        for (JsonObject folder : machine.getJsonArray("folders").getValuesAs(JsonObject.class)) {
            String state = folder.getString("state");
            String fullAt = folder.getString("fullAt", "");
            out.printf(
                    "    %-10s %s of %s MB free at %s%s%s%n",
                    "disk",
                    megabytes(folder, "free"),
                    megabytes(folder, "total"),
                    folder.getString("path"),
                    state.equals("enough") ? "" : " (! " + state + ")",
                    fullAt.isEmpty()
                            ? ""
                            : ", full at " + fullAt + " if it continues to lose " + megabytes(folder, "perDay")
                                    + " MB a day");
        }
    }

    private static long megabytes(JsonObject object, String octets) {
        return object.getJsonNumber(octets).longValue() >> 20;
    }

    /** The mailboxes of former users. */
    void formerMailboxes(JsonObject answer) {
        if (json) {
            raw(answer);
            return;
        }
        List<JsonObject> mailboxes = answer.getJsonArray("mailboxes").getValuesAs(JsonObject.class);
        if (mailboxes.isEmpty()) {
            out.println("There are no mailboxes of former users.");
        }
        mailboxes.forEach(mailbox -> out.println(contents(mailbox) + since(mailbox)));
        if (!answer.getBoolean("complete", true)) {
            out.println("This server has more mailboxes than were looked at, so there may be others.");
        }
    }

    private static String contents(JsonObject mailbox) {
        return mailbox.getString("mailbox") + ": " + number(mailbox, "folders", "folder") + ", "
                + number(mailbox, "messages", "message") + ", " + number(mailbox, "octets", "octet");
    }

    private static String number(JsonObject from, String member, String one) {
        long number = from.getJsonNumber(member).longValue();
        return number + " " + (number == 1 ? one : one + "s");
    }

    private static String since(JsonObject mailbox) {
        String since = mailbox.getString("since", "");
        String opened = mailbox.getString("opened", "");
        return (since.isEmpty() ? "" : ", set aside " + since)
                + (opened.isEmpty() ? ", never opened" : ", last opened " + opened);
    }

    /** Mailboxes that were looked at or removed. */
    void mailboxes(JsonObject answer) {
        if (json) {
            raw(answer);
            return;
        }
        for (JsonObject mailbox : answer.getJsonArray("mailboxes").getValuesAs(JsonObject.class)) {
            if (mailbox.containsKey("reason")) {
                out.printf("%s: not changed. %s%n", mailbox.getString("mailbox"), mailbox.getString("reason"));
            } else {
                out.println(contents(mailbox) + " " + fate(mailbox));
            }
        }
    }

    private static String fate(JsonObject mailbox) {
        if (!mailbox.getBoolean("removed")) {
            return "found";
        }
        String recorded = "; recorded in " + mailbox.getString("record");
        return mailbox.containsKey("folder")
                ? "handed over to " + mailbox.getString("to") + ", in the folder \"" + mailbox.getString("folder")
                        + "\"" + recorded
                : "removed" + recorded;
    }

    /** The request alone, so that it can be sent on as it is. */
    void certificateRequest(JsonObject certificate) {
        if (json) {
            raw(certificate);
        } else {
            out.print(certificate.getString("request"));
        }
    }

    void status(JsonObject status) {
        if (json) {
            raw(status);
            return;
        }
        out.printf("Directory at revision %s%n", status.getJsonNumber("revision"));
        Status.attention(status).forEach(out::println);
        out.println(Status.summary(status));
        for (JsonObject host : status.getJsonArray("hosts").getValuesAs(JsonObject.class)) {
            out.printf(
                    "Host %s: %s%n",
                    host.getString("name"),
                    host.getBoolean("answers")
                            ? "engine " + host.getString("version", "") + ", " + host.getString("directory", "")
                            : host.getString("reason"));
        }
        for (JsonObject server : status.getJsonArray("servers").getValuesAs(JsonObject.class)) {
            out.println(state("Server " + server.getString("name"), server));
            server.getJsonArray("agents")
                    .getValuesAs(JsonObject.class)
                    .forEach(agent -> out.println(state("  " + agent.getString("kind"), agent) + listening(agent)));
        }
        status.getJsonArray("broken")
                .getValuesAs(JsonObject.class)
                .forEach(
                        object -> out.printf("Broken: %s: %s%n", object.getString("dn"), text(object.get("problems"))));
    }

    /** The objects that cannot be understood. */
    void unknown(JsonObject status) {
        if (json) {
            raw(status.getJsonArray("broken"));
            return;
        }
        List<JsonObject> all = status.getJsonArray("broken").getValuesAs(JsonObject.class);
        if (all.isEmpty()) {
            out.println("Every messaging server has its postmaster.");
        }
        all.forEach(object -> out.printf("Unknown: %s: %s%n", object.getString("dn"), text(object.get("problems"))));
    }

    /** What nimsext made. */
    void made(JsonObject answer) {
        if (json) {
            raw(answer);
            return;
        }
        List<JsonString> made = answer.getJsonArray("made").getValuesAs(JsonString.class);
        out.println(made.isEmpty() ? "Nothing was lost." : "Made again:");
        made.forEach(dn -> out.println("  " + dn.getString()));
        if (answer.getBoolean("newSecret")) {
            out.println("The system secret is a new one: install the certificates of servers elsewhere again.");
        }
    }

    static String state(String name, JsonObject part) {
        long wanted = part.getJsonNumber("wanted").longValue();
        long obeyed = part.getJsonNumber("obeyed").longValue();
        String reason = part.getString("reason", "");
        boolean current = obeyed >= wanted && part.getString("verdict", "").equals("obeys");
        return "%-24s %-11s %s%s"
                .formatted(
                        name,
                        part.getString("state"),
                        current ? "in sync (revision " + obeyed + ")" : behind(part, wanted, obeyed),
                        reason.isEmpty() ? "" : ": " + reason);
    }

    private static String behind(JsonObject part, long wanted, long obeyed) {
        String verdict = Status.word(part.getString("verdict", ""));
        return obeyed >= wanted || verdict.equals("off") || verdict.equals("waiting")
                ? verdict
                : verdict + " (revision " + wanted + " not applied, " + obeyed + " in force)";
    }

    private static String listening(JsonObject agent) {
        String at = text(agent.get("listening"));
        return at.isEmpty() ? "" : " at " + at;
    }

    private static String text(@org.jspecify.annotations.Nullable JsonValue value) {
        return switch (value) {
            case null -> "";
            case JsonString text -> text.getString();
            case JsonArray values ->
                String.join(", ", values.stream().map(Print::text).toList());
            default -> value.equals(JsonValue.NULL) ? "-" : value.toString();
        };
    }

    void raw(JsonStructure structure) {
        var text = new StringWriter();
        try (var writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.write(structure);
        }
        List.of(text.toString().strip()).forEach(out::println);
    }
}
