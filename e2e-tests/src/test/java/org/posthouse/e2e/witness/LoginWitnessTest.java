package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SECRET;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Who may sign in without TLS, by SMTP, IMAP, and POP, and the port for mail programs, seen on the wire. */
@ExtendWith(LogOnFailure.class)
class LoginWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PLAIN = "AUTH PLAIN " + plain(Product.ADMIN, Product.PASSWORD);

    private final Product product = Installed.product();
    private final Api api = product.api();

    @Test
    @Witness("plainLoginLocal")
    void thisHostSignsInWithoutTlsOnlyWhereTheOptionAllowsIt() {
        for (String name : new String[] {"SMTP Agent", "IMAP Agent", "POP Agent"}) {
            api.change(agent(name), "plainLoginLocal", JsonValue.FALSE);
        }
        try {
            Await.until("SMTP refuses", SOON, () -> smtp("127.0.0.1").startsWith("538"));
            Await.until("IMAP refuses", SOON, () -> imap("127.0.0.1").contains("NO [PRIVACYREQUIRED]"));
            Await.until("POP refuses", SOON, () -> pop("127.0.0.1").startsWith("-ERR"));
        } finally {
            for (String name : new String[] {"SMTP Agent", "IMAP Agent", "POP Agent"}) {
                api.change(agent(name), "plainLoginLocal", JsonValue.TRUE);
            }
        }
        Await.until("SMTP admits", SOON, () -> smtp("127.0.0.1").startsWith("235"));
        Await.until("IMAP admits", SOON, () -> imap("127.0.0.1").contains("OK"));
        Await.until("POP admits", SOON, () -> pop("127.0.0.1").startsWith("+OK"));
    }

    @Test
    @Witness("plainLoginRemote")
    void anotherHostSignsInWithoutTlsOnlyWhereTheOptionAllowsIt() throws SocketException {
        Optional<String> own = addressBesideLoopback();
        assumeTrue(own.isPresent(), "this machine has loopback alone");
        String here = own.get();
        api.change(SERVER, "ipAddress", here);
        api.change(SERVER, "forceBind", JsonValue.TRUE);
        try {
            allowOthers("refused");
            Await.until("SMTP refuses " + here, SOON, () -> smtp(here).startsWith("538"));
            Await.until("IMAP refuses", SOON, () -> imap(here).contains("NO [PRIVACYREQUIRED]"));
            Await.until("POP refuses", SOON, () -> pop(here).startsWith("-ERR"));
            allowOthers("allowed");
            Await.until("SMTP admits", SOON, () -> smtp(here).startsWith("235"));
            Await.until("IMAP admits", SOON, () -> imap(here).contains("OK"));
            Await.until("POP admits", SOON, () -> pop(here).startsWith("+OK"));
        } finally {
            allowOthers("refused");
            api.change(SERVER, "forceBind", JsonValue.FALSE);
        }
        Await.until("back at loopback", SOON, () -> smtp("127.0.0.1").startsWith("235"));
    }

    @Test
    @Witness("submissionPort")
    void theSubmissionPortTakesMailOnlyFromUsersAndCanBeClosed() throws IOException {
        String smtp = agent("SMTP Agent");
        api.createUser(PEOPLE, "sally", SECRET);
        Await.until("a new agent listens there", SOON, () -> Dialogue.greets("127.0.0.1", product.port(587), "220"));
        try (Dialogue session = Dialogue.with("127.0.0.1", product.port(587))) {
            session.reply();
            session.smtp("EHLO client.example");
            assertTrue(session.smtp("MAIL FROM:<a@b.example>").startsWith("530"));
            assertTrue(session.smtp("AUTH PLAIN " + plain("sally", SECRET)).startsWith("235"));
            assertTrue(session.smtp("MAIL FROM:<sally@example.com>").startsWith("250"));
        }
        api.change(smtp, "submissionPort", Json.createValue(0));
        Await.until("it is closed", SOON, () -> !Dialogue.greets("127.0.0.1", product.port(587), ""));
        api.change(smtp, "submissionPort", Json.createValue(587));
        Await.until("it is open", SOON, () -> Dialogue.greets("127.0.0.1", product.port(587), "220"));
    }

    private void allowOthers(String value) {
        for (String name : new String[] {"SMTP Agent", "IMAP Agent", "POP Agent"}) {
            api.change(agent(name), "plainLoginRemote", value);
        }
    }

    private static Optional<String> addressBesideLoopback() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    private String smtp(String host) throws IOException {
        try (Dialogue session = Dialogue.with(host, product.port(25))) {
            session.reply();
            session.smtp("EHLO client.example");
            return session.smtp(PLAIN);
        }
    }

    private String imap(String host) throws IOException {
        try (Dialogue session = Dialogue.with(host, product.port(143))) {
            session.line();
            return String.join("\n", session.imap("a", "LOGIN " + Product.ADMIN + " \"" + Product.PASSWORD + "\""));
        }
    }

    private String pop(String host) throws IOException {
        try (Dialogue session = Dialogue.with(host, product.port(110))) {
            session.line();
            session.say("USER " + Product.ADMIN).line();
            return session.say("PASS " + Product.PASSWORD).line();
        }
    }

    private static String plain(String name, String password) {
        return Base64.getEncoder().encodeToString(("\0" + name + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }
}
