package org.posthouse.mailcore.pop;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.compute.MemoryShort;
import org.posthouse.mailcore.people.Credentials;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.store.StoreFaults;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.DeadlinePassed;
import org.posthouse.mailcore.wire.Draining;
import org.posthouse.mailcore.wire.LineTooLong;
import org.posthouse.mailcore.wire.WireException;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.login.SignInDelayed;
import org.posthouse.schema.value.AddressText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session: AUTHORIZATION until somebody has signed in, then TRANSACTION on a {@link MailDrop}. RFC 1939 3.
 */
final class PopSession {

    private static final Logger LOG = LoggerFactory.getLogger(PopSession.class);

    // RFC 1939 3: an idle client has at least 10 minutes.
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration STRANGERS_PATIENCE = Duration.ofMinutes(1);
    // RFC 2449 4: a line has up to 255 octets; the responses of SASL may be longer.
    private static final int LINE = 255;
    private static final int SASL_LINE = 4_000;
    private static final int MISTAKES = 20;
    private static final int TRIES = 3;

    private final PopServer server;
    private final Connection connection;
    private String user = "";
    private int mistakes;
    private int failures;
    private boolean over;
    private @Nullable MailDrop drop;

    PopSession(PopServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    void run() {
        ok(server.inForce().get().officialDomain() + " Posthouse POP3 server ready");
        try {
            while (!over) {
                connection.patience(drop == null ? STRANGERS_PATIENCE : PATIENCE);
                one();
            }
            connection.flush();
        } catch (Draining ending) {
            error("[SYS/TEMP] The server is shutting down; try again later");
            connection.flush();
        } catch (DeadlinePassed silent) {
            // RFC 1939 3: closed without a word and without deleting anything.
            LOG.debug("POP session of {} was idle for too long", AddressText.of(connection.peer()));
        } catch (WireException gone) {
            throw gone;
        } catch (RuntimeException fault) {
            error("[SYS/TEMP] Something went wrong here");
            throw fault;
        } finally {
            if (drop != null) {
                server.open().remove(drop.account());
            }
        }
    }

    private void ok(String text) {
        connection.send("+OK " + text + "\r\n");
    }

    private void error(String text) {
        connection.send("-ERR " + text + "\r\n");
    }

    private void mistake(String text) {
        error(text);
        over |= ++mistakes > MISTAKES;
    }

    private void one() {
        String line;
        try {
            line = connection.line(drop == null ? SASL_LINE : LINE);
        } catch (LineTooLong tooLong) {
            mistake("The line is too long");
            return;
        }
        int space = line.indexOf(' ');
        String command = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String argument = space < 0 ? "" : line.substring(space + 1);
        switch (command) {
            case "CAPA" -> capabilities();
            case "QUIT" -> quit();
            default -> {
                if (drop == null) {
                    authorization(command, argument);
                } else {
                    transaction(drop, command, argument.strip());
                }
            }
        }
    }

    // RFC 2449 5: the list may change with TLS and with the login.
    private void capabilities() {
        ok("What can be done here");
        connection.send("TOP\r\nUIDL\r\nPIPELINING\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\n");
        if (drop == null && mayLogIn()) {
            connection.send("USER\r\nSASL PLAIN\r\n");
        }
        if (drop == null && mayStartTls()) {
            connection.send("STLS\r\n");
        }
        connection.send("IMPLEMENTATION Posthouse\r\n.\r\n");
    }

    private boolean mayStartTls() {
        return !connection.secure() && server.tls().context().isPresent();
    }

    private boolean mayLogIn() {
        return server.loginPolicy().admits(connection);
    }

    // RFC 3206 4: [AUTH] would ask the user for another password, which is not the problem.
    private String refusal() {
        return server.loginPolicy().refusal("STLS");
    }

    private void quit() {
        over = true;
        try {
            if (drop != null) {
                drop.deleteMarked();
            }
            ok("Goodbye");
        } catch (StoreFailure failure) {
            StoreFaults.note("POP session of " + (drop == null ? "" : drop.account()) + " could not delete", failure);
            error("[SYS/TEMP] Some of the messages were not deleted"
                    + (failure.isDiskFull() ? ": the disk of the server is full" : ""));
        }
    }

    private void authorization(String command, String argument) {
        switch (command) {
            case "USER" -> {
                user = argument;
                if (!mayLogIn()) {
                    error(refusal());
                } else if (user.isEmpty()) {
                    mistake("USER needs a name");
                } else {
                    ok("Now the password");
                }
            }
            case "PASS" -> {
                if (user.isEmpty()) {
                    mistake("USER comes first");
                } else {
                    signIn(new Credentials(user, argument));
                }
            }
            case "AUTH" -> authenticate(argument.strip());
            case "STLS" -> startTls();
            default -> mistake("This command cannot be used before the login");
        }
    }

    private void startTls() {
        if (!mayStartTls()) {
            mistake("STLS is not available here");
            return;
        }
        server.tls().context().ifPresent(context -> {
            ok("Begin TLS now");
            connection.startTls(context);
            user = "";
        });
    }

    // RFC 5034 4: AUTH alone asks for the mechanisms; an initial response may follow the name.
    private void authenticate(String argument) {
        String[] words = argument.split(" +", 2);
        if (argument.isEmpty()) {
            connection.send(mayLogIn() ? "+OK\r\nPLAIN\r\n.\r\n" : "+OK\r\n.\r\n");
            return;
        }
        if (!mayLogIn()) {
            error(refusal());
            return;
        }
        if (!words[0].equalsIgnoreCase("PLAIN")) {
            mistake("AUTH knows PLAIN");
            return;
        }
        String response = words.length > 1 ? words[1] : ask();
        Optional<Credentials> credentials = Credentials.plain(response);
        if (credentials.isEmpty()) {
            mistake("Authentication canceled");
        } else {
            signIn(credentials.get());
        }
    }

    private String ask() {
        connection.send("+ \r\n");
        return connection.line(SASL_LINE);
    }

    private void signIn(Credentials credentials) {
        user = "";
        if (!mayLogIn()) {
            error(refusal());
            return;
        }
        String peer = AddressText.of(connection.peer());
        Optional<Person> person;
        long began = System.nanoTime();
        try {
            person = server.people().authenticate(connection.peer(), credentials);
        } catch (SignInDelayed delay) {
            delayed(delay);
            return;
        } catch (DirectoryException down) {
            LOG.warn("POP login from {} cannot be checked: {}", peer, down.getMessage());
            error("[SYS/TEMP] Passwords cannot be checked now; try again later");
            return;
        }
        if (person.isPresent()) {
            welcome(person.get());
            return;
        }
        LOG.info("POP login from {} failed", peer);
        connection.flush();
        server.guard().failed(began);
        error("[AUTH] Name or password is wrong");
        over |= ++failures >= TRIES;
    }

    // RFC 3206 4: [AUTH] would ask the user for another password.
    private void delayed(SignInDelayed delay) {
        server.guard().delayed(delay);
        error("[SYS/TEMP] " + delay.sentence());
        over |= delay.isGuessing() && ++failures >= TRIES;
    }

    private void welcome(Person person) {
        if (!server.open().add(person.account())) {
            error("[IN-USE] Another session has the mailbox open");
            return;
        }
        try {
            Mailbox mailbox = server.store().mailbox(person.account(), person.mailboxId());
            drop = new MailDrop(mailbox, connection);
            mailbox.open();
        } catch (StoreFailure failure) {
            server.open().remove(person.account());
            StoreFaults.note("The mailbox of " + person.account() + " cannot be opened", failure);
            error("[SYS/TEMP] The mailbox cannot be opened now"
                    + (failure.isDiskFull() ? ": the disk of the server is full" : ""));
            return;
        }
        connection.known();
        LOG.info("POP login of {} from {}", person.account(), AddressText.of(connection.peer()));
        server.logins().increment();
        ok("Welcome, " + drop.total());
    }

    private void transaction(MailDrop drop, String command, String argument) {
        try {
            String refusal = switch (command) {
                case "STAT" -> drop.stat();
                case "LIST" -> drop.list(argument);
                case "UIDL" -> drop.uidl(argument);
                case "RETR" -> drop.retrieve(argument);
                case "TOP" -> drop.top(argument);
                case "DELE" -> drop.mark(argument);
                case "NOOP" -> drop.told("Nothing done");
                case "RSET" -> drop.reset();
                default -> "Unknown command";
            };
            if (!refusal.isEmpty()) {
                mistake(refusal);
            }
        } catch (MemoryShort busy) {
            error("[SYS/TEMP] Too many large messages are being handled at once; try again later");
        } catch (StoreFailure failure) {
            StoreFaults.note("POP session of " + drop.account(), failure);
            error("[SYS/TEMP] "
                    + (failure.isDiskFull() ? "The disk of the server is full" : "The message store is unavailable")
                    + "; try again later");
        }
    }
}
