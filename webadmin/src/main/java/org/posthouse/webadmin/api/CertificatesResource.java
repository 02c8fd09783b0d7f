package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.certificate.Upload;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.certificate.Particulars;
import org.posthouse.webadmin.certificate.ServerCertificate;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Pulse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates of messaging servers. Private keys are taken, never given. */
@Path("/certificates")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CertificatesResource {

    private static final Logger LOG = LoggerFactory.getLogger(CertificatesResource.class);

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private Caller caller;

    @Inject
    private ChangeServices changeServices;

    /** The certificate of a server, and the request that waits for an answer. */
    @GET
    public JsonObject get(@QueryParam("server") @DefaultValue("") String server) {
        return shown(ServerCertificate.of(changeServices.by(installed.directory(), ""), Place.of(server)));
    }

    /**
     * {@code {"server", "do"}} with "self-signed" ({@code names, key, days}), "request" ({@code names, key}), "install"
     * ({@code pem} or {@code pkcs12} in Base64, each a list, and {@code password}), "drop-request", "remove", "acme"
     * ({@code names, contact, directory, authorities} in PEM, {@code agree}; what is left out stays as it is) or
     * "acme-stop".
     */
    @POST
    public JsonObject act(JsonObject request) {
        Place server = Place.of(Wish.text(request, "server"));
        ChangeService changes = changeServices.by(caller.directory(), caller.name());
        Entry saved = done(ServerCertificate.of(changes, server), request);
        LOG.info("{} did \"{}\" with the certificate of {}", caller.name(), Wish.text(request, "do"), server);
        return shown(ServerCertificate.of(changes, saved));
    }

    private Entry done(ServerCertificate certificate, JsonObject request) {
        Instant now = installed.clock().instant();
        return switch (Wish.text(request, "do")) {
            case "self-signed" ->
                certificate.makeSelfSigned(names(certificate, request), key(request), days(request), now);
            case "request" -> certificate.makeRequest(names(certificate, request), key(request));
            case "install" -> certificate.install(upload(request), now);
            case "drop-request" -> certificate.dropRequest();
            case "remove" -> certificate.remove();
            case "acme" -> certificate.ask(acme(request), now);
            case "acme-stop" -> certificate.stopAsking();
            default ->
                throw new IllegalArgumentException(
                        "\"do\" must be one of self-signed, request, install, drop-request, remove, acme, acme-stop");
        };
    }

    private List<String> names(ServerCertificate certificate, JsonObject request) {
        List<String> given = Wish.list(request, "names");
        return given.isEmpty() ? certificate.proposedNames() : given;
    }

    private static Map<String, List<String>> acme(JsonObject request) {
        var options = new LinkedHashMap<String, List<String>>();
        Map.of(
                        "names", "acmeNames",
                        "contact", "acmeContact",
                        "directory", "acmeDirectory",
                        "authorities", "acmeAuthorities")
                .forEach((member, option) -> {
                    if (request.containsKey(member)) {
                        options.put(option, Wish.list(request, member));
                    }
                });
        if (request.containsKey("agree")) {
            options.put("acmeTermsAgreed", List.of(String.valueOf(request.getBoolean("agree"))));
        }
        return options;
    }

    private static KeyKind key(JsonObject request) {
        return switch (Wish.text(request, "key").toUpperCase(Locale.ROOT)) {
            case "", "EC" -> KeyKind.EC;
            case "RSA" -> KeyKind.RSA;
            default -> throw new IllegalArgumentException("\"key\" must be EC or RSA");
        };
    }

    private static int days(JsonObject request) {
        return request.get("days") instanceof JsonNumber number ? number.intValueExact() : ServerCertificate.DAYS;
    }

    private static Upload upload(JsonObject request) {
        String password = Wish.text(request, "password");
        var files = new ArrayList<byte[]>();
        Wish.list(request, "pem").forEach(text -> files.add(text.getBytes(StandardCharsets.UTF_8)));
        Wish.list(request, "pkcs12").forEach(text -> files.add(decoded(text)));
        return files.stream()
                .map(file -> Upload.read(file, password))
                .reduce(Upload::with)
                .orElseThrow(() -> new NotUsable("Nothing was uploaded. Specify \"pem\" or \"pkcs12\"."));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("\"pkcs12\" must be the file in Base64", malformed);
        }
    }

    private JsonObject shown(ServerCertificate certificate) {
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("server", certificate.server().place().toString())
                .add("revision", certificate.server().revision())
                .add("request", certificate.request().orElse(""))
                .add("installed", certificate.chain().isPresent());
        certificate.chain().ifPresent(chain -> {
            Particulars of = Particulars.of(chain, installed.clock().instant());
            text.add("subject", of.subject())
                    .add("names", Json.createArrayBuilder(of.names()))
                    .add("issuer", of.issuer())
                    .add("selfSigned", of.selfSigned())
                    .add("from", of.from().toString())
                    .add("until", of.until().toString())
                    .add("daysLeft", of.daysLeft())
                    .add("key", of.key())
                    .add("fingerprint", of.fingerprint())
                    .add("pem", chain.pem());
        });
        return text.add("acme", acme(certificate)).build();
    }

    private JsonObjectBuilder acme(ServerCertificate certificate) {
        Optional<Board.Acme> seen = pulse.server(certificate.server().place()).flatMap(Board.Server::acme);
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("issued", certificate.isFromAcme())
                .add("asked", certificate.acme().asked().map(Instant::toString).orElse(""))
                .add("state", seen.map(Board.Acme::state).orElse(""))
                .add("reason", seen.map(Board.Acme::reason).orElse(""));
        seen.flatMap(Board.Acme::since).ifPresent(since -> text.add("since", since.toString()));
        seen.flatMap(Board.Acme::next).ifPresent(next -> text.add("next", next.toString()));
        return text;
    }
}
