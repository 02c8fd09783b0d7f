package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SECRET;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Names;
import org.posthouse.e2e.world.Ports;
import org.posthouse.e2e.world.Product;
import org.posthouse.e2e.world.Sink;

/** Each option of the SMTP Agent and of the server's identity, changed through the API and seen in an SMTP session. */
@ExtendWith(LogOnFailure.class)
class SmtpWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SMTP = agent("SMTP Agent");

    private final Product product = Installed.product();
    private final Api api = product.api();

    @Test
    @Witness("officialDomain")
    void aNewOfficialDomainIsInTheNextGreeting() {
        api.change(SERVER, "officialDomain", "renamed.example");
        try {
            Await.until(
                    "the greeting names renamed.example", SOON, () -> greeting().contains("renamed.example"));
        } finally {
            api.change(SERVER, "officialDomain", "example.com");
        }
        Await.until("the greeting names example.com", SOON, () -> greeting().contains("example.com"));
    }

    @Test
    @Witness("globalDomains")
    void aNewGlobalDomainIsTakenAndAForgottenOneIsRelayingDenied() {
        Await.until(
                "a strange domain is refused",
                SOON,
                () -> rcpt("admin@global.example").startsWith("5"));
        api.change(SMTP, "globalDomains", List.of("global.example"));
        Await.until(
                "the global domain is taken",
                SOON,
                () -> rcpt("admin@global.example").startsWith("250"));
        api.change(SMTP, "globalDomains", List.of());
        Await.until(
                "the domain is strange again",
                SOON,
                () -> rcpt("admin@global.example").startsWith("5"));
    }

    @Test
    @Witness("hostingDomains")
    void aHostingDomainGivesTheWholeAddressItsOwnMailbox() throws IOException {
        api.change(SMTP, "hostingDomains", List.of("hosted.example"));
        api.createUser(PEOPLE, "zoe@hosted.example", SECRET);
        Await.until(
                "the hosting domain is taken",
                SOON,
                () -> rcpt("zoe@hosted.example").startsWith("250"));
        Mail.send(product.port(25), "a@b.example", "zoe@hosted.example", "to the hosted one", "x");
        Await.until(
                "it is in the mailbox of the whole address",
                SOON,
                () -> Mail.inbox(product.port(143), "zoe@hosted.example", SECRET) == 1);
        api.change(SMTP, "hostingDomains", List.of());
    }

    @Test
    @Witness({"allowVrfy", "allowExpn"})
    void vrfyAndExpnAnswerOnlyWhereAllowed() {
        Await.until("VRFY is refused", SOON, () -> !command("VRFY admin").startsWith("250"));
        api.change(SMTP, "allowVrfy", JsonValue.TRUE);
        Await.until("VRFY tells", SOON, () -> command("VRFY admin").startsWith("250"));
        api.change(SMTP, "allowVrfy", JsonValue.FALSE);
        Await.until("VRFY is refused again", SOON, () -> !command("VRFY admin").startsWith("250"));
        String before = command("EXPN admin");
        api.change(SMTP, "allowExpn", JsonValue.TRUE);
        Await.until(
                "EXPN answers otherwise than " + before,
                SOON,
                () -> !command("EXPN admin").substring(0, 3).equals(before.substring(0, 3)));
        api.change(SMTP, "allowExpn", JsonValue.FALSE);
    }

    @Test
    @Witness("verifyAddresses")
    void anUnknownUserIsRefusedAtTheDoorOnlyWhenVerifying() {
        Await.until(
                "an unknown user is taken at first",
                SOON,
                () -> rcpt("nobody@example.com").startsWith("250"));
        api.change(SMTP, "verifyAddresses", JsonValue.TRUE);
        Await.until(
                "an unknown user is refused",
                SOON,
                () -> rcpt("nobody@example.com").startsWith("550"));
        Await.until("a known one is not", SOON, () -> rcpt("admin@example.com").startsWith("250"));
        api.change(SMTP, "verifyAddresses", JsonValue.FALSE);
    }

    @Test
    @Witness("maximumMessageSize")
    void theMessageLimitIsAnnouncedAndKept() {
        api.change(SMTP, "maximumMessageSize", Json.createValue(1));
        Await.until(
                "a message of 2 MB is refused by its size",
                SOON,
                () -> command("MAIL FROM:<a@b.example> SIZE=2000000").startsWith("552"));
        api.change(SMTP, "maximumMessageSize", Json.createValue(0));
        Await.until(
                "it is taken without a limit",
                SOON,
                () -> command("MAIL FROM:<a@b.example> SIZE=2000000").startsWith("250"));
    }

    @Test
    @Witness("acceptEtrn")
    void etrnIsAnsweredOnlyWhereAccepted() {
        api.change(SMTP, "acceptEtrn", JsonValue.FALSE);
        Await.until("ETRN is refused", SOON, () -> command("ETRN example.com").startsWith("502"));
        api.change(SMTP, "acceptEtrn", JsonValue.TRUE);
        Await.until("ETRN is accepted", SOON, () -> command("ETRN example.com").startsWith("25"));
        api.change(SMTP, "acceptEtrn", JsonValue.FALSE);
    }

    @Test
    @Witness({"relayHost", "sendEtrn"})
    void mailForOthersGoesThroughTheRelayHostWhichIsAskedForOurs() throws IOException {
        try (Sink sink = new Sink()) {
            api.changeApplied(SMTP, "sendEtrn", JsonValue.TRUE);
            api.changeApplied(SMTP, "relayHost", "[127.0.0.1]:" + sink.port());
            sendOutside("far@away.example");
            Await.until(
                    "the relay host has it",
                    SOON,
                    () -> sink.heard().stream().anyMatch(line -> line.startsWith("RCPT TO:<far@away.example>")));
            Await.until(
                    "it was asked for our mail",
                    SOON,
                    () -> sink.heard().stream().anyMatch(line -> line.startsWith("ETRN ")));
        } finally {
            api.change(SMTP, "sendEtrn", JsonValue.FALSE);
            api.change(SMTP, "relayHost", "");
        }
    }

    @Test
    @Witness("resolvers")
    void theServersOwnResolverIsAsked() throws IOException {
        try (Names names = new Names("127.0.53.1");
                Sink sink = new Sink()) {
            api.changeApplied(
                    SERVER,
                    "resolvers",
                    Json.createArrayBuilder(List.of("127.0.53.1")).build());
            api.changeApplied(SMTP, "relayHost", "relay.nowhere.example:" + sink.port());
            sendOutside("far@resolved.example");
            Await.until(
                    "the resolver was asked and the mail has arrived",
                    SOON,
                    () -> names.asked().stream().anyMatch(name -> name.startsWith("relay.nowhere.example"))
                            && sink.heard().stream()
                                    .anyMatch(line -> line.startsWith("RCPT TO:<far@resolved.example>")));
        } finally {
            api.change(SMTP, "relayHost", "");
            api.change(SERVER, "resolvers", List.of());
        }
    }

    @Test
    @Witness("port")
    void theAgentListensOnANewPortAndLeavesTheOldOne() throws IOException {
        int port = Ports.freeAt(product.port(0));
        api.change(SMTP, "port", Json.createValue(port));
        Await.until(
                "it greets on the new port",
                SOON,
                () -> Dialogue.greeting("127.0.0.1", product.port(port)).startsWith("220"));
        api.change(SMTP, "port", Json.createValue(25));
        Await.until("it greets on the old port again", SOON, () -> greeting().startsWith("220"));
    }

    @Test
    @Witness("postmaster")
    void mailForPostmasterGoesToTheUserWhoIsIt() throws IOException {
        api.createUser(PEOPLE, "paula", SECRET);
        api.change(SERVER, "postmaster", "cn=paula," + PEOPLE);
        try {
            Await.until("the next mail for postmaster is paula's", SOON, () -> {
                Mail.send(product.port(25), "a@b.example", "postmaster@example.com", "for the postmaster", "x");
                return Mail.inbox(product.port(143), "paula", SECRET) > 0;
            });
        } finally {
            api.change(SERVER, "postmaster", "cn=" + Product.ADMIN + "," + PEOPLE);
        }
    }

    private String greeting() throws IOException {
        return Dialogue.greeting("127.0.0.1", product.port(25));
    }

    private String command(String command) {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            return smtp.smtp(command);
        } catch (IOException broken) {
            throw new AssertionError(command, broken);
        }
    }

    private String rcpt(String address) throws IOException {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            smtp.smtp("MAIL FROM:<a@b.example>");
            return smtp.smtp("RCPT TO:<" + address + ">");
        }
    }

    private void sendOutside(String address) throws IOException {
        String plain = Base64.getEncoder()
                .encodeToString(("\0" + Product.ADMIN + "\0" + Product.PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            String signedIn = smtp.smtp("AUTH PLAIN " + plain);
            assertTrue(signedIn.startsWith("235"), signedIn);
            Mail.through(smtp, "admin@example.com", address, "outward", "x");
        }
    }
}
