package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;

/** Mail through a whole engine, seen from its ports. */
class MailTest {

    private static final Limits LIMITS = new Limits(1, 1, Duration.ofSeconds(20), Duration.ofSeconds(60));

    @TempDir
    Path home;

    private final Tree tree = Tree.planted();

    @AfterEach
    void close() {
        tree.close();
    }

    private void plant(String name, String address, String domain, String context) {
        tree.server(
                name,
                address,
                Map.of("posthouseOfficialDomain", List.of(domain), "posthouseContext", List.of(context)),
                Kind.NMAP_AGENT,
                Kind.SMTP_AGENT,
                Kind.IMAP_AGENT);
    }

    private static Connection dial(String address, int port) {
        return Connection.dial(
                new InetSocketAddress(InetAddress.ofLiteral(address), port), null, Duration.ofSeconds(5), LIMITS);
    }

    /** Sends lines, each after the answer to the one before; returns the last answers. */
    private static List<String> smtp(String address, int port, String... lines) {
        var answers = new ArrayList<String>();
        try (var connection = dial(address, port)) {
            answers.add(connection.line(1000));
            for (String line : lines) {
                connection.send(line + "\r\n");
                String answer = connection.line(1000);
                while (answer.startsWith("-", 3)) {
                    answer = connection.line(1000);
                }
                answers.add(answer);
            }
        }
        return answers;
    }

    private static List<String> mail(String address, int port, String to) {
        return smtp(
                address,
                port,
                "EHLO client.example",
                "MAIL FROM:<someone@elsewhere.example>",
                "RCPT TO:<" + to + ">",
                "DATA",
                "Subject: hello\r\n\r\nHello.\r\n.",
                "QUIT");
    }

    private static String imap(String address, int port, String user, String... commands) {
        var said = new StringBuilder();
        try (var connection = dial(address, port)) {
            connection.line(1000);
            var all = new ArrayList<String>(List.of("LOGIN " + user + " " + user));
            all.addAll(Arrays.asList(commands));
            for (String command : all) {
                connection.send("a " + command + "\r\n");
                String line = connection.line(10_000);
                while (!line.startsWith("a ")) {
                    said.append(line).append('\n');
                    line = connection.line(10_000);
                }
                said.append(line).append('\n');
            }
        }
        return said.toString();
    }

    private static boolean hasMails(World world, String address, String user, int count) {
        return imap(address, world.port(143), user, "SELECT INBOX").contains("* " + count + " EXISTS");
    }

    @Test
    void aMailTakenBySmtpIsReadByImap() {
        plant("mail1", "127.0.0.1", "example.com", tree.people().toString());
        try (var world = World.of(tree, home)) {
            world.awaitBoard("127.0.0.1:" + world.port(143));
            assertTrue(
                    mail("127.0.0.1", world.port(25), "bob@example.com").get(5).startsWith("250"));
            world.await("bob has mail", () -> hasMails(world, "127.0.0.1", "bob", 1));
            String fetched = imap("127.0.0.1", world.port(143), "bob", "SELECT INBOX", "FETCH 1 BODY[]");
            assertTrue(fetched.contains("Return-Path: <someone@elsewhere.example>"), fetched);
            world.awaitBoard("\"delivered\":1,");
            assertTrue(world.prove(tree.server("mail1"), Kind.SMTP_AGENT).contains("220 example.com"));
        }
    }

    @Test
    void theMailboxOfAUserWhomAnotherToolRenamesFollows() {
        plant("mail1", "127.0.0.1", "example.com", tree.people().toString());
        try (var world = World.of(tree, home)) {
            world.awaitBoard("127.0.0.1:" + world.port(143));
            mail("127.0.0.1", world.port(25), "bob@example.com");
            world.await("bob has mail", () -> hasMails(world, "127.0.0.1", "bob", 1));
            tree.rename(tree.person("bob"), "robert");
            tree.directory().setPassword(tree.person("robert"), "robert");
            world.await("robert has it", () -> hasMails(world, "127.0.0.1", "robert", 1));
            assertTrue(mail("127.0.0.1", world.port(25), "robert@example.com")
                    .get(5)
                    .startsWith("250"));
            world.await("and gets more", () -> hasMails(world, "127.0.0.1", "robert", 2));
        }
    }

    private void plantCarl() {
        tree.directory().create(new NewObject(tree.acme().child("ou", "north"), Kind.ORGANIZATIONAL_UNIT, Map.of()));
        var carl = tree.acme().child("ou", "north").child("cn", "carl");
        tree.directory().create(new NewObject(carl, Kind.USER, Map.of("sn", List.of("Test"))));
        tree.directory().setPassword(carl, "carl");
    }

    @Test
    void mailForAServerOfAnotherHostIsHandedOverByNmap() {
        plantCarl();
        var host2 = tree.acme().child("cn", "host2");
        tree.directory().create(new NewObject(host2, Kind.HOST_SERVER, Map.of()));
        plant("mail1", "127.0.0.2", "example.com", tree.people().toString());
        plant(
                "mail2",
                "127.0.0.3",
                "north.example",
                tree.acme().child("ou", "north").toString());
        tree.save(tree.server("mail2"), Map.of("posthouseHost", List.of(host2.toString())));
        try (var world = World.of(tree, home.resolve("one"))) {
            world.awaitBoard("127.0.0.2:" + world.port(25));
            try (var other = world.beside(tree, home.resolve("two"), "host2")) {
                other.awaitBoard("127.0.0.3:" + world.port(143));
                assertTrue(mail("127.0.0.2", world.port(25), "carl@example.com")
                        .get(5)
                        .startsWith("250"));
                world.await("carl has mail", () -> hasMails(world, "127.0.0.3", "carl", 1));
                String fetched = imap("127.0.0.3", world.port(143), "carl", "SELECT INBOX", "FETCH 1 BODY[]");
                assertTrue(fetched.contains("by north.example with NMAP"), fetched);
                assertTrue(fetched.contains("Return-Path: <someone@elsewhere.example>"), fetched);
            }
            assertTrue(
                    mail("127.0.0.2", world.port(25), "carl@example.com").get(5).startsWith("250"));
            world.awaitBoard("\"waiting\":1,");
        }
    }

    @Test
    void theBoardShowsWhenThePostmasterLastReadTheMailAfterARestartToo() {
        plant("mail1", "127.0.0.1", "example.com", tree.people().toString());
        try (var world = World.of(tree, home)) {
            world.awaitBoard("127.0.0.1:" + world.port(143));
            world.awaitBoard("\"postmaster\":{\"mailbox\":\"anna\"}");
            assertTrue(imap("127.0.0.1", world.port(143), "anna").contains("a OK"));
            world.awaitBoard("\"postmaster\":{\"mailbox\":\"anna\",\"opened\":\"2");
        }
        try (var world = World.of(tree, home)) {
            world.awaitBoard("\"postmaster\":{\"mailbox\":\"anna\",\"opened\":\"2");
        }
    }

    @Test
    void mailForAnotherServersUserIsHandedToItsQueue() {
        plantCarl();
        plant("mail1", "127.0.0.2", "example.com", tree.people().toString());
        plant(
                "mail2",
                "127.0.0.3",
                "north.example",
                tree.acme().child("ou", "north").toString());
        try (var world = World.of(tree, home)) {
            world.awaitBoard("127.0.0.2:" + world.port(25));
            world.awaitBoard("127.0.0.3:" + world.port(143));
            assertTrue(
                    mail("127.0.0.2", world.port(25), "carl@example.com").get(5).startsWith("250"));
            world.await("carl has mail", () -> hasMails(world, "127.0.0.3", "carl", 1));
            assertTrue(imap("127.0.0.2", world.port(143), "carl").contains("a NO"));
        }
    }

    @Test
    void mailTakenJustBeforeAStopIsThereAtTheNextStart() {
        plant("mail1", "127.0.0.1", "example.com", tree.people().toString());
        try (var world = World.of(tree, home)) {
            world.awaitBoard("127.0.0.1:" + world.port(25));
            for (int number = 0; number < 30; number++) {
                assertTrue(mail("127.0.0.1", world.port(25), "bob@example.com")
                        .get(5)
                        .startsWith("250"));
            }
        }
        try (var world = World.of(tree, home)) {
            world.awaitBoard("127.0.0.1:" + world.port(143));
            world.await("bob has it all", () -> hasMails(world, "127.0.0.1", "bob", 30));
        }
    }

    @Test
    void aNewOfficialDomainIsInTheNextGreetingAndANewPortListens() {
        plant("mail1", "127.0.0.1", "example.com", tree.people().toString());
        try (var world = World.of(tree, home)) {
            world.awaitBoard("127.0.0.1:" + world.port(25));
            tree.save(tree.server("mail1"), Map.of("posthouseOfficialDomain", List.of("new.example")));
            world.await(
                    "greeting",
                    () -> smtp("127.0.0.1", world.port(25)).getFirst().startsWith("220 new.example"));
            tree.save(tree.agent("mail1", Kind.SMTP_AGENT), Map.of("posthouseSmtpPort", List.of("26")));
            world.awaitBoard("\"listening\":[\"127.0.0.1:" + world.port(26) + "\"]");
            assertEquals(
                    "220 new.example",
                    smtp("127.0.0.1", world.port(26)).getFirst().substring(0, 15));
        }
    }
}
