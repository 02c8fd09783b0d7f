package org.posthouse.mailcore.smtp;

import java.net.InetAddress;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.people.Credentials;
import org.posthouse.mailcore.people.LoginGuard;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.Flow;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.schema.login.SignInDelayed;

/** What all sessions of one SMTP Agent share: its surroundings, its counters, its patience with guessers. */
final class SmtpServer {

    // Where no limit is set, one message may still not take more than this part of the memory.
    private static final int LARGEST_SHARE = 8;

    final LongAdder received = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder loginsFailed = new LongAdder();

    final LongAdder routingDenied;
    final LongAdder faults;

    private final Flow receivedLocal;
    private final Flow receivedRemote;
    private final Surroundings surroundings;
    private final Desk desk;
    private final LoginGuard guard;
    private final AtomicLong sessions = new AtomicLong();
    private final String birth;

    /** Takes how much later each failed login makes the next answer. */
    SmtpServer(Surroundings surroundings, Desk desk, Duration guessing) {
        this.desk = desk;
        Tally tally = surroundings.tally();
        this.routingDenied = tally.meter(Count.ROUTING_DENIED);
        this.faults = tally.meter(Count.ERRORS);
        tally.meter(Count.INCOMING_SERVERS);
        tally.meter(Count.SERVICED_SERVERS);
        this.receivedLocal = Flow.receivedLocal(tally);
        this.receivedRemote = Flow.receivedRemote(tally);
        this.surroundings = surroundings;
        this.guard = new LoginGuard(guessing, surroundings.tally());
        this.birth = Long.toString(surroundings.clock().instant().getEpochSecond(), Character.MAX_RADIX);
    }

    /** Runs one session of whoever came through the port of other hosts, to its end. */
    void serve(Connection connection) {
        serve(connection, SmtpSession.Door.RELAY);
    }

    /** Runs one session of a mail program, to its end. */
    void serveSubmission(Connection connection) {
        serve(connection, SmtpSession.Door.SUBMISSION);
    }

    private void serve(Connection connection, SmtpSession.Door door) {
        surroundings
                .tally()
                .session(
                        Count.INCOMING_SERVERS,
                        Count.SERVICED_SERVERS,
                        () -> new SmtpSession(
                                        this,
                                        connection,
                                        door,
                                        surroundings.inForce().get())
                                .run());
    }

    /** Counts a mail taken from somebody who signed in, or did not. */
    void countReceived(boolean local, int octets, int recipients) {
        received.increment();
        (local ? receivedLocal : receivedRemote).add(octets, recipients);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Desk desk() {
        return desk;
    }

    LoginGuard guard() {
        return guard;
    }

    /** A name for one message, never given twice: it goes into its trace and into the log. */
    String nextId() {
        return birth + "-" + Long.toString(sessions.incrementAndGet(), Character.MAX_RADIX);
    }

    ZonedDateTime now() {
        return ZonedDateTime.ofInstant(
                surroundings.clock().instant(), surroundings.clock().getZone());
    }

    /** The largest message in octets: as the option says in megabytes, or what memory allows where it says 0. */
    static long largest(int megabytes) {
        long ceiling = Runtime.getRuntime().maxMemory() / LARGEST_SHARE;
        return megabytes == 0 ? ceiling : Math.min(ceiling, megabytes * 1_048_576L);
    }

    /** Who it is; empty for a wrong password. Throws SignInDelayed, DirectoryException. */
    Optional<Person> authenticate(InetAddress peer, Credentials credentials) {
        Optional<Person> person;
        try {
            person = surroundings.people().authenticate(peer, credentials);
        } catch (SignInDelayed delay) {
            guard.delayed(delay);
            throw delay;
        }
        if (person.isEmpty()) {
            loginsFailed.increment();
        }
        return person;
    }

    Map<String, Long> figures() {
        var figures = new TreeMap<String, Long>();
        figures.put("received", received.sum());
        figures.put("refused", refused.sum());
        figures.put("loginsFailed", loginsFailed.sum());
        return figures;
    }
}
