package org.posthouse.mailcore.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.posthouse.mailcore.imap.ImapAgent;
import org.posthouse.mailcore.message.Trace;
import org.posthouse.mailcore.pop.PopAgent;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.RocksVault;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;

/**
 * A program that takes in hostile messages and asks all there is to ask of them, over IMAP and POP and as SMTP does. It is
 * run with little memory. Its arguments: a folder for the store, octets of each message, seconds that each command may take.
 */
final class HostileMessages {

    private static final Limits LIMITS = new Limits(1, 1, Duration.ofMinutes(10), Duration.ofHours(2));
    private static final List<String> QUESTIONS = List.of(
            "FETCH 1 (ENVELOPE BODYSTRUCTURE)",
            "FETCH 1 BODY",
            "FETCH 1 BODY.PEEK[HEADER]",
            "FETCH 1 BODY.PEEK[HEADER.FIELDS.NOT (X-None)]",
            "FETCH 1 BODY.PEEK[1.MIME]",
            "FETCH 1 BODY.PEEK[TEXT]",
            "SEARCH BODY zq",
            "SEARCH TEXT zq",
            "SEARCH OR SUBJECT zq OR FROM zq TO zq",
            "SEARCH SENTSINCE 1-Jan-2000");

    private final Mailbox mailbox;
    private final Connection imap;
    private final String pop;
    private final double seconds;

    private HostileMessages(MailWorld world, double seconds) {
        this.seconds = seconds;
        var tally = new Tally(Instant.EPOCH);
        var imapAgent = new ImapAgent(
                world::snapshot, world.listening(143), world.people(), world.store(), world.noCertificate(), tally);
        var popAgent = new PopAgent(
                world::snapshot, world.listening(110), world.people(), world.store(), world.noCertificate(), tally);
        imapAgent.start(world.snapshot());
        popAgent.start(world.snapshot());
        mailbox = world.store().mailbox("bob");
        pop = popAgent.listening().getFirst();
        imap = dial(imapAgent.listening().getFirst());
        imap.line(1_000);
    }

    /** Ends with status 1 and the reason when a command fails, or takes too long. */
    public static void main(String[] arguments) {
        try (var vault = RocksVault.open(Path.of(arguments[0]))) {
            var world = new MailWorld(vault);
            var all = new HostileMessages(world, Double.parseDouble(arguments[2]));
            all.command("LOGIN bob secret");
            for (HostileMessage each : HostileMessage.all()) {
                all.endure(each, Long.parseLong(arguments[1]));
            }
        } catch (Throwable failed) {
            System.out.println("failed: " + failed);
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }

    private static Connection dial(String at) {
        int port = Integer.parseInt(at.substring(at.lastIndexOf(':') + 1));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return Connection.dial(address, null, Duration.ofSeconds(30), LIMITS);
    }

    private void endure(HostileMessage message, long octets) {
        long size = message.write(octets, some -> {});
        var worst = new Slowest();
        worst.time("APPEND", () -> {
            imap.send("a APPEND INBOX {" + size + "}\r\n");
            imap.line(1_000);
            message.write(octets, imap::send);
            imap.send("\r\n");
            answer("APPEND");
        });
        command("SELECT INBOX");
        QUESTIONS.forEach(question -> worst.time(question, () -> command(question)));
        worst.time("TOP", this::top);
        worst.time("what SMTP does", this::passOn);
        command("STORE 1 +FLAGS.SILENT (\\Deleted)");
        command("CLOSE");
        System.out.printf("%s: slowest is %s%n", message.name(), worst);
        if (worst.seconds > seconds) {
            throw new IllegalStateException(message.name() + ": " + worst);
        }
    }

    private void command(String command) {
        imap.send("a " + command + "\r\n");
        answer(command);
    }

    private void answer(String command) {
        String line = imap.line(32 << 20);
        while (!line.startsWith("a ")) {
            if (line.endsWith("}")) {
                long octets = Long.parseLong(line.substring(line.lastIndexOf('{') + 1, line.length() - 1));
                imap.octets(octets, (some, from, count) -> {});
            }
            line = imap.line(32 << 20);
        }
        if (!line.startsWith("a OK")) {
            throw new IllegalStateException(command + " is answered by " + line);
        }
    }

    private void top() {
        try (Connection connection = dial(pop)) {
            connection.line(1_000);
            for (String command : List.of("USER bob", "PASS secret", "TOP 1 1")) {
                connection.send(command + "\r\n");
                String answer = connection.line(1_000);
                if (!answer.startsWith("+OK")) {
                    throw new IllegalStateException(command + " is answered by " + answer);
                }
            }
            var last = new StringBuilder();
            connection.octetsUntil(some -> {
                var end = new byte[Math.min(5, some.remaining())];
                some.position(some.limit() - end.length).get(end);
                last.append(new String(end, StandardCharsets.ISO_8859_1));
                last.delete(0, Math.max(0, last.length() - 5));
                return last.toString().equals("\r\n.\r\n");
            });
        }
    }

    private void passOn() {
        int inbox = mailbox.folder(Folder.INBOX).orElseThrow().id();
        byte[] octets = mailbox.body(mailbox.messages(inbox).getFirst()).orElseThrow();
        Trace.Header header = Trace.read(octets, 0);
        Trace.separated(octets, 0);
        Trace.completed(
                octets,
                0,
                header,
                "id",
                "example.com",
                MailWorld.CLOCK.instant().atZone(ZoneOffset.UTC));
        Trace.delivered(octets, "anna@example.com");
    }

    /** What took longest. */
    private static final class Slowest {
        private String what = "";
        private double seconds;

        void time(String name, Runnable work) {
            long begin = System.nanoTime();
            work.run();
            double taken = (System.nanoTime() - begin) / 1e9;
            if (taken > seconds) {
                what = name;
                seconds = taken;
            }
        }

        @Override
        public String toString() {
            return "%s, %.2f s".formatted(what, seconds);
        }
    }
}
