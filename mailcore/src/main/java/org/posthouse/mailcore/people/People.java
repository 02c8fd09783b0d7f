package org.posthouse.mailcore.people;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.address.AddressBook;
import org.posthouse.schema.login.Attempt;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.Place;

/**
 * The users whom one messaging server knows, as its settings in force say: see {@link AddressBook}. Safe for use by
 * several threads. Each look-up asks the directory or what is remembered of it, and may throw DirectoryDown.
 */
public final class People {

    private final Supplier<Snapshot> inForce;
    private final Function<Place, Optional<Entry>> read;
    private final BiPredicate<Optional<Place>, Attempt> bind;
    private final Runnable vouch;

    /** Looks up by {@code read} and checks passwords by {@code bind}; both come from the directory. {@code vouch} throws while nobody can say who is unknown. */
    public People(
            Supplier<Snapshot> inForce,
            Function<Place, Optional<Entry>> read,
            BiPredicate<Optional<Place>, Attempt> bind,
            Runnable vouch) {
        this.inForce = inForce;
        this.read = read;
        this.bind = bind;
        this.vouch = vouch;
    }

    /** The user of a mailbox name, "bob" or "bob@hosted.com". */
    public Optional<Person> find(String name) {
        Optional<Person> found = book().user(name).map(People::person);
        if (found.isEmpty()) {
            vouch.run();
        }
        return found;
    }

    /** The identifier of the mailbox of a name's user, whether or not messaging is enabled for the user. */
    public Optional<String> owner(String name) {
        return book().entry(name)
                .filter(entry -> entry.kind() == Kind.USER)
                .flatMap(user -> user.value(MailboxId.ATTRIBUTE));
    }

    /** The members of a group, or the occupants of a role, each once; a user alone counts as a group of one. */
    public List<Person> members(String group) {
        return book().members(group).stream().map(People::person).toList();
    }

    /**
     * The user with this name or address, when the password is the user's own. Takes as long for a name that nobody has.
     * Throws SignInDelayed when the password was not checked, DirectoryDown when it could not be.
     */
    public Optional<Person> authenticate(InetAddress peer, Credentials credentials) {
        Optional<Person> person =
                inForce.get().addresses().login(credentials.login()).flatMap(this::find);
        var attempt = Attempt.from(peer, credentials.login(), credentials.password());
        return bind.test(person.map(Person::place), attempt) ? person : Optional.empty();
    }

    /**
     * The mailbox name for an address, whether or not there is such a user; empty when the address is another system's.
     * The postmaster's addresses give the server's postmaster.
     */
    public Optional<String> local(String address) {
        return inForce.get().addresses().mailbox(address);
    }

    /** The messaging server that keeps a user's mailbox: the one whose NMAP Agent manages the user's container. */
    public Optional<MessagingServer> keeper(Person person) {
        return inForce.get().addresses().keeperOf(person.context());
    }

    /** Why the alias object of this name leads to nobody, as a phrase after it; empty when it is none, or leads on. */
    public Optional<String> astray(String name) {
        return book().astray(name);
    }

    private AddressBook book() {
        return new AddressBook(inForce.get().addresses(), read::apply);
    }

    private static Person person(Entry user) {
        var addresses = new TreeSet<String>();
        user.values("mail").forEach(address -> addresses.add(address.toLowerCase(Locale.ROOT)));
        return new Person(
                user.place(),
                LoginName.key(user.name()),
                user.value(MailboxId.ATTRIBUTE).orElse(""),
                user.value("displayName").orElseGet(() -> fullName(user)),
                addresses);
    }

    private static String fullName(Entry user) {
        String full = Stream.of("givenName", "sn")
                .flatMap(attribute -> user.value(attribute).stream())
                .reduce((first, last) -> first + " " + last)
                .orElse("");
        return full.isBlank() ? user.name() : full;
    }
}
