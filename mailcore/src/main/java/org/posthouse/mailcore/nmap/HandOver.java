package org.posthouse.mailcore.nmap;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.wire.AnyCertificate;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.WireException;
import org.posthouse.schema.tree.MessagingServer;

/**
 * Hands mail to the NMAP Agent of another messaging server, on whichever host: NetMail "Distributed hand-off".
 *
 * <p>Both ends show that they know the system secret before anything of a mail is said. TLS is spoken where it is offered;
 * it keeps listeners out, and the secret says who the other end is.
 */
public final class HandOver {

    /** The other server does not have the mail; what it, or the network, said. */
    public static final class NotTaken extends Exception {

        private static final long serialVersionUID = 1L;

        NotTaken(String why) {
            super(why);
        }
    }

    private static final int LINE = 8192;
    private static final Duration DIALLING = Duration.ofSeconds(5);
    private static final Limits LIMITS = new Limits(1, 1, Duration.ofMinutes(1), Duration.ofMinutes(30));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<String> secret;
    private final Function<MessagingServer, Optional<InetSocketAddress>> where;

    /** With the system secret, and where the NMAP Agent of a server answers. */
    public HandOver(Supplier<String> secret, Function<MessagingServer, Optional<InetSocketAddress>> where) {
        this.secret = secret;
        this.where = where;
    }

    /** Hands a mail over. When this returns it is on the other server's disk. Throws NotTaken otherwise. */
    public void hand(MessagingServer to, Envelope envelope, byte[] message) throws NotTaken {
        InetSocketAddress at = where.apply(to)
                .orElseThrow(() -> new NotTaken("no address of "
                        + to.identification().hostServer().leaf() + " is known; give one on the Status page of "
                        + to.name()));
        try (var connection = Connection.dial(at, null, DIALLING, LIMITS)) {
            greet(connection);
            insist(connection, to.name());
            ask(connection, "QCREA");
            for (String line : EnvelopeLines.of(envelope)) {
                ask(connection, "QSTOR RAW " + line);
            }
            connection.send("QSTOR MESSAGE " + message.length + "\r\n").send(message);
            expect(connection.line(LINE));
            ask(connection, "QRUN");
            connection.send("QUIT\r\n");
        } catch (WireException broken) {
            throw new NotTaken(String.valueOf(broken.getMessage()));
        } catch (IllegalArgumentException noServer) {
            throw new NotTaken("it is not an NMAP Agent: " + noServer.getMessage());
        }
    }

    private void greet(Connection connection) throws NotTaken {
        Challenge challenge = Challenge.in(connection.line(LINE));
        if (offers(connection).contains("2001-TLS")) {
            ask(connection, "TLS");
            connection.startTls(AnyCertificate.taken(), connection.peer().getHostAddress());
        }
        var mine = new Challenge(fresh());
        String proof = ask(connection, "AUTH SYSTEM " + challenge.answer(secret.get()) + " " + mine.text());
        if (!proof.equals("1000 " + mine.counter(secret.get()))) {
            throw new NotTaken("it does not know the system secret");
        }
    }

    // An address may lead to another server, or back to ourselves.
    private static void insist(Connection connection, String name) throws NotTaken {
        String there = ask(connection, "NVER");
        if (!there.endsWith(" " + name)) {
            throw new NotTaken("there is another server: " + there);
        }
    }

    private static List<String> offers(Connection connection) {
        connection.send("CAPA\r\n");
        var lines = new ArrayList<String>();
        lines.add(connection.line(LINE));
        while (lines.getLast().startsWith("2001-")) {
            lines.add(connection.line(LINE));
        }
        return lines;
    }

    private static String ask(Connection connection, String command) throws NotTaken {
        connection.send(command + "\r\n");
        return expect(connection.line(LINE));
    }

    private static String expect(String answer) throws NotTaken {
        if (!answer.startsWith("1000")) {
            throw new NotTaken("it answers " + answer);
        }
        return answer;
    }

    private static String fresh() {
        var number = new byte[16];
        RANDOM.nextBytes(number);
        return HexFormat.of().formatHex(number);
    }
}
