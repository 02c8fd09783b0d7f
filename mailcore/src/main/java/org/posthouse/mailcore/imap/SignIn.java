package org.posthouse.mailcore.imap;

import java.net.InetAddress;
import java.util.Optional;
import org.posthouse.mailcore.imap.command.Command;
import org.posthouse.mailcore.people.Credentials;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.store.StoreFaults;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.login.SignInDelayed;
import org.posthouse.schema.value.AddressText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** LOGIN and AUTHENTICATE: RFC 3501 6.2, RFC 4616, RFC 4959. Says the same to a wrong name as to a wrong password. */
final class SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final int TRIES = 3;
    private static final int LINE = 4_000;

    private final ImapServer server;
    private final Connection connection;
    private final Answers answers;
    private int failures;

    SignIn(ImapServer server, Connection connection, Answers answers) {
        this.server = server;
        this.connection = connection;
        this.answers = answers;
    }

    /** The answer, the mailbox when it worked, and whether this client has failed often enough. */
    record Result(Tagged tagged, Optional<Mailbox> mailbox, boolean enough) {
        private static Result of(Tagged tagged) {
            return new Result(tagged, Optional.empty(), false);
        }
    }

    Result login(Command.Login login) {
        if (!server.loginPolicy().admits(connection)) {
            return refused();
        }
        return check(new Credentials(login.user(), login.password()));
    }

    Result authenticate(Command.Authenticate command) {
        if (!server.loginPolicy().admits(connection)) {
            return refused();
        }
        return switch (command.mechanism()) {
            case "PLAIN" -> checkAll(command.initial().or(() -> ask("")).flatMap(Credentials::plain));
            case "LOGIN" -> checkAll(named(command));
            default -> Result.of(Tagged.no("[CANNOT] Authenticate by PLAIN or LOGIN"));
        };
    }

    // RFC 5530 3: the operation needs a connection that nobody can listen to.
    private Result refused() {
        return Result.of(Tagged.no("[PRIVACYREQUIRED] " + server.loginPolicy().refusal("STARTTLS")));
    }

    private Optional<Credentials> named(Command.Authenticate command) {
        return command.initial()
                .or(() -> ask("VXNlcm5hbWU6"))
                .flatMap(Credentials::decoded)
                .flatMap(name -> ask("UGFzc3dvcmQ6")
                        .flatMap(Credentials::decoded)
                        .map(password -> new Credentials(name, password)));
    }

    // RFC 3501 6.2.2: a line with "*" cancels.
    private Optional<String> ask(String challenge) {
        answers.line("+ " + challenge);
        answers.flush();
        return Optional.of(connection.line(LINE)).filter(line -> !line.equals("*"));
    }

    private Result checkAll(Optional<Credentials> credentials) {
        return credentials.map(this::check).orElseGet(() -> Result.of(Tagged.bad("Authentication canceled")));
    }

    private Result check(Credentials credentials) {
        InetAddress peer = connection.peer();
        long began = System.nanoTime();
        try {
            Optional<Person> person = server.people().authenticate(peer, credentials);
            if (person.isPresent()) {
                return welcome(person.get());
            }
        } catch (SignInDelayed delay) {
            return delayed(delay);
        } catch (DirectoryException down) {
            LOG.warn("IMAP login from {} cannot be checked: {}", AddressText.of(peer), down.getMessage());
            return Result.of(Tagged.no("[UNAVAILABLE] Passwords cannot be checked now; try again later"));
        }
        LOG.info("IMAP login from {} failed", AddressText.of(peer));
        answers.flush();
        server.guard().failed(began);
        return new Result(
                Tagged.no("[AUTHENTICATIONFAILED] Name or password is wrong"), Optional.empty(), ++failures >= TRIES);
    }

    // RFC 5530 3: LIMIT is about this client, UNAVAILABLE about the server.
    private Result delayed(SignInDelayed delay) {
        server.guard().delayed(delay);
        String code = delay.isGuessing() ? "[LIMIT] " : "[UNAVAILABLE] ";
        boolean enough = delay.isGuessing() && ++failures >= TRIES;
        return new Result(Tagged.no(code + delay.sentence()), Optional.empty(), enough);
    }

    private Result welcome(Person person) {
        try {
            Mailbox mailbox = server.store().mailbox(person.account(), person.mailboxId());
            mailbox.open();
            LOG.info("IMAP login of {} from {}", person.account(), AddressText.of(connection.peer()));
            server.logins().increment();
            String capabilities = server.capabilities(connection, true);
            return new Result(Tagged.ok("[CAPABILITY " + capabilities + "] Welcome"), Optional.of(mailbox), false);
        } catch (StoreFailure failure) {
            StoreFaults.note("The mailbox of " + person.account() + " cannot be opened", failure);
            return Result.of(Tagged.no("[UNAVAILABLE] The mailbox cannot be opened now"));
        }
    }
}
