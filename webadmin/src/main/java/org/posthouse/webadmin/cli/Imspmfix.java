package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * {@code posthouse imspmfix}: NetMail's IMSPMFIX. Gives a messaging server whose postmaster was deleted another one; it is
 * no longer of type Unknown then, and its agents start. Without operands it lists what needs repair.
 */
final class Imspmfix {

    private final RestClient client;
    private final Print print;

    Imspmfix(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    void run(Arguments arguments) {
        List<String> operands = arguments.operands();
        switch (operands.size()) {
            case 0 -> print.unknown(client.get("status", Map.of()));
            case 2 -> repair(operands.getFirst(), operands.getLast());
            default -> throw new Failure(Failure.USAGE, "POSTMASTER is missing.");
        }
    }

    private void repair(String named, String successor) {
        var objects = new Objects(client, print);
        String server = objects.dn(named);
        String postmaster = objects.dn(successor);
        JsonObject current = client.get("objects", Map.of("dn", server));
        if (!current.getString("kind").equals("MESSAGING_SERVER")) {
            throw new Failure(Failure.USAGE, named + " is no messaging server but a " + current.getString("label"));
        }
        if (current.getJsonArray("problems").isEmpty()) {
            throw new Failure(Failure.REFUSED, named + " has a postmaster; nothing needs repair");
        }
        print.object(client.patch(
                "objects",
                Map.of("dn", server),
                Json.createObjectBuilder()
                        .add("revision", current.getJsonNumber("revision"))
                        .add("options", Json.createObjectBuilder().add("postmaster", postmaster))
                        .build()));
    }
}
