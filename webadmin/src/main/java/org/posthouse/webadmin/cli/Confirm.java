package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** {@code posthouse confirm}: keeps a change that can lock administrators out, or takes it back. */
final class Confirm {

    private final RestClient client;
    private final Print print;

    Confirm(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    void run(Arguments arguments) {
        boolean back = arguments.has("--back");
        List<String> operands = arguments.operands();
        if (back && operands.isEmpty()) {
            throw new Failure(Failure.USAGE, "--back needs the ID of the change.");
        }
        if (operands.isEmpty()) {
            print.confirmations(client.get("confirmations", Map.of()));
        } else if (back) {
            client.delete("confirmations/" + operands.getFirst(), Map.of());
            print.line("undone: " + operands.getFirst());
        } else {
            client.post(
                    "confirmations/" + operands.getFirst(),
                    Json.createObjectBuilder().build());
            print.line("kept: " + operands.getFirst());
        }
    }

    /** What {@code set} prints of a change that has to be confirmed. */
    static String notice(JsonObject confirm) {
        return "To be confirmed within " + confirm.getJsonNumber("seconds") + " seconds; otherwise it is undone:"
                + " posthouse confirm " + confirm.getString("id");
    }
}
