package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** {@code posthouse stat}: NetMail's MailCon, {@code MAIL STAT} and {@code MAIL SPAM}. */
final class Stat {

    private final RestClient client;
    private final Print print;

    Stat(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    void run(Arguments arguments) {
        boolean reset = arguments.has("--reset");
        List<String> operands = arguments.operands();
        String server = new Objects(client, print).dn(operands.getFirst());
        JsonObject all = client.get("statistics", Map.of("server", server));
        if (reset) {
            client.post(
                    "commands",
                    Json.createObjectBuilder()
                            .add("object", server)
                            .add("do", "reset")
                            .build());
        }
        if (print.isJson()) {
            print.raw(all);
        } else {
            show(all);
        }
    }

    private void show(JsonObject all) {
        print.line("%s  counts since %s, runs since %s%n"
                .formatted(all.getString("server"), all.getString("since", "-"), all.getString("runsSince", "-")));
        JsonObject mail = all.getJsonObject("mail");
        print.line("%-12s %12s %12s %12s %12s %12s %12s"
                .formatted("Mail", "received", "received", "stored", "queued", "queued", "sent"));
        print.line("%-12s %12s %12s %12s %12s %12s %12s"
                .formatted("", "local", "remote", "local", "local", "remote", "remote"));
        row("Messages", mail, "messages");
        row("KB", mail, "octets");
        row("Recipients", mail, "recipients");
        for (String group : List.of("connections", "trouble", "spam", "virus")) {
            print.line("");
            all.getJsonObject(group)
                    .forEach((name, value) -> print.line("%-24s %12s"
                            .formatted(words(name), value instanceof JsonNumber number ? number : "not counted")));
        }
        print.line("");
        List<JsonNumber> stages = all.getJsonArray("stages").getValuesAs(JsonNumber.class);
        for (int stage = 0; stage < stages.size(); stage++) {
            print.line("%-24s %12s".formatted("Queue at stage " + stage, stages.get(stage)));
        }
    }

    private void row(String label, JsonObject mail, String what) {
        var line = new StringBuilder("%-12s".formatted(label));
        for (String way : List.of(
                "ReceivedLocal", "ReceivedRemote", "StoredLocal", "QueuedLocal", "QueuedRemote", "SentRemote")) {
            line.append(
                    " %12s".formatted(mail.get(what + way) instanceof JsonNumber number ? shown(what, number) : "-"));
        }
        print.line(line.toString());
    }

    private static String shown(String what, JsonNumber number) {
        return Long.toString(what.equals("octets") ? (number.longValue() + 1023) / 1024 : number.longValue());
    }

    /** "wrongPasswords" as "wrong passwords". */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(java.util.Locale.ROOT);
    }
}
