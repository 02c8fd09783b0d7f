package org.posthouse.e2e.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.probe.Neighbors.LONG;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SECRET;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.probe.Neighbors.Login;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Many large messages at once, in and out. */
@ExtendWith(LogOnFailure.class)
class LargeMessagesTest {

    private static final int SESSIONS = LONG ? 100 : 8;
    private static final int OCTETS = (LONG ? 60 : 12) << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Login OTHER = new Login("light2", SECRET);

    private static final Product PRODUCT = Installed.product();
    private static final byte[] LINE = "Some words of no importance, again and again and again, on and on.\r\n"
            .repeat(1_000)
            .getBytes(StandardCharsets.US_ASCII);

    @BeforeAll
    static void people() throws IOException {
        Api api = PRODUCT.api();
        for (String user : List.of(OTHER.user(), "large")) {
            api.createUser(PEOPLE, user, SECRET);
            Mail.signedIn(PRODUCT.port(143), user, SECRET).close();
        }
    }

    /** One thing that a session does; what it returns is counted. */
    private interface Session {
        String run() throws IOException;
    }

    private static List<String> atOnce(Session session) throws InterruptedException {
        var said = new ArrayList<String>();
        var threads = new ArrayList<Thread>();
        for (int number = 0; number < SESSIONS; number++) {
            threads.add(Thread.startVirtualThread(() -> {
                String answer;
                try {
                    answer = session.run();
                } catch (IOException broken) {
                    answer = "broken: " + broken;
                }
                synchronized (said) {
                    said.add(answer);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return said;
    }

    private static String appended() throws IOException {
        try (Dialogue imap = Mail.signedIn(PRODUCT.port(143), "large", SECRET)) {
            imap.patience(PATIENCE);
            imap.say("l APPEND INBOX {" + OCTETS + "}").line();
            body(imap);
            return imap.say("").line().substring(0, 4);
        }
    }

    private static void body(Dialogue dialogue) throws IOException {
        dialogue.send("Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        int left = OCTETS - 18;
        while (left > LINE.length) {
            dialogue.send(LINE);
            left -= LINE.length;
        }
        dialogue.send("x".repeat(left - 2).getBytes(StandardCharsets.US_ASCII)).send(new byte[] {'\r', '\n'});
    }

    private static String fetched() throws IOException {
        try (Dialogue imap = Mail.signedIn(PRODUCT.port(143), "large", SECRET)) {
            imap.patience(PATIENCE);
            imap.imap("l", "SELECT INBOX");
            String first = imap.say("l FETCH 1 BODY.PEEK[]").line();
            assertTrue(first.endsWith("{" + OCTETS + "}"), first);
            assertEquals(OCTETS, imap.octets(OCTETS).length);
            imap.line();
            return imap.line().substring(0, 4);
        }
    }

    private static String sent() throws IOException {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", PRODUCT.port(25))) {
            smtp.patience(PATIENCE);
            smtp.reply();
            smtp.smtp("EHLO client.example");
            smtp.smtp("MAIL FROM:<x@example.net>");
            smtp.smtp("RCPT TO:<large@example.com>");
            smtp.smtp("DATA");
            body(smtp);
            return smtp.smtp(".").substring(0, 4);
        }
    }

    @Test
    void largeMessagesComeAndGoAndOthersAreServed() throws Exception {
        var refused = new AtomicInteger();
        Neighbors.undisturbedBy(SESSIONS + " large messages by APPEND, FETCH and DATA", PRODUCT, OTHER, () -> {
            List<String> appended = atOnce(LargeMessagesTest::appended);
            assertTrue(List.of("l OK", "l NO").containsAll(appended), appended::toString);
            assertTrue(appended.contains("l OK"), appended::toString);
            refused.addAndGet((int) appended.stream().filter("l NO"::equals).count());
            List<String> fetched = atOnce(LargeMessagesTest::fetched);
            assertEquals(List.of("l OK"), fetched.stream().distinct().toList());
            List<String> sent = atOnce(LargeMessagesTest::sent);
            assertTrue(List.of("250 ", "452 ").containsAll(sent), sent::toString);
        });
        System.out.println(refused + " of " + SESSIONS + " APPENDs were refused for the moment");
        noMemoryRanOut();
    }

    private static void noMemoryRanOut() throws IOException {
        Path log = PRODUCT.home().resolve("logs/posthouse.log");
        assertTrue(
                Files.readAllLines(log).stream().noneMatch(line -> line.contains("OutOfMemoryError")),
                "an OutOfMemoryError is in " + log);
    }
}
