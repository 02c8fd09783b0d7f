package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SECRET;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Options of server, store and users, changed through the API and seen outside. */
@ExtendWith(LogOnFailure.class)
class ServerWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String NMAP = agent("NMAP Agent");

    private final Product product = Installed.product();
    private final Api api = product.api();

    @Test
    @Witness({"ipAddress", "forceIpAddress", "forceBind"})
    void aForcedAddressIsTheOnlyOneTheAgentsListenOn() {
        api.change(SERVER, "ipAddress", "127.0.0.7");
        api.change(SERVER, "forceIpAddress", JsonValue.TRUE);
        api.change(SERVER, "forceBind", JsonValue.TRUE);
        try {
            Await.until("SMTP greets at 127.0.0.7", SOON, () -> greets("127.0.0.7", 25, "220"));
            Await.until("and not at 127.0.0.1", SOON, () -> !greets("127.0.0.1", 25, "220"));
            Await.until("IMAP greets at 127.0.0.7", SOON, () -> greets("127.0.0.7", 143, "* OK"));
            Await.until("POP greets at 127.0.0.7", SOON, () -> greets("127.0.0.7", 110, "+OK"));
            Await.until("NMAP greets at 127.0.0.7", SOON, () -> greets("127.0.0.7", 689, "4242"));
            for (int port : new int[] {143, 110, 689}) {
                Await.until(port + " is closed at 127.0.0.1", SOON, () -> !greets("127.0.0.1", port, ""));
            }
        } finally {
            api.change(SERVER, "forceBind", JsonValue.FALSE);
            api.change(SERVER, "forceIpAddress", JsonValue.FALSE);
        }
        Await.until("SMTP greets at 127.0.0.1 again", SOON, () -> greets("127.0.0.1", 25, "220"));
        Await.until("IMAP greets at 127.0.0.1 again", SOON, () -> greets("127.0.0.1", 143, "* OK"));
    }

    @Test
    @Witness("enabled")
    void anAgentThatIsDisabledAndStoppedStaysDown() {
        String pop = agent("POP Agent");
        Await.until("POP greets", SOON, () -> greets("127.0.0.1", 110, "+OK"));
        api.change(pop, "enabled", JsonValue.FALSE);
        assertTrue(greets("127.0.0.1", 110, "+OK"), "NetMail: a running agent goes on until it is stopped");
        api.command(SERVER, "POP_AGENT", "stop").insist(200);
        Await.until("POP is gone", SOON, () -> !greets("127.0.0.1", 110, "+OK"));
        api.change(pop, "enabled", JsonValue.TRUE);
        api.command(SERVER, "POP_AGENT", "start").insist(200);
        Await.until("POP greets again", SOON, () -> greets("127.0.0.1", 110, "+OK"));
    }

    @Test
    @Witness("enabled")
    void aDisabledUserHasNoMailboxToTheOutside() throws IOException {
        String user = api.createUser(PEOPLE, "dora", SECRET).getString("dn");
        Mail.signedIn(product.port(143), "dora", SECRET).close();
        api.change(user, "enabled", JsonValue.FALSE);
        Await.until("dora cannot sign in", SOON, () -> !signsIn("dora"));
        api.change(user, "enabled", JsonValue.TRUE);
        Await.until("dora can sign in again", SOON, () -> signsIn("dora"));
    }

    @Test
    @Witness("contexts")
    void usersOfAContainerAreKnownOnlyWhileItIsManaged() {
        api.create(Json.createObjectBuilder()
                .add("kind", "ORGANIZATIONAL_UNIT")
                .add("parent", "o=Acme,dc=posthouse")
                .add("name", "branch")
                .build());
        String branch = "ou=branch,o=Acme,dc=posthouse";
        api.createUser(branch, "berta", SECRET);
        assertTrue(!signsIn("berta"), "a sub-container is not managed by itself");
        api.change(NMAP, "contexts", List.of(PEOPLE, branch));
        Await.until("berta is known", SOON, () -> signsIn("berta"));
        api.change(NMAP, "contexts", List.of(PEOPLE));
        Await.until("berta is unknown again", SOON, () -> !signsIn("berta"));
    }

    @Test
    @Witness("minimumSpace")
    void belowTheMinimumSpaceNoMailIsTaken() {
        api.change(NMAP, "minimumSpace", Json.createValue(1_000_000_000));
        try {
            Await.until("mail is refused for now", SOON, () -> outcome().startsWith("4"));
        } finally {
            api.change(NMAP, "minimumSpace", Json.createValue(2048));
        }
        Await.until("mail is taken again", SOON, () -> outcome().startsWith("250"));
    }

    @Test
    @Witness("messageStore")
    void anotherMessageStoreIsBegunWhereTheOptionSays() throws IOException {
        Mail.send(product.port(25), "a@b.example", "admin@example.com", "in the first store", "x");
        api.changeApplied(NMAP, "messageStore", "second-store");
        Await.until("mail lands in the second store", Duration.ofSeconds(20), () -> {
            Mail.send(product.port(25), "a@b.example", "admin@example.com", "in the second store", "x");
            return !Mail.subjects(product.port(143), Product.ADMIN, Product.PASSWORD, "second store")
                    .isEmpty();
        });
        try (var folders = Files.walk(product.home())) {
            assertTrue(folders.anyMatch(path -> path.getFileName().toString().equals("second-store")));
        }
        api.changeApplied(NMAP, "messageStore", "store");
        Await.until(
                "the first mail is there again",
                Duration.ofSeconds(20),
                () -> !Mail.subjects(product.port(143), Product.ADMIN, Product.PASSWORD, "first store")
                        .isEmpty());
    }

    @Test
    @Witness({"connectionManagerEnabled", "connectionManager"})
    void aConnectionManagerThatRunsNowhereCannotBeSwitchedOn() {
        var refused = api.tryChange(SERVER, "connectionManagerEnabled", JsonValue.TRUE);
        assertEquals(422, refused.code(), refused.text());
    }

    @Test
    @Witness({"givenName", "lastName", "description"})
    void whatDescribesAUserIsReadBackAsWritten() {
        String user = api.createUser(PEOPLE, "O'Neil {Tim} & +#=$", SECRET).getString("dn");
        api.change(user, "givenName", "Tim <script>alert(1)</script>");
        api.change(user, "lastName", "Ó Néill, \"Söhne\" & <b>+#");
        api.change(user, "description", List.of("#{7*7}", "two"));
        var options = api.object(user).getJsonObject("options");
        assertEquals("Tim <script>alert(1)</script>", options.getString("givenName"));
        assertEquals("Ó Néill, \"Söhne\" & <b>+#", options.getString("lastName"));
        assertEquals(2, options.getJsonArray("description").size());
        api.delete(user).insist(204);
    }

    private boolean greets(String address, int wellKnown, String greeting) {
        return Dialogue.greets(address, product.port(wellKnown), greeting);
    }

    private boolean signsIn(String user) {
        try (Dialogue imap = Dialogue.with("127.0.0.1", product.port(143))) {
            imap.line();
            return imap.imap("a1", "LOGIN " + user + " \"" + SECRET + "\"")
                    .getLast()
                    .startsWith("a1 OK");
        } catch (IOException broken) {
            throw new AssertionError(user, broken);
        }
    }

    private String outcome() throws IOException {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            String reply = smtp.smtp("MAIL FROM:<a@b.example>");
            if (!reply.startsWith("250")) {
                return reply;
            }
            reply = smtp.smtp("RCPT TO:<admin@example.com>");
            if (!reply.startsWith("250")) {
                return reply;
            }
            smtp.smtp("DATA");
            return smtp.smtp("Subject: space\r\n\r\nx\r\n.");
        }
    }
}
