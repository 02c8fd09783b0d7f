package org.posthouse.mailcore.finger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.DeadlinePassed;
import org.posthouse.mailcore.wire.Draining;
import org.posthouse.mailcore.wire.LineTooLong;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.value.LoginName;

/** Answers one query after the other, each on a connection of its own (RFC 1288 2.1). */
final class FingerAnswers {

    /** The longest line, of a query as well as of an answer, in octets. */
    static final int LONGEST = 1024;

    private final Supplier<List<String>> names;
    private final People people;
    private final Store store;

    FingerAnswers(Supplier<List<String>> names, People people, Store store) {
        this.names = names;
        this.people = people;
        this.store = store;
    }

    /** Runs one connection to its end. */
    void serve(Connection connection) {
        try {
            String answer = answer(connection.line(LONGEST));
            connection.send(answer.getBytes(UTF_8));
            connection.flush();
        } catch (Draining | DeadlinePassed | LineTooLong over) {
            // RFC 1288 2.3: whoever asks nothing in time, or far too much, is owed no answer.
            return;
        }
    }

    private String answer(String line) {
        String query = line.strip();
        // RFC 1288 2.5.4: /W asks for more, of which there is nothing.
        if (query.toUpperCase(Locale.ROOT).startsWith("/W")) {
            query = query.substring(2).strip();
        }
        if (query.isEmpty()) {
            return "Finger online user list denied\r\n";
        }
        if (query.contains("@") && !isListed(query)) {
            return "Finger forwarding service denied\r\n";
        }
        try {
            return isListed(query) ? about(query) : unknown(query);
        } catch (DirectoryException | StoreFailure unavailable) {
            return "Not available at the moment, please try again later\r\n";
        }
    }

    // Whoever is not listed is answered in the same way as whoever does not exist.
    private boolean isListed(String query) {
        String key = LoginName.key(query);
        return names.get().stream().map(LoginName::key).anyMatch(key::equals);
    }

    private String about(String name) {
        Optional<Person> found = people.find(LoginName.key(name));
        return found.map(person -> "Login: %s  Name: %s\r\n%s\r\n"
                        .formatted(
                                printable(person.account()),
                                printable(person.displayName()),
                                isMailWaiting(person) ? "Mail is waiting." : "No mail is waiting."))
                .orElseGet(() -> unknown(name));
    }

    private static String unknown(String name) {
        return printable(name) + ": no such name is listed\r\n";
    }

    // A question must not touch a mailbox: one that nobody has opened yet stays as it is.
    private boolean isMailWaiting(Person person) {
        String account = person.account();
        boolean owned = store.owner(account)
                .filter(owner -> !owner.equals(person.mailboxId()))
                .isEmpty();
        return owned && store.exists(account) && hasUnread(store.mailbox(account));
    }

    private static boolean hasUnread(Mailbox mailbox) {
        return mailbox.folder("INBOX").stream()
                .flatMap(inbox -> mailbox.messages(inbox.id()).stream())
                .anyMatch(message -> !message.is("\\Seen"));
    }

    // RFC 1288 3.3: control characters never reach a terminal.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
