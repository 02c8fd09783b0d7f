package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;
import org.posthouse.e2e.world.Sink;

/** Server Status and the agents' Status: at the next start, as in NetMail, or now. */
@ExtendWith(LogOnFailure.class)
class StatusWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String IMAP = agent("IMAP Agent");
    private static final String POP = agent("POP Agent");

    private final Product product = Installed.product();
    private final Api api = product.api();

    @AfterEach
    void everythingRunsAgain() {
        for (String each : List.of(SERVER, IMAP, POP)) {
            change(each, JsonValue.TRUE, true, 0).insist(200);
        }
        Await.until("SMTP greets", SOON, () -> greets(25, "220"));
        Await.until("IMAP greets", SOON, () -> greets(143, "* OK"));
        Await.until("POP greets", SOON, () -> greets(110, "+OK"));
    }

    @Test
    @Witness("enabled")
    void aServerDisabledAtItsNextStartRunsOnUntilThen() {
        api.change(SERVER, "enabled", JsonValue.FALSE);
        Await.until("it says so", SOON, () -> server().getString("reason").contains("runs until its next start"));
        assertTrue(greets(25, "220"), "it takes new sessions");
        Api.Answer restart = api.command(SERVER, "", "restart");
        assertEquals(409, restart.code(), restart.text());
        assertTrue(greets(25, "220"), "what is disabled is not stopped by a restart that could not start it again");
        api.command(SERVER, "", "stop").insist(200);
        Await.until("it is disabled", SOON, () -> server().getString("state").equals("disabled"));
        api.change(SERVER, "enabled", JsonValue.TRUE);
        Await.until("it waits", SOON, () -> server().getString("reason").contains("starts with its engine"));
        assertTrue(!greets(25, "220"), "enabled is not started");
    }

    @Test
    @Witness("enabled")
    void aServerDrainedNowTakesNoNewSessionsAndLosesNoMail() throws IOException {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            smtp.smtp("MAIL FROM:<a@b.example>");
            JsonObject done = change(SERVER, JsonValue.FALSE, true, 600)
                    .insist(200)
                    .json()
                    .getJsonObject("now");
            assertEquals("", done.getString("reason"));
            Await.until("new sessions are refused", SOON, () -> !greets(25, "220") && !greets(143, "* OK"));
            Await.until(
                    "one is left",
                    SOON,
                    () -> server().getInt("sessions") == 1
                            && server().getString("state").equals("stopping"));
            assertTrue(server().containsKey("leavesAt"), server().toString());
            Mail.insist(smtp.smtp("RCPT TO:<admin@example.com>"), "250");
            Mail.insist(smtp.smtp("DATA"), "354");
            Mail.insist(smtp.smtp("Subject: last one\r\n\r\nx\r\n."), "250");
            smtp.smtp("QUIT");
        }
        Await.until("then it stops", SOON, () -> server().getString("state").equals("disabled"));
        change(SERVER, JsonValue.TRUE, true, 0).insist(200);
        Await.until(
                "the mail is there",
                SOON,
                () -> Mail.subjects(product.port(143), Product.ADMIN, Product.PASSWORD, "last one")
                                .size()
                        == 1);
    }

    @Test
    @Witness("enabled")
    void sessionsThatOutlastTheGraceAreEnded() throws IOException {
        try (Dialogue imap = Mail.signedIn(product.port(143), Product.ADMIN, Product.PASSWORD)) {
            change(IMAP, JsonValue.FALSE, true, 1).insist(200);
            assertTrue(imap.line().startsWith("* BYE"), "it says good-bye");
        }
        Await.until("then it is disabled", SOON, () -> agentState("IMAP_AGENT").equals("disabled"));
        assertTrue(greets(25, "220"), "the others run");
    }

    @Test
    void nowGoesOnlyWithTheSwitch() {
        Api.Answer refused = api.call(
                "PATCH",
                "/objects?dn=" + Api.quoted(SERVER),
                Json.createObjectBuilder()
                        .add("revision", api.object(SERVER).getJsonNumber("revision"))
                        .add("options", Json.createObjectBuilder().add("snmpName", "x"))
                        .add("now", true)
                        .build());
        assertEquals(422, refused.code(), refused.text());
    }

    @Test
    void theCommandLineDrainsAndStarts() throws IOException {
        cli("command drain 'Internet Services/mail1/POP Agent' --grace 0");
        Await.until("POP is gone", SOON, () -> !greets(110, "+OK"));
        cli("command start 'Internet Services/mail1/POP Agent'");
        Await.until("POP is back", SOON, () -> greets(110, "+OK"));
        cli("set 'Internet Services/mail1/POP Agent' enabled=false --now --grace 0");
        Await.until("POP is gone again", SOON, () -> agentState("POP_AGENT").equals("disabled"));
        cli("set 'Internet Services/mail1/POP Agent' enabled=true --now");
        Await.until("and back", SOON, () -> greets(110, "+OK"));
    }

    @Test
    @Witness("enabled")
    void thePageSaysWhatItWillDoAndShowsWhoIsLeft() throws IOException {
        try (Browser browser = new Browser(product.url(), 1360, 900);
                Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-status");
            browser.click("#panel\\:enabled");
            browser.seen("[data-change=enabled]", "runs until its next start");
            browser.click("#panel\\:when li:last-child input");
            browser.seen("[data-change=enabled]", "accepts no new sessions");
            browser.picture("status-drain-asked").click("#panel\\:save");
            browser.seen("#head [data-leaving]", "1 session left").picture("status-draining");
            smtp.smtp("QUIT");
            browser.seen("#head\\:state [data-state=disabled]");
            browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-status");
            browser.click("#panel\\:enabled").click("#panel\\:when li:last-child input");
            browser.seen("[data-change=enabled]", "start as soon as you save");
            browser.click("#panel\\:save").seen("#head\\:state [data-state=running]");
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void theStatisticsCountWhatHappensUnderNetMailsNames() throws IOException {
        // A message that an earlier test left in the queue may be counted meanwhile; then it is done again.
        Await.until("all of it is counted, and nothing else", SOON.multipliedBy(3), this::countsWhatHappens);
        JsonObject now = statistics();
        assertTrue(now.getJsonObject("virus").isNull("virusesFound"), "what nobody counts is not nought");
        assertEquals(10, now.getJsonArray("stages").size());
        assertTrue(now.getInt("uptime") >= 0, now.toString());
        Await.until(
                "and stands in the history of the hour",
                SOON,
                () -> statistics().getJsonArray("hour").getValuesAs(JsonObject.class).stream()
                                .mapToInt(bar -> bar.getInt("received"))
                                .sum()
                        > 0);
        String printed = cli("stat 'Internet Services/mail1'");
        assertTrue(printed.contains("wrong passwords") && printed.contains("not counted"), printed);
        cli("stat 'Internet Services/mail1' --reset");
        Await.until(
                "the figures begin anew",
                SOON,
                () -> statistics().getJsonObject("spam").getInt("routingDenied") == 0);
    }

    private boolean countsWhatHappens() throws IOException {
        JsonObject before = statistics();
        Mail.send(product.port(25), "friend@else.example", "admin@example.com", "counted", "x");
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25));
                Dialogue imap = Dialogue.with("127.0.0.1", product.port(143))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            smtp.smtp("MAIL FROM:<a@b.example>");
            Mail.insist(smtp.smtp("RCPT TO:<someone@elsewhere.example>"), "550");
            smtp.smtp("QUIT");
            imap.line();
            imap.imap("a1", "LOGIN admin wrong");
        }
        Await.until(
                "the message is counted", SOON, () -> more(before, statistics(), "mail", "recipientsStoredLocal") > 0);
        JsonObject now = statistics();
        return more(before, now, "mail", "messagesReceivedRemote") == 1
                && more(before, now, "mail", "recipientsStoredLocal") == 1
                && more(before, now, "mail", "octetsReceivedRemote") > 100
                && more(before, now, "mail", "messagesReceivedLocal") == 0
                && more(before, now, "trouble", "wrongPasswords") == 1
                && more(before, now, "spam", "routingDenied") == 1
                && more(before, now, "connections", "servicedServers") >= 2
                && more(before, now, "connections", "servicedClients") >= 1;
    }

    @Test
    void thePageShowsChartsAndFiguresThatLive() throws IOException {
        try (Browser browser = new Browser(product.url(), 1360, 1500)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-status");
            browser.seen("#panel\\:mail canvas");
            browser.seen("[data-uncounted=virus]", "no AntiVirus Agent");
            int before = Integer.parseInt(
                    browser.seen("[data-stat=messagesReceivedRemote]").getText());
            Mail.send(product.port(25), "friend@else.example", "admin@example.com", "seen", "x");
            browser.seen("[data-stat=messagesReceivedRemote]", Integer.toString(before + 1));
            browser.seen("#panel\\:charts .faint", "received").picture("server-status-figures");
            browser.click("#panel\\:span li:last-child input").seen("[data-span=day] canvas");
            browser.click("[data-keep=chart-table] summary").seen("[data-keep=chart-table] tbody tr");
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    @Witness({"ipAddress", "forceIpAddress"})
    void aServerTiedToAnAddressCallsOthersFromIt() throws IOException {
        String smtp = agent("SMTP Agent");
        try (Sink sink = new Sink()) {
            api.changeApplied(smtp, "relayHost", "[127.0.0.1]:" + sink.port());
            api.changeApplied(SERVER, "ipAddress", "127.0.0.8");
            sendOutside("one@away.example");
            Await.until("it calls", SOON, () -> sink.callers().size() == 1);
            assertTrue(!sink.callers().contains("127.0.0.8"), "an address that is not forced is only shown");
            api.change(SERVER, "forceIpAddress", JsonValue.TRUE);
            assertTrue(greets(25, "220"), "its agents listen where they did");
            Await.until("it calls from there", SOON, () -> {
                sendOutside("two@away.example");
                return sink.callers().contains("127.0.0.8");
            });
        } finally {
            api.change(SERVER, "forceIpAddress", JsonValue.FALSE);
            api.change(SERVER, "ipAddress", "");
            api.change(smtp, "relayHost", "");
        }
    }

    @Test
    @Witness({"ipAddress", "forceBind"})
    void anAddressTheHostDoesNotHaveIsWarnedOfAndBreaksNothing() throws IOException {
        String nowhere = "192.0.2.77";
        try (Browser browser = new Browser(product.url(), 1360, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-status");
            browser.type("#panel\\:ipAddress", nowhere).seen("[data-warning=ipAddress]", "does not have " + nowhere);
            browser.picture("status-address-absent");
            api.change(SERVER, "ipAddress", nowhere);
            api.change(SERVER, "forceBind", JsonValue.TRUE);
            Await.until(
                    "the engine says so",
                    SOON,
                    () -> server().getString("reason").contains(nowhere + " is not an address of this host"));
            Await.until("so do its agents", SOON, () -> agentState("SMTP_AGENT").equals("refused"));
            assertTrue(greets(25, "220"), "they go on where they were");
        } finally {
            api.change(SERVER, "forceBind", JsonValue.FALSE);
            api.change(SERVER, "ipAddress", "");
        }
        Await.until("all is well again", SOON, () -> agentState("SMTP_AGENT").equals("running"));
    }

    private void sendOutside(String address) throws IOException {
        String plain = Base64.getEncoder()
                .encodeToString(("\0" + Product.ADMIN + "\0" + Product.PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            Mail.insist(smtp.smtp("AUTH PLAIN " + plain), "235");
            Mail.through(smtp, "admin@example.com", address, "outward", "x");
        }
    }

    private JsonObject statistics() {
        return api.get("/statistics?server=" + Api.quoted(SERVER));
    }

    private static int more(JsonObject before, JsonObject now, String group, String name) {
        return now.getJsonObject(group).getInt(name)
                - before.getJsonObject(group).getInt(name);
    }

    private Api.Answer change(String dn, JsonValue enabled, boolean now, int grace) {
        return api.call(
                "PATCH",
                "/objects?dn=" + Api.quoted(dn),
                Json.createObjectBuilder()
                        .add("revision", api.object(dn).getJsonNumber("revision"))
                        .add("options", Json.createObjectBuilder().add("enabled", enabled))
                        .add("now", now)
                        .add("grace", grace)
                        .build());
    }

    private boolean greets(int wellKnown, String greeting) {
        return Dialogue.greets("127.0.0.1", product.port(wellKnown), greeting);
    }

    private JsonObject server() {
        return api.get("/status").getJsonArray("servers").getValuesAs(JsonObject.class).stream()
                .filter(server -> server.getString("dn").equals(SERVER))
                .findFirst()
                .orElseThrow();
    }

    private String agentState(String kind) {
        return server().getJsonArray("agents").getValuesAs(JsonObject.class).stream()
                .filter(agent -> agent.getString("kind").equals(kind))
                .map(agent -> agent.getString("state"))
                .findFirst()
                .orElse("");
    }

    private String cli(String words) throws IOException {
        return Product.run(List.of(
                "sh",
                "-c",
                "'" + Product.LAUNCHER + "' " + words + " --home '" + product.home()
                        + "' --user admin --password-file '" + product.home().resolveSibling("admin-password") + "'"));
    }
}
