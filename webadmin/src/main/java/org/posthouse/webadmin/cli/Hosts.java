package org.posthouse.webadmin.cli;

import java.util.List;
import java.util.Map;

/** {@code posthouse host}: what runs on a host. */
final class Hosts {

    private static final String USAGE = "posthouse host show HOST";

    private final RestClient client;
    private final Print print;

    Hosts(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    void run(Arguments arguments) {
        List<String> operands = arguments.operands();
        if (operands.size() != 2 || !operands.getFirst().equals("show")) {
            throw new Failure(Failure.USAGE, USAGE);
        }
        String host = new Objects(client, print).dn(operands.get(1));
        print.host(client.get("hosts", Map.of("host", host)));
    }
}
