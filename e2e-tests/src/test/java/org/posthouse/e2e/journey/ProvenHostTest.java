package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Authority;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Names;
import org.posthouse.e2e.world.Product;
import org.posthouse.e2e.world.Sink;

/** Mail to a host whose owner announces its certificate in the DNS. */
@ExtendWith(LogOnFailure.class)
class ProvenHostTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SMTP = agent("SMTP Agent");
    private static final String HOST = "relay.proven.example";
    private static final String RESOLVER = "127.0.53.30";

    private final Product product = Installed.product();
    private final Api api = product.api();

    @BeforeEach
    void mayUseTls() {
        var names = Json.createObjectBuilder().add("names", Json.createArrayBuilder(List.of("mail.example.com")));
        api.certificate(SERVER, "self-signed", names.build()).insist(200);
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        api.change(SERVER, "resolvers", List.of(RESOLVER));
    }

    @AfterEach
    void asBefore() {
        api.change(SMTP, "relayHost", "");
        api.change(SERVER, "resolvers", List.of());
        api.change(SERVER, "sslAndTls", JsonValue.FALSE);
        api.certificate(SERVER, "remove", JsonValue.EMPTY_JSON_OBJECT).insist(200);
    }

    @Test
    void theRightHostGetsTheMailAndAnotherDoesNot() throws IOException, GeneralSecurityException {
        var right = Authority.pair();
        var authority = new Authority(Clock.systemUTC());
        byte[] announced =
                MessageDigest.getInstance("SHA-256").digest(right.getPublic().getEncoded());
        try (var names = new Names(RESOLVER);
                var other = new Sink(authority.server());
                var sink = new Sink(authority.server(right))) {
            names.announces(HOST, other.port(), announced).announces(HOST, sink.port(), announced);
            long refused = figure("trouble", "outgoingInsecure");
            api.change(SMTP, "relayHost", HOST + ":" + other.port());
            Await.until("the other host is refused", SOON, () -> {
                sendOutside("one@far.example");
                return figure("trouble", "outgoingInsecure") > refused;
            });
            assertTrue(other.heard().stream().noneMatch(line -> line.startsWith("MAIL")), "it got a mail");
            Await.until("the log says why", SOON, () -> log().contains("451 4.7.5 DANE: its certificate is not"));

            long proven = figure("connections", "outgoingDane");
            api.change(SMTP, "relayHost", HOST + ":" + sink.port());
            Await.until("the right one has the mail", SOON, () -> {
                sendOutside("two@far.example");
                return sink.heard().contains("RCPT TO:<two@far.example>");
            });
            Await.until("it is counted", SOON, () -> figure("connections", "outgoingDane") > proven);
        }
    }

    private long figure(String group, String name) {
        return api.get("/statistics?server=" + Api.quoted(SERVER))
                .getJsonObject(group)
                .getInt(name);
    }

    private String log() throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.walk(product.home().resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private void sendOutside(String address) throws IOException {
        String plain = Base64.getEncoder()
                .encodeToString(("\0" + Product.ADMIN + "\0" + Product.PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            Mail.insist(smtp.reply(), "220");
            Mail.insist(smtp.smtp("EHLO client.example"), "250");
            Mail.insist(smtp.smtp("AUTH PLAIN " + plain), "235");
            Mail.through(smtp, "admin@example.com", address, "outward", "x");
        }
    }
}
