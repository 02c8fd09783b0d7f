package org.posthouse.mailcore.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.imap.ImapAgent;
import org.posthouse.mailcore.pop.PopAgent;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.RocksVault;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;

/**
 * Twice as many messages take about twice as long, in every command that can name all of them. With {@code -Dlong} from
 * 5,000 to 40,000 messages.
 */
class GrowthTest {

    private static final boolean LONG = Boolean.getBoolean("long");
    private static final int FEWEST = LONG ? 5_000 : 700;
    private static final int MOST = LONG ? 40_000 : 1_400;
    private static final int ROUNDS = LONG ? 3 : 2;
    private static final double TWICE = 2.5;
    // Below this, the machine is measured and not the command.
    private static final double NOISE_MS = 250;
    private static final int AT_ONCE = 500;
    // How often what seems to take too long is measured again.
    private static final int DOUBTS = 4;
    private static final Limits LIMITS = new Limits(1, 1, Duration.ofMinutes(10), Duration.ofHours(2));
    private static final byte[] MAIL = ("From: anna@example.com\r\nTo: bob@example.com\r\nSubject: growth\r\n"
                    + "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@example.com>\r\n\r\n"
                    + "Some words of no importance.\r\n".repeat(40))
            .getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private int rounds;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    /** An engine's agents over a store on disk. */
    private final class Agents {
        private final PatientVault vault;
        private final MailWorld world;
        private final ImapAgent imap;
        private final PopAgent pop;

        Agents(Path place) {
            vault = new PatientVault(RocksVault.open(place));
            open.add(vault);
            world = new MailWorld(vault);
            var tally = new Tally(Instant.EPOCH);
            imap = new ImapAgent(
                    world::snapshot, world.listening(143), world.people(), world.store(), world.noCertificate(), tally);
            pop = new PopAgent(
                    world::snapshot, world.listening(110), world.people(), world.store(), world.noCertificate(), tally);
            imap.start(world.snapshot());
            pop.start(world.snapshot());
            open.add(() -> imap.stop(Duration.ZERO));
            open.add(() -> pop.stop(Duration.ZERO));
        }

        Store store() {
            return world.store();
        }

        Client imap() {
            return new Client(imap.listening().getFirst(), "a LOGIN bob secret", "a SELECT INBOX");
        }

        Client pop() {
            return new Client(pop.listening().getFirst(), "USER bob", "PASS secret");
        }

        void fill(int messages) {
            Mailbox mailbox = store().mailbox("bob");
            int inbox = mailbox.folder(Folder.INBOX).orElseThrow().id();
            vault.filling(() -> {
                for (int have = mailbox.messages(inbox).size(); have < messages; have++) {
                    mailbox.append(inbox, MAIL, Set.of(), MailWorld.CLOCK.instant());
                }
            });
        }
    }

    /** One client of either protocol. */
    private final class Client {
        private final Connection connection;

        Client(String at, String... first) {
            int colon = at.lastIndexOf(':');
            var address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(at.substring(colon + 1)));
            connection = Connection.dial(address, null, Duration.ofSeconds(5), LIMITS);
            open.add(connection);
            connection.line(1_000);
            for (String line : first) {
                command(line);
            }
        }

        /** Milliseconds from a command to the end of its answer. */
        double command(String line) {
            long begin = System.nanoTime();
            connection.send(line + "\r\n");
            connection.flush();
            String tagged = line.startsWith("a ") ? "a " : "";
            String answer = connection.line(10_000_000);
            while (!answer.startsWith(tagged)) {
                answer = connection.line(10_000_000);
            }
            assertTrue(answer.startsWith("a OK") || answer.startsWith("+OK"), () -> line + " is answered");
            return (System.nanoTime() - begin) / 1e6;
        }

        /** As {@link #command}, with many lines sent at once or an answer of several lines. */
        double commands(List<String> lines, String last) {
            long begin = System.nanoTime();
            for (int from = 0; from < lines.size(); from += AT_ONCE) {
                List<String> some = lines.subList(from, Math.min(lines.size(), from + AT_ONCE));
                connection.send(String.join("\r\n", some) + "\r\n");
                for (int heard = 0; heard < some.size(); ) {
                    heard += connection.line(1_000).startsWith(last) ? 1 : 0;
                }
            }
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    private static final List<String> READING = List.of(
            "a SEARCH ALL",
            "a SEARCH UNSEEN",
            "a SEARCH SUBJECT growth",
            "a SEARCH BODY zq1 NOT BODY zq2",
            "a UID SEARCH RETURN (ALL) 1:*",
            "a FETCH 1:* (UID FLAGS)",
            "a FETCH 1:* (ENVELOPE)",
            "a FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])",
            "a FETCH 1:* (BODY)",
            "a FETCH 1:* (BODY.PEEK[])",
            "a STATUS INBOX (MESSAGES UNSEEN SIZE)",
            "a LIST \"\" * RETURN (STATUS (MESSAGES UNSEEN))",
            "a SELECT INBOX",
            "a STORE 1:* +FLAGS ($Growth)",
            "a STORE 1:* -FLAGS.SILENT ($Growth)",
            "a UID STORE 1:* +FLAGS.SILENT (\\Seen)",
            "a UID STORE 1:* -FLAGS.SILENT (\\Seen)");

    private Map<String, Double> measure(int messages, int round) {
        var agents = new Agents(folder.resolve(messages + "-" + round));
        agents.fill(messages);
        var times = new LinkedHashMap<String, Double>();
        Client one = agents.imap();
        Client other = agents.imap();
        READING.forEach(command -> times.put(command, one.command(command)));
        times.put("what another session changed", other.command("a NOOP"));
        pop(agents, times, messages, false);
        one.command("a CREATE Copies");
        times.put("a COPY 1:* Copies", one.command("a COPY 1:* Copies"));
        times.put("a MOVE 1:* Trash", one.command("a MOVE 1:* Trash"));
        times.put("what another session moved", other.command("a NOOP"));
        one.command("a SELECT Trash");
        one.command("a STORE 1:* +FLAGS.SILENT (\\Deleted)");
        times.put("a EXPUNGE", one.command("a EXPUNGE"));
        one.command("a SELECT Copies");
        one.command("a STORE 1:* +FLAGS.SILENT (\\Deleted)");
        times.put("a UID EXPUNGE 1:*", one.command("a UID EXPUNGE 1:*"));
        agents.fill(messages);
        pop(agents, times, messages, true);
        agents.fill(messages);
        times.put("rmbox", timed(() -> agents.store().remove("bob")));
        return times;
    }

    private void pop(Agents agents, Map<String, Double> times, int messages, boolean deleting) {
        Client pop = agents.pop();
        if (!deleting) {
            times.put("LIST", pop.commands(List.of("LIST"), "."));
            times.put("UIDL", pop.commands(List.of("UIDL"), "."));
        } else {
            var lines = new ArrayList<String>();
            for (int number = 1; number <= messages; number++) {
                lines.add("DELE " + number);
            }
            times.put("DELE", pop.commands(lines, "+OK"));
            times.put("QUIT", pop.command("QUIT"));
        }
        pop.connection.close();
    }

    private static double timed(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    // The best of some rounds: what else the machine does only ever adds.
    private Map<String, Double> best(int messages) {
        var best = new LinkedHashMap<String, Double>();
        for (int round = 0; round < ROUNDS; round++) {
            improve(best, messages);
        }
        return best;
    }

    private void improve(Map<String, Double> best, int messages) {
        measure(messages, rounds++).forEach((command, time) -> best.merge(command, time, Math::min));
    }

    private static boolean isTooLong(double time, double half) {
        return time > Math.max(TWICE * half, NOISE_MS);
    }

    private static List<String> tooLong(Map<String, Double> before, Map<String, Double> now) {
        return now.entrySet().stream()
                .filter(each -> isTooLong(each.getValue(), before.getOrDefault(each.getKey(), 0.0)))
                .map(each -> "%s: %.0f ms, half of them %.0f ms"
                        .formatted(each.getKey(), each.getValue(), before.getOrDefault(each.getKey(), 0.0)))
                .toList();
    }

    @Test
    void twiceAsManyMessagesTakeTwiceAsLong() {
        measure(FEWEST / 4, -1);
        Map<String, Double> before = best(FEWEST);
        for (int messages = 2 * FEWEST; messages <= MOST; messages *= 2) {
            Map<String, Double> now = best(messages);
            for (int doubt = 0; doubt < DOUBTS && !tooLong(before, now).isEmpty(); doubt++) {
                improve(now, messages);
            }
            print(messages, before, now);
            assertEquals(List.of(), tooLong(before, now), messages + " messages");
            before = now;
        }
    }

    private static void print(int messages, Map<String, Double> before, Map<String, Double> now) {
        if (LONG) {
            now.forEach((command, time) -> System.out.printf(
                    "%,7d messages %8.1f ms, half of them %8.1f ms: %s%n",
                    messages, time, before.get(command), command));
        }
    }

    @Test
    void twentyThousandMessagesAreExpungedWithinASecond() {
        var agents = new Agents(folder.resolve("expunge"));
        int messages = LONG ? 20_000 : 2_000;
        agents.fill(messages);
        Client client = agents.imap();
        client.command("a STORE 1:* +FLAGS.SILENT (\\Deleted)");
        double taken = client.command("a EXPUNGE");
        if (LONG) {
            System.out.println("EXPUNGE of 20,000 messages: " + Math.round(taken) + " ms");
        }
        assertTrue(taken < TimeUnit.SECONDS.toMillis(1), () -> "EXPUNGE of " + messages + " took " + taken + " ms");
    }
}
