package org.posthouse.mailcore.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.mailcore.agent.MailWorld;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;

/** Sessions of one mailbox do at random what clients do; each answer must fit what its client knows by then. */
class ImapStressTest {

    private static final Limits LIMITS = new Limits(1, 1, Duration.ofSeconds(20), Duration.ofMinutes(2));
    private static final int SESSIONS = 4;
    private static final int STEPS = 600;
    private static final Pattern UNTAGGED = Pattern.compile("\\* (\\d+) (EXISTS|RECENT|EXPUNGE|FETCH)(?: \\((.*)\\))?");
    private static final Pattern UID = Pattern.compile("UID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");

    private final MailWorld world = new MailWorld();
    private final ImapAgent agent = new ImapAgent(
            world::snapshot,
            world.listening(143),
            world.people(),
            world.store(),
            world.noCertificate(),
            new Tally(Instant.EPOCH),
            MailWorld.PAUSE);

    @AfterEach
    void stop() {
        agent.stop(Duration.ZERO);
    }

    /** A client, and what it knows: UIDs by number, 0 where it was not told. */
    private static final class Client {
        private final Connection connection;
        private final List<Long> uids = new ArrayList<>();
        private final List<String> keywords = new ArrayList<>();
        private final StringBuilder heard = new StringBuilder();
        private boolean over;

        Client(InetSocketAddress at) {
            connection = Connection.dial(at, null, Duration.ofSeconds(5), LIMITS);
            connection.line(1000);
            command("LOGIN bob secret", false);
            command("SELECT INBOX", false);
        }

        void command(String line, boolean numbered) {
            connection.send("t " + line + "\r\n");
            until("t ", line, numbered);
        }

        void append(String message) {
            connection.send("t APPEND INBOX {" + message.length() + "}\r\n");
            until("+ ", "APPEND", false);
            connection.send(message + "\r\n");
            until("t ", "APPEND", false);
        }

        private void until(String start, String command, boolean numbered) {
            heard.append("C: ").append(command).append('\n');
            String line = connection.line(100_000);
            while (!line.startsWith(start)) {
                heard.append("S: ").append(line).append('\n');
                check(line, numbered);
                line = connection.line(100_000);
            }
            heard.append("S: ").append(line).append('\n');
            assertNotEquals("t BAD", line.substring(0, Math.min(5, line.length())), heard::toString);
        }

        private void check(String line, boolean numbered) {
            assertTrue(!over, heard::toString);
            over |= line.startsWith("* BYE");
            Matcher flags = FLAGS.matcher(line);
            if (flags.find()) {
                List<String> told = List.of(flags.group(1).split(" "));
                if (line.startsWith("* FLAGS")) {
                    keywords.addAll(told);
                } else {
                    told.stream()
                            .filter(flag -> !flag.isEmpty() && !flag.startsWith("\\"))
                            .forEach(flag -> assertTrue(keywords.contains(flag), heard::toString));
                }
            }
            Matcher found = UNTAGGED.matcher(line);
            if (found.matches()) {
                untagged(Integer.parseInt(found.group(1)), found.group(2), line, numbered);
            }
        }

        private void untagged(int number, String word, String line, boolean numbered) {
            switch (word) {
                case "EXISTS" -> {
                    assertTrue(number >= uids.size(), heard::toString);
                    while (uids.size() < number) {
                        uids.add(0L);
                    }
                }
                case "RECENT" -> assertTrue(number <= uids.size(), heard::toString);
                case "EXPUNGE" -> {
                    assertTrue(!numbered && number >= 1 && number <= uids.size(), heard::toString);
                    uids.remove(number - 1);
                }
                default -> {
                    assertTrue(number >= 1 && number <= uids.size(), heard::toString);
                    Matcher uid = UID.matcher(line);
                    if (uid.find()) {
                        long known = uids.set(number - 1, Long.parseLong(uid.group(1)));
                        assertTrue(known == 0 || known == uids.get(number - 1), heard::toString);
                    }
                }
            }
        }

        String set(Random random) {
            int one = 1 + random.nextInt(uids.size());
            int other = 1 + random.nextInt(uids.size());
            return random.nextBoolean() ? String.valueOf(one) : one + ":" + other;
        }
    }

    private static void step(Client client, Random random) {
        boolean empty = client.uids.isEmpty();
        switch (empty ? random.nextInt(3) : random.nextInt(12)) {
            case 0 -> client.append("Subject: x\r\n\r\nhello\r\n");
            case 1 -> client.command("NOOP", false);
            case 2 -> client.command("UID SEARCH ALL", false);
            case 3 -> client.command("EXPUNGE", false);
            case 4, 5 -> client.command("STORE " + client.set(random) + " +FLAGS (\\Deleted)", true);
            case 6 -> client.command("STORE " + client.set(random) + " FLAGS.SILENT (\\Seen)", true);
            case 7 -> client.command("STORE " + client.set(random) + " +FLAGS (kw" + random.nextInt(20) + ")", true);
            case 8 -> client.command("FETCH " + client.set(random) + " (UID FLAGS ENVELOPE)", true);
            case 9 -> client.command("SEARCH " + client.set(random) + " 1000:1001", true);
            case 10 -> client.command("UID FETCH 1:* (FLAGS)", false);
            default -> client.command("COPY " + client.set(random) + " INBOX", false);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachAnswerFitsWhatItsClientKnows(long seed) {
        for (int i = 0; i < 20; i++) {
            world.deliver("bob", "INBOX", "Subject: " + i + "\n\nhello\n");
        }
        agent.start(world.snapshot());
        String at = agent.listening().getFirst();
        int port = Integer.parseInt(at.substring(at.lastIndexOf(':') + 1));
        var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var random = new Random(seed);
        var clients = new ArrayList<Client>();
        for (int i = 0; i < SESSIONS; i++) {
            clients.add(new Client(server));
        }
        for (int i = 0; i < STEPS; i++) {
            Client client = clients.get(random.nextInt(SESSIONS));
            step(client, random);
            if (random.nextInt(40) == 0) {
                client.command("LOGOUT", true);
                client.connection.close();
                clients.remove(client);
                clients.add(new Client(server));
            }
        }
        clients.forEach(client -> client.command("NOOP", false));
        clients.forEach(client -> client.command("UID FETCH 1:* (UID)", false));
        clients.forEach(client -> assertEquals(clients.getFirst().uids, client.uids));
        clients.forEach(client -> client.connection.close());
    }
}
