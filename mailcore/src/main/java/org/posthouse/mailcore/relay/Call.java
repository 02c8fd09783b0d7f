package org.posthouse.mailcore.relay;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.AnyCertificate;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.WireException;

/**
 * One call at another mail host: greeting, EHLO, TLS where it is offered.
 *
 * <p>Where nobody demands more, TLS is opportunistic (RFC 7435): it keeps listeners out, and a certificate nobody vouches
 * for still does that better than plain text, so none is checked. Where DANE or MTA-STS does, the certificate is looked
 * at before anything but our name has been said.
 */
final class Call implements AutoCloseable {

    // RFC 5321 4.5.3.2: 5 minutes for greeting, MAIL and RCPT.
    private static final Duration COMMAND = Duration.ofMinutes(5);
    private static final Duration CONNECT = Duration.ofSeconds(30);
    // A host that uses up its time for each command would hold its call for most of an hour.
    private static final Duration TRANSACTION = Duration.ofMinutes(20);
    private static final Limits LIMITS = new Limits(1, 1, COMMAND, TRANSACTION);

    private final Connection connection;
    private final Target target;
    private final @Nullable InetAddress from;
    private final String name;
    private final Demand demand;
    private final Tally tally;
    private final Map<String, String> extensions = new HashMap<>();
    private Optional<String> flaw = Optional.empty();

    /** The host does not want to talk at all; another one may. */
    static final class Unwilling extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwilling(String why) {
            super(why, null, false, false);
        }
    }

    /** The host offered TLS, and then it did not work. */
    static final class EncryptionFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        EncryptionFailed(String why) {
            super(why, null, false, false);
        }
    }

    /** It is ourselves we called. */
    static final class OurOwnVoice extends RuntimeException {
        private static final long serialVersionUID = 1;

        OurOwnVoice(String host) {
            super(host + " answers with our own name", null, false, false);
        }
    }

    private Call(
            Connection connection, Target target, @Nullable InetAddress from, String name, Demand demand, Tally tally) {
        this.from = from;
        this.demand = demand;
        this.tally = tally;
        this.connection = connection;
        this.target = target;
        this.name = name;
    }

    /**
     * Calls and says who we are.
     *
     * @param from the local address to call from; null for any
     * @param name our own name
     * @param demand what the host must show
     * @param tally counts the call
     * @throws Insecure when it does not show that
     */
    static Call at(Target target, @Nullable InetAddress from, String name, Demand demand, Tally tally) {
        Optional<String> bar = demand.bar();
        if (demand.insists() && bar.isPresent()) {
            throw Insecure.unproven(demand, bar.get());
        }
        var call =
                new Call(Connection.dial(target.address(), from, CONNECT, LIMITS), target, from, name, demand, tally);
        tally.meter(Count.OUTGOING_SERVERS).increment();
        try {
            call.greet();
            call.secure();
            return call;
        } catch (RuntimeException failed) {
            call.hangUp();
            throw failed;
        }
    }

    private void greet() {
        Answer greeting = Answer.read(connection);
        if (!greeting.isGood()) {
            throw new Unwilling(greeting.toString());
        }
        String host = greeting.lines().getFirst().split(" ", 2)[0];
        if (host.equalsIgnoreCase(name)) {
            throw new OurOwnVoice(target.host());
        }
        hello();
    }

    private void hello() {
        extensions.clear();
        Answer answer = ask("EHLO " + name);
        if (answer.isGood()) {
            answer.lines().stream().skip(1).forEach(this::extension);
            return;
        }
        Answer plain = answer.isNever() ? ask("HELO " + name) : answer;
        if (!plain.isGood()) {
            throw new Unwilling(plain.toString());
        }
    }

    private void extension(String line) {
        String[] words = line.strip().split(" ", 2);
        extensions.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1].strip() : "");
    }

    private void secure() {
        if (demand.tries() && offers("STARTTLS").isPresent()) {
            encrypt();
        } else if (demand.tries()) {
            miss("the host does not offer STARTTLS");
        }
        tally.meter(isEncrypted() ? demand.count() : Count.OUTGOING_PLAIN).increment();
    }

    private void encrypt() {
        Answer answer = ask("STARTTLS");
        if (!answer.isGood()) {
            miss("the host answers STARTTLS with " + answer);
            return;
        }
        try {
            connection.startTls(AnyCertificate.taken(), demand.indication(target.host()));
        } catch (WireException broken) {
            miss("the hand-shake failed: " + broken.getMessage());
            throw new EncryptionFailed(String.valueOf(broken.getMessage()));
        }
        demand.objection(connection.certificates()).ifPresent(this::doubt);
        hello();
    }

    private void miss(String why) {
        if (demand.insists()) {
            throw Insecure.withoutTls(demand, why);
        }
        flaw = Optional.of(why);
    }

    private void doubt(String why) {
        if (demand.insists()) {
            throw Insecure.unproven(demand, why);
        }
        flaw = Optional.of(why);
    }

    /** What is not as it should be, where that keeps no mail back; empty when all is. */
    Optional<String> flaw() {
        return demand.bar().or(() -> flaw);
    }

    /** How it is secured, in words for the log. */
    String security() {
        boolean proven = demand.insists() && flaw.isEmpty() && demand.count() != Count.OUTGOING_TLS;
        return connection
                .cipher()
                .map(cipher -> cipher + (proven ? ", " + demand.by() : ""))
                .orElse("plain text");
    }

    /** The parameters of an extension the host has; empty when it does not have it. */
    Optional<String> offers(String extension) {
        return Optional.ofNullable(extensions.get(extension));
    }

    boolean isEncrypted() {
        return connection.secure();
    }

    /** Whether {@link #at} would make the same call. */
    boolean isFor(Target other, @Nullable InetAddress own, String called, Demand asked) {
        return target.equals(other) && Objects.equals(from, own) && name.equals(called) && demand.equals(asked);
    }

    /** Begins another transaction, which has its time: more for a message of many octets. */
    void begin(int octets) {
        connection.within(TRANSACTION.plusMillis(octets));
    }

    Target target() {
        return target;
    }

    Connection connection() {
        return connection;
    }

    /** Adds a command to what is sent next. */
    void say(String command) {
        connection.send(command + "\r\n");
    }

    /** The next reply. */
    Answer hear() {
        return Answer.read(connection);
    }

    Answer ask(String command) {
        say(command);
        return hear();
    }

    @Override
    public void close() {
        connection.send("QUIT\r\n");
        hangUp();
    }

    private void hangUp() {
        tally.meter(Count.CLOSED_OUT_SERVERS).increment();
        connection.close();
    }
}
