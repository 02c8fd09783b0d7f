package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import java.util.List;
import java.util.Map;

/** {@code posthouse host}: what runs on a host, and the command that lets another one join. */
final class Hosts {

    private final RestClient client;
    private final Print print;

    Hosts(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    void run(Arguments arguments) {
        List<String> operands = arguments.operands();
        if (operands.isEmpty()) {
            throw new Failure(Failure.USAGE, "Name what to do: show or invite.");
        }
        String place = new Objects(client, print).dn(operands.get(1));
        if (operands.getFirst().equals("show")) {
            print.host(client.get("hosts", Map.of("host", place)));
        } else {
            print.invitation(client.post(
                    "invitations", Json.createObjectBuilder().add("in", place).build()));
        }
    }
}
