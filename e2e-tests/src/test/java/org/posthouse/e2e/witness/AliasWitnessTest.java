package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LdapTool;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Alias objects: of users seen on the wire, of messaging servers seen in the console. */
@ExtendWith(LogOnFailure.class)
class AliasWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ACME = "o=Acme,dc=posthouse";
    private static final String SERVICES = "o=Internet Services,dc=posthouse";

    private static final Product PRODUCT = Installed.product();
    private static final Api API = PRODUCT.api();

    @BeforeAll
    static void verify() {
        API.change(agent("SMTP Agent"), "verifyAddresses", JsonValue.TRUE);
    }

    @AfterAll
    static void verifyNoMore() {
        API.change(agent("SMTP Agent"), "verifyAddresses", JsonValue.FALSE);
    }

    @Test
    @Witness("target")
    void mailToAnAliasObjectGoesToTheUserItPointsAt() throws IOException {
        API.createUser(PEOPLE, "alba", Installed.SECRET);
        API.createUser(PEOPLE, "bela", Installed.SECRET);
        String alias = alias(PEOPLE, "second-name", "cn=alba," + PEOPLE);
        int sent = sendUntilItReaches("alba", 0);
        API.change(alias, "target", "cn=bela," + PEOPLE);
        int all = sendUntilItReaches("bela", sent);
        Await.until("what was sent meanwhile has arrived", SOON, () -> inbox("alba") + inbox("bela") == all);
        int before = inbox("alba");
        sendToTheAlias();
        Await.until("the next one is there", SOON, () -> inbox("alba") + inbox("bela") == all + 1);
        assertEquals(before, inbox("alba"));
    }

    // Of aliases no engine says which revision it has applied, so mail sent right after Save may take the old way.
    private static int sendUntilItReaches(String user, int before) {
        var sent = new AtomicInteger(before);
        Await.until(user + " has a message", SOON, () -> {
            sendToTheAlias();
            sent.incrementAndGet();
            return inbox(user) > 0;
        });
        return sent.get();
    }

    private static void sendToTheAlias() throws IOException {
        Mail.send(PRODUCT.port(25), "friend@else.example", "second-name@example.com", "to the alias", "x");
    }

    @Test
    void anAliasThatLeadsNowhereIsRefusedWithTheReason() {
        API.createUser(PEOPLE, "brief", Installed.SECRET);
        alias(PEOPLE, "lost", "cn=brief," + PEOPLE);
        Await.until("it leads to its user", SOON, () -> rcpt("lost").startsWith("250"));
        Api.Answer needed = API.delete("cn=brief," + PEOPLE);
        assertEquals(409, needed.code(), needed.text());
        assertTrue(needed.text().contains("brief is the Target of lost"), needed.text());
        new LdapTool(PRODUCT).delete("cn=brief," + PEOPLE);
        Await.until(
                "the reason is told",
                SOON,
                () -> rcpt("lost")
                        .equals("550 5.1.1 User Not Found: this alias points to an object that does not exist"));
        Api.Answer again = API.tryChange("cn=lost," + PEOPLE, "target", Json.createValue("cn=lost," + PEOPLE));
        assertEquals(422, again.code());
        assertTrue(again.text().contains("is an Alias, which cannot be selected here"), again.text());
        API.delete("cn=lost," + PEOPLE).insist(204);
    }

    @Test
    void aServerOutsideInternetServicesIsSeenAfterOneClick() {
        JsonObject first = API.object(Installed.SERVER).getJsonObject("options");
        API.create(Json.createObjectBuilder()
                .add("kind", "MESSAGING_SERVER")
                .add("parent", ACME)
                .add("name", "apart")
                .add(
                        "options",
                        Json.createObjectBuilder()
                                .add("hostServer", first.getString("hostServer"))
                                .add("postmaster", first.getString("postmaster"))
                                .add("officialDomain", "apart.example"))
                .build());
        String apart = "ou=apart," + ACME;
        try (Browser browser = new Browser(PRODUCT.url(), 1360, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open("/object?dn=" + Api.quoted(Installed.SERVER));
            browser.seen("[data-neighbour=apart][data-seen=false][data-sees=true]");
            browser.open("/object?dn=" + Api.quoted(apart)).seen("[data-unseen]");
            browser.click("#neighbours\\:alias");
            browser.seen("[data-neighbour=mail1][data-seen=true][data-sees=true]");
            browser.open("/object?dn=" + Api.quoted("cn=apart," + SERVICES));
            browser.seen("[data-target^='ou=apart']");
            API.change(apart, "distributedProcessing", JsonValue.FALSE);
            browser.open("/object?dn=" + Api.quoted(apart));
            browser.seen("#head [data-alone]");
            browser.seen("[data-neighbour=mail1][data-seen=false][data-sees=true]");
            assertEquals(409, API.delete(apart).code(), "the alias still points at it");
            new LdapTool(PRODUCT).delete(apart);
            Await.until(
                    "the page of the alias says that it leads nowhere",
                    SOON,
                    () -> browser.open("/object?dn=" + Api.quoted("cn=apart," + SERVICES))
                            .has("[data-dangling]"));
            API.delete("cn=apart," + SERVICES).insist(204);
        }
    }

    private static String alias(String container, String name, String target) {
        return API.create(Json.createObjectBuilder()
                        .add("kind", "ALIAS")
                        .add("parent", container)
                        .add("name", name)
                        .add("options", Json.createObjectBuilder().add("target", target))
                        .build())
                .getString("dn");
    }

    private static int inbox(String user) throws IOException {
        return Mail.inbox(PRODUCT.port(143), user, Installed.SECRET);
    }

    private static String rcpt(String user) throws IOException {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", PRODUCT.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            smtp.smtp("MAIL FROM:<a@b.example>");
            return smtp.smtp("RCPT TO:<" + user + "@example.com>");
        }
    }
}
