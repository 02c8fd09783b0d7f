package org.posthouse.e2e.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.probe.Neighbors.LONG;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SECRET;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** Commands that go over a whole mailbox, from as many sessions as one likes. */
@ExtendWith(LogOnFailure.class)
class HeavyCommandsTest {

    private static final int MESSAGES = LONG ? 20_000 : 1_000;
    private static final int SESSIONS = LONG ? 8 : 3;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<String> USERS = List.of("heavy1", "heavy2");
    private static final Login OTHER = new Login("light", SECRET);

    private static final Product PRODUCT = Installed.product();
    private static final int IMAP = PRODUCT.port(143);

    @BeforeAll
    static void fill() throws IOException {
        Api api = PRODUCT.api();
        api.createUser(PEOPLE, OTHER.user(), SECRET);
        for (String user : USERS) {
            api.createUser(PEOPLE, user, SECRET);
            append(user, MESSAGES);
        }
        Mail.signedIn(IMAP, OTHER.user(), SECRET).close();
    }

    private static void append(String user, int messages) throws IOException {
        String message =
                "From: x@example.net\r\nSubject: heavy\r\n\r\n" + "Some words of no importance.\r\n".repeat(160);
        byte[] command = ("b APPEND INBOX {" + message.length() + "+}\r\n" + message + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Dialogue imap = Mail.signedIn(IMAP, user, SECRET)) {
            for (int sent = 0; sent < messages; sent += 100) {
                for (int one = 0; one < 100; one++) {
                    imap.send(command);
                }
                for (int one = 0; one < 100; one++) {
                    Mail.insist(imap.line(), "b OK");
                }
            }
        }
    }

    private static Dialogue selected(String user) throws IOException {
        Dialogue imap = Mail.signedIn(IMAP, user, SECRET);
        imap.patience(PATIENCE);
        imap.imap("s", "SELECT INBOX");
        return imap;
    }

    /** Says the command in several sessions of two users at the same time, and reads every answer. */
    private static void everywhere(String command) throws Exception {
        var sessions = new ArrayList<Dialogue>();
        for (int number = 0; number < SESSIONS; number++) {
            sessions.add(selected(USERS.get(number % USERS.size())));
        }
        var threads = new ArrayList<Thread>();
        var answers = new ArrayList<String>();
        for (Dialogue each : sessions) {
            threads.add(Thread.startVirtualThread(() -> {
                try (each) {
                    String last = each.imap("h", command).getLast();
                    synchronized (answers) {
                        answers.add(last.substring(0, 4));
                    }
                } catch (IOException broken) {
                    synchronized (answers) {
                        answers.add(String.valueOf(broken));
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of("h OK"), answers.stream().distinct().toList());
    }

    private static String keys(String key, int count) {
        return IntStream.range(0, count).mapToObj(number -> key + number).collect(Collectors.joining(" "));
    }

    @Test
    void aSearchWithSixtyKeysInMoreSessionsThanThereAreCores() throws Exception {
        Neighbors.undisturbedBy(
                "SEARCH of 60 bodies", PRODUCT, OTHER, () -> everywhere("SEARCH " + keys("NOT BODY zq", 60)));
    }

    @Test
    void aSearchThatSaysTheSameSixteenThousandTimes() throws Exception {
        Neighbors.undisturbedBy(
                "SEARCH 1:* 1:* ...", PRODUCT, OTHER, () -> everywhere("SEARCH" + " 1:*".repeat(16_000)));
    }

    @Test
    void fetchingEverything() throws Exception {
        Neighbors.undisturbedBy("FETCH 1:* BODY", PRODUCT, OTHER, () -> {
            everywhere("FETCH 1:* (FLAGS BODY)");
            everywhere("FETCH 1:* BODY.PEEK[TEXT]");
        });
    }

    @Test
    void flaggingCopyingAndExpungingEverything() throws Exception {
        Neighbors.undisturbedBy("STORE, COPY and EXPUNGE", PRODUCT, OTHER, () -> {
            try (Dialogue imap = selected(USERS.getFirst())) {
                imap.imap("c", "CREATE Copies");
                for (String command : List.of(
                        "STORE 1:* +FLAGS (\\Flagged)",
                        "COPY 1:* Copies",
                        "SELECT Copies",
                        "STORE 1:* +FLAGS.SILENT (\\Deleted)",
                        "EXPUNGE")) {
                    Mail.insist(imap.imap("c", command).getLast(), "c OK");
                }
                assertTrue(imap.imap("c", "STATUS Copies (MESSAGES)").getFirst().endsWith("(MESSAGES 0)"));
            }
        });
    }

    @Test
    void theSearchesOfClientsThatHangUp() throws Exception {
        Neighbors.undisturbedBy("SEARCH of clients that hang up", PRODUCT, OTHER, () -> {
            for (int number = 0; number < 3 * SESSIONS; number++) {
                Dialogue gone = selected(USERS.get(number % USERS.size()));
                gone.say("h SEARCH " + keys("NOT BODY zq", 200));
                gone.close();
            }
            // Whoever comes next does not wait for them.
            long begin = System.nanoTime();
            everywhere("SEARCH BODY zq");
            double seconds = (System.nanoTime() - begin) / 1e9;
            assertTrue(seconds < (LONG ? 30 : 20), () -> "the next search took " + seconds + " s");
        });
    }
}
