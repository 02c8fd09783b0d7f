package org.posthouse.mailcore.people;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.panel.UserInternetMail;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.Place;

/**
 * Whom one messaging server knows.
 *
 * <p>A name is looked for in each container of the context list, the server's own first, one level deep: NetMail
 * "Context". A user outside the list or with messaging disabled is unknown. Directory aliases lead to their user,
 * groups and roles to their members. Everything here may throw DirectoryDown.
 */
public final class People {

    private final Supplier<Snapshot> inForce;
    private final Function<Place, Optional<Entry>> read;
    private final BiPredicate<Place, String> bind;

    /** Looks up by {@code read} and checks passwords by {@code bind}; both come from the directory. */
    public People(Supplier<Snapshot> inForce, Function<Place, Optional<Entry>> read, BiPredicate<Place, String> bind) {
        this.inForce = inForce;
        this.read = read;
        this.bind = bind;
    }

    /** The user of a mailbox name, "bob" or "bob@hosted.com". */
    public Optional<Person> find(String name) {
        return object(name).filter(entry -> entry.kind() == Kind.USER).flatMap(this::person);
    }

    /** The members of a group, or the occupants of a role, each once; a user alone counts as a group of one. */
    public List<Person> members(String group) {
        var persons = new ArrayList<Person>();
        collect(group, persons, new HashSet<>());
        return List.copyOf(persons);
    }

    /** The user with this name or address, when the password is the user's own. */
    public Optional<Person> authenticate(String login, String password) {
        if (password.isEmpty()) {
            return Optional.empty();
        }
        return local(login).flatMap(this::find).filter(person -> bind.test(person.place(), password));
    }

    /**
     * The mailbox name for an address, whether or not there is such a user; empty when the address is another system's.
     * The postmaster's addresses give the server's postmaster.
     */
    public Optional<String> local(String address) {
        return new Locality(inForce.get()).mailbox(address);
    }

    /** The messaging server that keeps a user's mailbox: the one whose NMAP Agent manages the user's container. */
    public Optional<MessagingServer> keeper(Person person) {
        return inForce.get().keeperOf(person.context());
    }

    private void collect(String name, List<Person> persons, Set<String> visited) {
        if (!visited.add(name.toLowerCase(Locale.ROOT))) {
            return;
        }
        object(name).ifPresent(entry -> {
            switch (entry.kind()) {
                case USER ->
                    person(entry).filter(found -> !persons.contains(found)).ifPresent(persons::add);
                // Members' names lose their context: each is looked up by the context list again.
                case GROUP, ORGANIZATIONAL_ROLE ->
                    Stream.of("member", "uniqueMember", "roleOccupant")
                            .flatMap(attribute -> entry.values(attribute).stream())
                            .forEach(member -> collect(Place.of(member).leaf(), persons, visited));
                default -> {}
            }
        });
    }

    /** Why the alias object of this name leads to nobody, as a phrase after it; empty when it is none, or leads on. */
    public Optional<String> astray(String name) {
        return trail(name).map(Trail::astray).filter(why -> !why.isEmpty());
    }

    private Optional<Entry> object(String name) {
        return trail(name).flatMap(Trail::end);
    }

    private Optional<Trail> trail(String name) {
        if (name.isBlank()) {
            return Optional.empty();
        }
        List<Place> contexts = inForce.get().contexts();
        return contexts.stream()
                .flatMap(context -> read.apply(context.child("cn", name)).stream())
                .findFirst()
                .map(found -> Trail.from(found, read, contexts::contains));
    }

    private Optional<Person> person(Entry user) {
        if (!Kind.catalogue()
                .panel(UserInternetMail.class)
                .decode(user.attributes())
                .enabled()) {
            return Optional.empty();
        }
        var addresses = new TreeSet<String>();
        user.values("mail").forEach(address -> addresses.add(address.toLowerCase(Locale.ROOT)));
        return Optional.of(new Person(
                user.place(),
                user.name().toLowerCase(Locale.ROOT),
                user.value("displayName").orElseGet(() -> fullName(user)),
                addresses));
    }

    private static String fullName(Entry user) {
        String full = Stream.of("givenName", "sn")
                .flatMap(attribute -> user.value(attribute).stream())
                .reduce((first, last) -> first + " " + last)
                .orElse("");
        return full.isBlank() ? user.name() : full;
    }
}
