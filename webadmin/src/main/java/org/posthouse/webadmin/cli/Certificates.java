package org.posthouse.webadmin.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.posthouse.schema.commandline.CommandBuilder.command;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.commandline.CommandBuilder;

/** {@code posthouse certificate}: what the Security page does with a server's certificate, for scripts. */
final class Certificates {

    private final RestClient client;
    private final Print print;

    Certificates(RestClient client, Print print) {
        this.client = client;
        this.print = print;
    }

    static CommandBuilder declared() {
        CommandBuilder all = command("certificate", "Show, create, request, install, or remove a server's certificate.")
                .action(server("show", "Show the certificate.").flag("--pem", "Print it as PEM."))
                .action(named(server("self-signed", "Create a self-signed certificate."))
                        .option("--days", "N", "How long it is valid."))
                .action(named(server("request", "Create a key, and print a certificate request.")))
                .action(server("install", "Install a certificate.")
                        .repeated("FILE", "PEM or PKCS#12 files.", 1)
                        .option(
                                "--file-password-file",
                                "FILE",
                                "The file that contains the password of a PKCS#12 file."))
                .action(named(server("acme", "Get a certificate from an ACME authority, and renew it."))
                        .option("--contact", "MAIL", "Where the authority reaches you.")
                        .option("--directory", "URL", "The ACME directory of the authority.")
                        .option("--authorities", "FILE", "CA certificates (PEM) of that directory.")
                        .flag("--agree", "Agree to the terms of the authority."));
        List.of(
                        server("acme-stop", "Stop renewing over ACME."),
                        server("drop-request", "Drop the pending request."),
                        server("remove", "Remove the certificate."))
                .forEach(all::action);
        return all;
    }

    private static CommandBuilder server(String action, String description) {
        return command(action, description).operand("SERVER", "The messaging server.");
    }

    private static CommandBuilder named(CommandBuilder action) {
        return action.options("--name", "HOST", "A host name in the certificate.")
                .option("--key", "KIND", "ec or rsa.");
    }

    void run(Arguments arguments) {
        boolean pem = arguments.has("--pem");
        JsonObjectBuilder request = Json.createObjectBuilder();
        names(arguments, request);
        arguments.text("--key").ifPresent(key -> request.add("key", key));
        arguments.text("--contact").ifPresent(contact -> request.add("contact", listed(contact)));
        arguments.text("--directory").ifPresent(directory -> request.add("directory", listed(directory)));
        arguments.text("--authorities").ifPresent(file -> request.add("authorities", listed(text(file))));
        if (arguments.has("--agree")) {
            request.add("agree", true);
        }
        arguments.text("--days").ifPresent(days -> request.add("days", number(days)));
        arguments
                .text("--file-password-file")
                .ifPresent(file -> request.add("password", SignedIn.secret("--file-password-file", Path.of(file))));
        List<String> operands = arguments.operands();
        if (operands.isEmpty()) {
            throw new Failure(
                    Failure.USAGE,
                    "Name what to do: show, self-signed, request, install, acme, drop-request, remove, or acme-stop.");
        }
        String act = operands.getFirst();
        String server = new Objects(client, print).dn(operands.get(1));
        if (act.equals("show")) {
            show(client.get("certificates", Map.of("server", server)), pem);
            return;
        }
        upload(request, operands.subList(2, operands.size()));
        JsonObject done = client.post(
                "certificates", request.add("server", server).add("do", act).build());
        if (act.equals("request")) {
            print.certificateRequest(done);
        } else {
            show(done, pem);
        }
    }

    private static void names(Arguments arguments, JsonObjectBuilder request) {
        List<String> names = arguments.texts("--name");
        if (!names.isEmpty()) {
            request.add("names", Json.createArrayBuilder(names));
        }
    }

    private static JsonArrayBuilder listed(String text) {
        return Json.createArrayBuilder().add(text);
    }

    private static String text(String file) {
        return new String(content(file), ISO_8859_1);
    }

    private void show(JsonObject certificate, boolean pem) {
        if (pem) {
            print.line(certificate.getString("pem", "").strip());
        } else {
            print.certificate(certificate);
        }
    }

    // What looks like PEM goes as text; the console finds out what is in it.
    private static void upload(JsonObjectBuilder request, List<String> files) {
        JsonArrayBuilder pem = Json.createArrayBuilder();
        JsonArrayBuilder pkcs12 = Json.createArrayBuilder();
        for (String file : files) {
            byte[] content = content(file);
            String text = new String(content, ISO_8859_1);
            if (text.contains("-----BEGIN ")) {
                pem.add(text);
            } else {
                pkcs12.add(Base64.getEncoder().encodeToString(content));
            }
        }
        request.add("pem", pem).add("pkcs12", pkcs12);
    }

    private static byte[] content(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException unreadable) {
            throw new Failure(Failure.USAGE, file + " cannot be read");
        }
    }

    private static int number(String days) {
        try {
            return Integer.parseInt(days);
        } catch (NumberFormatException malformed) {
            throw new Failure(Failure.USAGE, "--days takes a number, not " + days);
        }
    }
}
