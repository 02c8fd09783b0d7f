package org.posthouse.mailcore.smtp;

import static org.posthouse.mailcore.smtp.Reply.BAD_SEQUENCE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.agent.LoginPolicy;
import org.posthouse.mailcore.people.Credentials;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.store.StoreFaults;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.DeadlinePassed;
import org.posthouse.mailcore.wire.Draining;
import org.posthouse.mailcore.wire.LineTooLong;
import org.posthouse.mailcore.wire.PeerGone;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.login.SignInDelayed;
import org.posthouse.schema.panel.SmtpOptions;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.AddressText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One dialogue with one peer; its verbs are its methods, each returning a {@link Reply}.
 *
 * <p>Obeys the settings in force when it opened, to its end. Logs refusals and our own faults, with its id. RFC 5321,
 * RFC 1985 (ETRN), RFC 2034, RFC 2920 (PIPELINING), RFC 3207 (STARTTLS), RFC 4954 (AUTH), RFC 6409 (submission); the mail
 * itself is {@link MailTaker}'s.
 */
final class SmtpSession {

    /** Through which port a peer came. */
    enum Door {
        /** Where other hosts deliver. */
        RELAY,
        /** Where mail programs submit. */
        SUBMISSION
    }

    private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);
    // RFC 5321 4.5.3.1.4 asks for 512; parameters of extensions add to it.
    private static final int LINE = 2048;
    private static final int BAD_COMMANDS = 10;
    // Commands that carry no mail: more of them than any program needs is somebody at play.
    private static final int IDLE_COMMANDS = 200;
    private static final Pattern GREETING = Pattern.compile("[\\p{Alnum}._:\\[\\]\\u0080-\\uffff-]{1,255}");

    private final SmtpServer server;
    private final Connection connection;
    private final Door door;
    private final Snapshot snapshot;
    private final SmtpOptions options;
    private final String id;
    private final MailTaker mail;
    private @Nullable Person person;
    private @Nullable SSLContext tls;
    private String greeting = "";
    private boolean extended;
    private boolean over;
    private int bad;
    private int idle;

    SmtpSession(SmtpServer server, Connection connection, Door door, Snapshot snapshot) {
        this.server = server;
        this.connection = connection;
        this.door = door;
        this.snapshot = snapshot;
        this.options = snapshot.page(Kind.SMTP_AGENT, SmtpOptions.class);
        this.id = server.nextId();
        this.mail = new MailTaker(this);
    }

    /** Greets, then answers commands until either side has enough. */
    void run() {
        try {
            connection.send("220 " + snapshot.officialDomain() + " ESMTP Posthouse\r\n");
            while (!over) {
                one();
            }
        } catch (Draining closing) {
            end(Reply.of(421, "4.3.2", snapshot.officialDomain() + " is shutting down, please try again later"));
        } catch (DeadlinePassed late) {
            end(Reply.of(421, "4.4.2", snapshot.officialDomain() + " closes the connection: idle for too long"));
        }
        connection.flush();
    }

    private void one() {
        Reply reply;
        try {
            reply = answer(connection.line(LINE));
        } catch (LineTooLong tooLong) {
            reply = bad(Reply.of(500, "5.5.2", "Line too long"));
        } catch (DirectoryException directory) {
            LOG.warn("{}: the directory is unavailable: {}", id, directory.getMessage());
            reply = Reply.TRY_LATER;
        }
        connection.send(reply.toString());
        if (tls != null) {
            secure(tls);
        }
        if (reply.isRefusal()) {
            server.refused.increment();
            LOG.debug("{} {}: {}", id, AddressText.of(connection.peer()), reply);
        }
    }

    private void end(Reply farewell) {
        try {
            connection.send(farewell.toString()).flush();
        } catch (PeerGone | DeadlinePassed gone) {
            LOG.debug("{} did not wait for the end: {}", id, gone.getMessage());
        }
    }

    private Reply answer(String line) {
        // RFC 5321 2.3.8: CR and LF mean nothing alone; who sends them may be speaking to two servers at once.
        if (line.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            return bad(Reply.of(500, "5.5.2", "Bare CR, LF or NUL in a command"));
        }
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String argument = space < 0 ? "" : line.substring(space + 1).strip();
        try {
            return obey(verb, argument);
        } catch (DirectoryException | LineTooLong expected) {
            throw expected;
        } catch (PeerGone | DeadlinePassed | Draining ended) {
            throw ended;
        } catch (RuntimeException fault) {
            server.faults.increment();
            mail.forget();
            if (fault instanceof StoreFailure failure) {
                StoreFaults.note("SMTP session " + id, failure);
                return failure.isDiskFull() ? Reply.DISK_FULL : Reply.TRY_LATER;
            }
            LOG.error("{} {} failed", id, verb, fault);
            return Reply.TRY_LATER;
        }
    }

    private Reply obey(String verb, String argument) {
        return switch (verb) {
            case "HELO" -> hello(argument, false);
            case "EHLO" -> hello(argument, true);
            case "MAIL" -> counted(greeting.isEmpty() ? BAD_SEQUENCE.saying("HELO first") : mail(argument));
            case "RCPT" -> counted(mail.rcpt(argument));
            case "DATA" -> counted(mail.data(argument));
            case "RSET" -> rset(argument);
            case "NOOP" -> idle(Reply.OK);
            case "QUIT" -> quit();
            case "VRFY" -> idle(vrfy(argument));
            case "EXPN" -> idle(expn(argument));
            case "ETRN" -> idle(etrn(argument));
            case "AUTH" -> auth(argument);
            case "STARTTLS" -> startTls(argument);
            case "HELP" -> idle(Reply.of(214, "2.0.0", "RFC 5321; see the administrator's guide of Posthouse"));
            default -> bad(Reply.of(500, "5.5.1", "Unknown command"));
        };
    }

    private Reply bad(Reply reply) {
        return ++bad > BAD_COMMANDS ? tooMuch() : reply;
    }

    /** A reply that counts as a mistake when it says so. */
    private Reply counted(Reply reply) {
        return reply.code() == 500 || reply.code() == 501 || reply.code() == 503 ? bad(reply) : reply;
    }

    private Reply idle(Reply reply) {
        return ++idle > IDLE_COMMANDS ? tooMuch() : reply;
    }

    private Reply tooMuch() {
        over = true;
        return Reply.of(421, "4.7.0", "Too many invalid commands");
    }

    private Reply hello(String name, boolean withExtensions) {
        if (!GREETING.matcher(name).matches()) {
            return bad(Reply.of(501, "5.5.4", "Specify your host name"));
        }
        greeting = name;
        extended = withExtensions;
        mail.forget();
        String first = snapshot.officialDomain() + " greets " + name;
        return idle(extended ? new Reply(250, "", extensions(first)) : Reply.of(250, "", first));
    }

    private List<String> extensions(String first) {
        var lines = new ArrayList<String>(List.of(first, "PIPELINING", "8BITMIME", "SMTPUTF8", "DSN"));
        lines.add("SIZE " + (options.maximumMessageSize() == 0 ? 0 : largest()));
        lines.add("ENHANCEDSTATUSCODES");
        if (offersTls()) {
            lines.add("STARTTLS");
        }
        if (offersLogin()) {
            lines.add("AUTH PLAIN LOGIN");
        }
        if (options.acceptEtrn()) {
            lines.add("ETRN");
        }
        if (options.allowExpn()) {
            lines.add("EXPN");
        }
        lines.add("HELP");
        return lines;
    }

    private boolean offersTls() {
        return !connection.secure() && server.surroundings().tls().context().isPresent();
    }

    private boolean offersLogin() {
        return person == null && loginPolicy().admits(connection);
    }

    private LoginPolicy loginPolicy() {
        return LoginPolicy.of(snapshot, Kind.SMTP_AGENT, server.surroundings().tls());
    }

    // RFC 6409 4.3: whoever submits mail says who it is. RFC 3207 4 and RFC 4954 6 give the codes.
    private Reply mail(String argument) {
        if (door != Door.SUBMISSION || person != null) {
            Reply reply = mail.mail(argument);
            if (mail.isUnderWay()) {
                connection.known();
            }
            return reply;
        }
        return offersLogin() || !offersTls()
                ? Reply.of(530, "5.7.0", "Authenticate before you submit mail")
                : Reply.of(530, "5.7.0", "Use STARTTLS and authenticate before you submit mail");
    }

    private Reply rset(String argument) {
        mail.forget();
        return argument.isEmpty() ? idle(Reply.OK) : bad(Reply.BAD_SYNTAX);
    }

    private Reply quit() {
        over = true;
        return Reply.of(221, "2.0.0", snapshot.officialDomain() + " closes the connection");
    }

    private Reply vrfy(String name) {
        if (name.isEmpty()) {
            return Reply.BAD_SYNTAX;
        }
        // RFC 5321 7.3: a server that does not tell must answer 252.
        if (!options.allowVrfy()) {
            return Reply.of(252, "2.5.2", "Cannot verify the user, but will accept the message and attempt delivery");
        }
        return server.surroundings()
                .people()
                .local(unbracketed(name))
                .flatMap(server.surroundings().people()::find)
                .map(found -> Reply.of(250, "2.1.5", described(found)))
                .orElse(Reply.of(550, "5.1.1", "User Not Found"));
    }

    private Reply expn(String name) {
        if (name.isEmpty()) {
            return Reply.BAD_SYNTAX;
        }
        if (!options.allowExpn()) {
            return Reply.of(252, "2.5.2", "Cannot verify the user, but will accept the message and attempt delivery");
        }
        List<String> members = server
                .surroundings()
                .people()
                .local(unbracketed(name))
                .map(group -> server.surroundings().people().members(group))
                .orElse(List.of())
                .stream()
                .map(this::described)
                .toList();
        return members.isEmpty() ? Reply.of(550, "5.1.1", "User Not Found") : new Reply(250, "2.1.5", members);
    }

    private static String unbracketed(String name) {
        return name.startsWith("<") && name.endsWith(">") ? name.substring(1, name.length() - 1) : name;
    }

    private String described(Person found) {
        String address =
                found.account().contains("@") ? found.account() : found.account() + "@" + snapshot.officialDomain();
        return found.displayName().replaceAll("[<>]", "") + " <" + address + ">";
    }

    private Reply etrn(String argument) {
        if (!options.acceptEtrn()) {
            return Reply.of(502, "5.5.1", "ETRN is not accepted here");
        }
        if (mail.isUnderWay()) {
            return BAD_SEQUENCE.saying("Not allowed during a message");
        }
        return greeting.isEmpty() ? BAD_SEQUENCE.saying("EHLO first") : Etrn.answer(server, argument);
    }

    private Reply auth(String argument) {
        if (person != null || mail.isUnderWay() || !extended) {
            return bad(BAD_SEQUENCE.saying(person != null ? "Already authenticated" : "Not now"));
        }
        if (!offersLogin()) {
            return bad(Reply.of(538, "5.7.11", loginPolicy().refusal("STARTTLS")));
        }
        Credentials credentials;
        try {
            credentials = new Login(connection).run(argument);
        } catch (Login.UnknownMechanism unknown) {
            return bad(Reply.of(504, "5.5.4", "Authenticate with PLAIN or LOGIN"));
        } catch (IllegalArgumentException wrong) {
            return bad(Reply.of(501, "5.5.2", String.valueOf(wrong.getMessage())));
        }
        long began = System.nanoTime();
        Optional<Person> found;
        try {
            found = server.authenticate(connection.peer(), credentials);
        } catch (SignInDelayed delay) {
            // RFC 4954 4.7.
            return bad(Reply.of(454, "4.7.0", delay.sentence()));
        }
        if (found.isEmpty()) {
            LOG.info("{} failed login of {} from {}", id, credentials, AddressText.of(connection.peer()));
            server.guard().failed(began);
            return bad(Reply.of(535, "5.7.8", "Authentication credentials invalid"));
        }
        person = found.get();
        connection.known();
        return Reply.of(235, "2.7.0", "Authentication successful");
    }

    private Reply startTls(String argument) {
        if (connection.secure() || mail.isUnderWay()) {
            return bad(BAD_SEQUENCE);
        }
        if (!argument.isEmpty()) {
            return bad(Reply.BAD_SYNTAX);
        }
        var context = server.surroundings().tls().context();
        if (context.isEmpty()) {
            return bad(Reply.of(502, "5.5.1", "No certificate installed"));
        }
        tls = context.get();
        return Reply.of(220, "2.0.0", "Begin TLS");
    }

    // RFC 3207 4.2: nothing the peer said before counts any more, least of all what it sent behind STARTTLS.
    private void secure(SSLContext context) {
        connection.startTls(context);
        tls = null;
        greeting = "";
        extended = false;
        person = null;
        mail.forget();
    }

    SmtpServer server() {
        return server;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    SmtpOptions options() {
        return options;
    }

    Connection connection() {
        return connection;
    }

    String id() {
        return id;
    }

    long largest() {
        return SmtpServer.largest(options.maximumMessageSize());
    }

    Optional<Person> person() {
        return Optional.ofNullable(person);
    }

    String greeting() {
        return greeting;
    }

    /** The protocol keyword of the trace (RFC 3848, RFC 6531 4.3). */
    String protocol(boolean international) {
        String tail = (connection.secure() ? "S" : "") + (person == null ? "" : "A");
        return international ? "UTF8SMTP" + tail : extended ? "ESMTP" + tail : "SMTP";
    }
}
