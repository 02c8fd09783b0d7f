package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** The SNMP Configuration page, changed through the API and asked about with the tools of Net-SNMP. */
@ExtendWith(LogOnFailure.class)
class SnmpWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    // Where no answer is an answer, or where one asks again, and where an answer must come.
    private static final String BRIEF = "-t 1 -r 0";
    private static final String PATIENT = "-t 10 -r 3";
    private static final String SYS_DESCR = ".1.3.6.1.2.1.1.1.0";
    private static final String SYS_CONTACT = ".1.3.6.1.2.1.1.4.0";
    private static final String SYS_NAME = ".1.3.6.1.2.1.1.5.0";
    private static final String SYS_LOCATION = ".1.3.6.1.2.1.1.6.0";

    private final Product product = Installed.product();
    private final Api api = product.api();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void switchOn() {
        api.change(SERVER, "snmpUser", "watch");
        api.change(SERVER, "snmpAuthPassword", "authentic words");
        api.change(SERVER, "snmpPrivPassword", "private words");
        api.change(SERVER, "snmpEnabled", JsonValue.TRUE);
        Await.until("SNMP answers", SOON, () -> asked(SYS_NAME).contains("mail1"));
    }

    @AfterEach
    void switchOff() {
        api.change(SERVER, "snmpEnabled", JsonValue.FALSE);
        api.change(SERVER, "snmpV3", JsonValue.TRUE);
        api.change(SERVER, "snmpV2c", JsonValue.FALSE);
        api.change(SERVER, "snmpTrapDestinations", List.of());
    }

    @Test
    @Witness({"snmpName", "snmpLocation", "snmpContact", "snmpOrganization", "snmpEnabled"})
    void theSystemGroupSaysWhatThePageSays() {
        api.change(SERVER, "snmpName", "post-1");
        api.change(SERVER, "snmpLocation", "Cellar, rack 2");
        api.change(SERVER, "snmpContact", "Anne <post@example.com>");
        api.change(SERVER, "snmpOrganization", "Acme Ltd");
        Await.until("the name", SOON, () -> asked(SYS_NAME).contains("post-1"));
        Await.until("the place", SOON, () -> asked(SYS_LOCATION).contains("Cellar, rack 2"));
        Await.until("the contact", SOON, () -> asked(SYS_CONTACT).contains("post@example.com"));
        Await.until("whose it is", SOON, () -> asked(SYS_DESCR).contains("Acme Ltd"));
        api.change(SERVER, "snmpEnabled", JsonValue.FALSE);
        Await.until("nobody answers", SOON, () -> asked(SYS_NAME).contains("Timeout"));
        api.change(SERVER, "snmpName", "");
    }

    @Test
    @Witness({"snmpV3", "snmpUser", "snmpAuthPassword", "snmpPrivPassword"})
    void versionThreeAnswersItsUserAlone() throws IOException {
        assertFalse(get("-v3 -l authPriv -u stranger -a SHA-256 -A 'authentic words' -x AES -X 'private words'")
                .contains("mail1"));
        assertFalse(get("-v3 -l authPriv -u watch -a SHA-256 -A 'wrong words' -x AES -X 'private words'")
                .contains("mail1"));
        assertFalse(get("-v3 -l authNoPriv -u watch -a SHA-256 -A 'authentic words'")
                .contains("mail1"));
        api.change(SERVER, "snmpUser", "watchers");
        api.change(SERVER, "snmpAuthPassword", "other authentic");
        api.change(SERVER, "snmpPrivPassword", "other private");
        Await.until(
                "the new user is answered",
                SOON,
                () -> get("-v3 -l authPriv -u watchers -a SHA-256 -A 'other authentic' -x AES -X 'other private'")
                        .contains("mail1"));
        assertFalse(asked(SYS_NAME).contains("mail1"), "the old one is not");
        assertFalse(api.object(SERVER).toString().contains("other private"), "no password is ever given back");
    }

    @Test
    @Witness({"snmpV2c", "snmpCommunity"})
    void versionTwoIsAnsweredOnlyWithItsCommunity() throws IOException {
        assertFalse(get("-v2c -c public").contains("mail1"));
        assertTrue(api.tryChange(SERVER, "snmpV2c", JsonValue.TRUE).text().contains("requires a community")
                || api.object(SERVER).getJsonObject("secrets").getBoolean("snmpCommunity"));
        api.change(SERVER, "snmpCommunity", "post house");
        api.change(SERVER, "snmpV2c", JsonValue.TRUE);
        Await.until("it is answered", SOON, () -> get("-v2c -c 'post house'").contains("mail1"));
        assertTrue(get("-v2c -c public").contains("Timeout"), "another community gets no answer at all");
        assertTrue(run("snmpset -v2c -c 'post house' " + PATIENT + " " + at() + " " + SYS_NAME + " s mine")
                .contains("Error"));
        Await.until("nobody writes", SOON, () -> asked(SYS_NAME).contains("mail1"));
    }

    @Test
    @Witness("snmpPort")
    void thePortMoves() throws IOException {
        api.change(SERVER, "snmpPort", Json.createValue(163));
        Await.until(
                "it answers there",
                SOON,
                () -> run("snmpget " + version3(BRIEF) + " 127.0.0.1:" + product.port(163) + " " + SYS_NAME)
                        .contains("mail1"));
        Await.until("and here no more", SOON, () -> asked(SYS_NAME).contains("Timeout"));
        api.change(SERVER, "snmpPort", Json.createValue(161));
        Await.until("it is back", SOON, () -> asked(SYS_NAME).contains("mail1"));
    }

    @Test
    @Witness("snmpPort")
    void aPortThatIsTakenIsNamedAndTheOldOneGoesOn() throws IOException {
        try (var taken = new DatagramSocket(product.port(164), InetAddress.getLoopbackAddress())) {
            api.change(SERVER, "snmpPort", Json.createValue(164));
            String reason = "SNMP cannot listen at 127.0.0.1:" + taken.getLocalPort();
            Await.until("the reason", SOON, () -> api.get("/status").toString().contains(reason));
            Await.until("the old port answers", SOON, () -> asked(SYS_NAME).contains("mail1"));
        }
        Await.until(
                "it moves by itself when the port is free",
                Duration.ofMinutes(2),
                () -> run("snmpget " + version3(BRIEF) + " 127.0.0.1:" + product.port(164) + " " + SYS_NAME)
                        .contains("mail1"));
        api.change(SERVER, "snmpPort", Json.createValue(161));
        Await.until("it is back", SOON, () -> asked(SYS_NAME).contains("mail1"));
    }

    @Test
    void agentsAndFiguresAreThere() throws IOException {
        String all = run("snmpwalk " + version3(PATIENT) + " " + at() + " .1.3.6.1");
        for (String part : List.of("mail1 SMTP Agent", "mail1 IMAP Agent", "accepted", "waiting", "NMAP Agent")) {
            assertTrue(all.contains(part), part + " in\n" + all);
        }
        assertTrue(all.contains("27.1.1.6.3 = INTEGER: 1"), "the SMTP Agent is up (RFC 2788)");
    }

    @Test
    void theSpaceOfEachFolderIsThere() throws IOException {
        String folders = ".1.3.6.1.4.1.8072.9999.9999.3501.5.1";
        String all = run("snmpwalk " + version3(PATIENT) + " " + at() + " " + folders);
        List<String> uses = List.of("home", "directory", "history", "dbfDirectory", "messageStore", "tempDirectory");
        for (int row = 1; row <= uses.size(); row++) {
            String use = folders + ".2." + row + " = STRING: \"" + uses.get(row - 1) + "\"";
            assertTrue(all.contains(use), use + " in\n" + all);
            assertTrue(
                    Pattern.compile(Pattern.quote(folders + ".5." + row) + " = Gauge32: [1-9]")
                            .matcher(all)
                            .find(),
                    all);
            assertTrue(
                    Pattern.compile(Pattern.quote(folders + ".7." + row) + " = INTEGER: -?[0-9]")
                            .matcher(all)
                            .find(),
                    all);
        }
    }

    @Test
    void mailIsCountedInMessagesKilobytesAndRecipients() throws IOException {
        String recipients = ".1.3.6.1.2.1.28.1.1.7.1";
        String kilobytes = ".1.3.6.1.2.1.28.1.1.4.1";
        long before = number(recipients);
        long volume = number(kilobytes);
        Mail.send(
                product.port(25), "a@b.example", "admin@example.com", "counted", "x".repeat(900) + "\r\n".repeat(800));
        Await.until("the recipient is counted", SOON, () -> number(recipients) == before + 1);
        assertTrue(number(kilobytes) > volume, "so are its octets");
        assertTrue(number(".1.3.6.1.2.1.28.1.1.9.1") > 0, "and those it was passed on to");
    }

    private long number(String oid) throws IOException {
        String answer =
                run("snmpget " + version3(PATIENT) + " " + at() + " " + oid).strip();
        return answer.matches(".*Counter32: [0-9]+") ? Long.parseLong(answer.replaceAll(".*: ", "")) : -1;
    }

    @Test
    @Witness("snmpTrapDestinations")
    void aWrongCommunityIsToldToTheDestinations() throws IOException {
        int port = freeUdpPort();
        Files.writeString(folder.resolve("trapd.conf"), "authCommunity log posthouse\ndisableAuthorization yes\n");
        Process trapd = new ProcessBuilder(
                        "snmptrapd",
                        "-f",
                        "-Lo",
                        "-On",
                        "-C",
                        "-c",
                        folder.resolve("trapd.conf").toString(),
                        "-p",
                        folder.resolve("pid").toString(),
                        "udp:127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("traps.txt").toFile())
                .start();
        try {
            api.change(SERVER, "snmpCommunity", "posthouse");
            api.change(SERVER, "snmpV2c", JsonValue.TRUE);
            api.change(SERVER, "snmpV3", JsonValue.FALSE);
            api.change(SERVER, "snmpTrapDestinations", List.of("127.0.0.1:" + port));
            Await.until("the trap arrives", SOON.multipliedBy(3), () -> {
                get("-v2c -c public");
                return Files.readString(folder.resolve("traps.txt")).contains(".1.3.6.1.6.3.1.1.5.5");
            });
        } finally {
            trapd.destroy();
        }
    }

    private static int freeUdpPort() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String at() {
        return "127.0.0.1:" + product.port(161);
    }

    private static String version3(String wait) {
        return "-v3 -On -l authPriv -u watch -a SHA-256 -A 'authentic words' -x AES -X 'private words' " + wait;
    }

    private String asked(String oid) throws IOException {
        return run("snmpget " + version3(BRIEF) + " " + at() + " " + oid);
    }

    private String get(String how) throws IOException {
        return run("snmpget -On " + BRIEF + " " + how + " " + at() + " " + SYS_NAME);
    }

    private static String run(String command) throws IOException {
        return Product.run(List.of("sh", "-c", command + " 2>&1 || true"));
    }
}
