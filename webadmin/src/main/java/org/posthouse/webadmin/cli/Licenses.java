package org.posthouse.webadmin.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code posthouse license}: shows what a messaging server may run, and installs a licence file. */
final class Licenses {

    private final RestClient client;
    private final Print print;

    Licenses(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    void run(Arguments arguments) {
        List<String> operands = arguments.operands();
        String act = operands.isEmpty() ? "" : operands.getFirst();
        if (act.isEmpty()) {
            throw new Failure(Failure.USAGE, "Name what to do: show, install, or remove.");
        }
        String server = new Objects(client, print).dn(operands.get(1));
        switch (act) {
            case "install" -> save(server, text(operands.get(2)));
            case "remove" -> save(server, "");
            default -> {
                // It is shown in any case.
            }
        }
        print.license(client.get("licenses", Map.of("server", server)));
    }

    private void save(String server, String licence) {
        JsonObject current = client.get("objects", Map.of("dn", server));
        client.patch(
                "objects",
                Map.of("dn", server),
                Json.createObjectBuilder()
                        .add("revision", current.getJsonNumber("revision"))
                        .add("options", Json.createObjectBuilder().add("license", licence))
                        .build());
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw new Failure(Failure.USAGE, file + " cannot be read as text");
        }
    }
}
