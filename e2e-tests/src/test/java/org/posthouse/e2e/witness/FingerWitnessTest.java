package org.posthouse.e2e.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Applied;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** The Finger Agent, which no server has unless somebody creates it, on the wire and on its page. */
@ExtendWith(LogOnFailure.class)
class FingerWitnessTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String FINGER = agent("Finger Agent");

    private static final Product PRODUCT = Installed.product();
    private static final Api API = PRODUCT.api();

    @BeforeAll
    static void create() {
        assertThrows(IOException.class, () -> ask("fiona"), "no agent listens before one is created");
        API.createUser(PEOPLE, "fiona", Installed.SECRET);
        API.create(Json.createObjectBuilder()
                .add("kind", "FINGER_AGENT")
                .add("parent", SERVER)
                .build());
        Applied.await(API, FINGER);
        Await.until("it answers", SOON, () -> ask("fiona").equals("fiona: no such name is listed\r\n"));
    }

    @AfterAll
    static void delete() {
        API.delete(FINGER).insist(204);
        API.delete("cn=fiona," + PEOPLE).insist(204);
    }

    private static String ask(String name) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PRODUCT.port(79))) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write((name + "\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    @Witness("fingerNames")
    void theAgentTellsOfListedNamesWhetherMailIsWaiting() throws IOException {
        API.change(FINGER, "fingerNames", List.of("fiona"));
        Await.until("she is listed", SOON, () -> ask("fiona").contains("Login: fiona"));
        assertEquals("admin: no such name is listed\r\n", ask("admin"));
        Mail.send(PRODUCT.port(25), "friend@else.example", "fiona@example.com", "are you there", "x");
        Await.until("mail is waiting", SOON, () -> ask("fiona").contains("Mail is waiting."));
        API.change(FINGER, "fingerNames", List.of());
        Await.until("she is listed no more", SOON, () -> ask("fiona").contains("no such name is listed"));
    }

    @Test
    void itsPageIsDrawnFromItsRecord() {
        try (var browser = new Browser(PRODUCT.url(), 1280, 1200)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open("/object?dn=" + Api.quoted(FINGER) + "&page=finger-options");
            browser.seen("section.card h2", "Listed users");
            browser.type("#panel\\:fingerNames", "nobody-yet").click("#panel\\:fingerNames-add");
            browser.seen("[data-value=nobody-yet]");
            browser.click("#panel\\:save").seen("[data-following=settled]", SOON);
            Await.until(
                    "it is saved",
                    SOON,
                    () -> API.object(FINGER)
                            .getJsonObject("options")
                            .getJsonArray("fingerNames")
                            .toString()
                            .contains("nobody-yet"));
            assertEquals(List.of(), browser.complaints());
        }
    }
}
