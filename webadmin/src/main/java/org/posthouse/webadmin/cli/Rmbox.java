package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.Console;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code posthouse rmbox}: NetMail's RMBOX. Shows what is in mailboxes and removes them after a yes; who signs in must be
 * a Server Manager of their server.
 */
final class Rmbox {

    private final RestClient client;
    private final Print print;
    private String heir = "";

    Rmbox(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    /** Checks what the declaration of the command cannot say, before anyone signs in. */
    static void check(Arguments arguments) {
        boolean named = arguments.operands().size() > 1;
        if (arguments.has("--list") && named) {
            throw new Failure(Failure.USAGE, "--list takes no MAILBOX.");
        }
        if (!arguments.has("--list") && !named) {
            throw new Failure(Failure.USAGE, "MAILBOX is missing. To list set-aside mailboxes, add --list.");
        }
    }

    void run(Arguments arguments) {
        boolean dry = arguments.has("--dry-run");
        boolean sure = arguments.has("--yes");
        boolean list = arguments.has("--list");
        heir = arguments.text("--hand-over-to").orElse("");
        List<String> operands = arguments.operands();
        // Who is no administrator cannot look into the tree: the console finds the server by its name.
        String named = operands.getFirst();
        String server = named.contains("=") ? named : named.substring(named.lastIndexOf('/') + 1);
        if (list) {
            print.formerMailboxes(client.get("rmbox", Map.of("server", server)));
            return;
        }
        List<String> mailboxes = operands.subList(1, operands.size());
        JsonObject looked = ask(server, mailboxes, true);
        if (dry || isNothing(looked)) {
            print.mailboxes(looked);
            insist(looked);
            return;
        }
        if (!sure) {
            print.mailboxes(looked);
            confirm(mailboxes.size(), heir);
        }
        JsonObject removed = ask(server, mailboxes, false);
        print.mailboxes(removed);
        insist(removed);
    }

    private JsonObject ask(String server, List<String> mailboxes, boolean dry) {
        JsonObjectBuilder request = Json.createObjectBuilder()
                .add("server", server)
                .add("mailboxes", Json.createArrayBuilder(mailboxes))
                .add("dryRun", dry);
        if (!heir.isEmpty()) {
            request.add("handOverTo", heir);
        }
        return client.post("rmbox", request.build());
    }

    private static boolean isNothing(JsonObject looked) {
        return looked.getJsonArray("mailboxes").getValuesAs(JsonObject.class).stream()
                .allMatch(mailbox -> mailbox.containsKey("reason"));
    }

    private static void insist(JsonObject answer) {
        Optional<String> refused = answer.getJsonArray("mailboxes").getValuesAs(JsonObject.class).stream()
                .filter(mailbox -> mailbox.containsKey("reason"))
                .map(mailbox -> mailbox.getString("reason"))
                .findFirst();
        if (refused.isPresent()) {
            throw new Failure(Failure.REFUSED, refused.get());
        }
    }

    private static void confirm(int count, String heir) {
        String does = heir.isEmpty() ? "Remove %d for good?" : "Hand %d over to " + heir.replace("%", "%%") + "?";
        String word = heir.isEmpty() ? "remove" : "hand over";
        String typed = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(terminal -> terminal.readLine(does + " Type \"" + word + "\": ", count))
                .orElseThrow(() -> new Failure(
                        Failure.USAGE, "There is no terminal to ask at; say --yes, or look first with --dry-run"));
        if (!typed.strip().equals(word)) {
            throw new Failure(Failure.REFUSED, "Nothing was changed.");
        }
    }
}
