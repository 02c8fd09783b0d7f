package org.posthouse.schema.address;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthouse.schema.panel.UserInternetMail;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Finds the users that a messaging server knows by their mailbox names.
 *
 * <p>A name is looked up in each container of the context list, the server's own first, one level deep: NetMail
 * "Context". A user outside the list or with messaging disabled is unknown. Directory aliases lead to their user, groups
 * and roles to their members.
 *
 * <p>Every method reads objects through the function given, so it costs what that costs and throws what that throws.
 *
 * @param resolver whose containers are searched
 * @param read the object at a place: asked of the directory, or of what is kept in memory
 */
public record AddressBook(AddressResolver resolver, Function<Place, Optional<Entry>> read) {

    private static final List<String> MEMBERSHIP = List.of("member", "uniqueMember", "roleOccupant");

    /** The user that a mailbox name leads to, if messaging is enabled for it. */
    public Optional<Entry> user(String name) {
        return object(name).filter(AddressBook::takesPart);
    }

    /** The members of a group, or the occupants of a role, each once; a user alone counts as a group of one. */
    public List<Entry> members(String group) {
        var users = new ArrayList<Entry>();
        collect(group, users, new HashSet<>());
        return List.copyOf(users);
    }

    private void collect(String name, List<Entry> users, Set<String> visited) {
        if (!visited.add(name.toLowerCase(Locale.ROOT))) {
            return;
        }
        object(name).ifPresent(entry -> {
            switch (entry.kind()) {
                case USER -> {
                    if (takesPart(entry)
                            && users.stream().noneMatch(known -> known.place().equals(entry.place()))) {
                        users.add(entry);
                    }
                }
                // Members' names lose their context: each is looked up by the context list again.
                case GROUP, ORGANIZATIONAL_ROLE ->
                    memberNames(entry)
                            .forEach(member -> collect(Place.of(member).leaf(), users, visited));
                default -> {}
            }
        });
    }

    /** The distinguished names of the members of a group or the occupants of a role, as stored. */
    public static Stream<String> memberNames(Entry group) {
        return MEMBERSHIP.stream().flatMap(attribute -> group.values(attribute).stream());
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
        List<Place> contexts = resolver.contexts();
        return contexts.stream()
                .flatMap(context -> read.apply(context.child("cn", name)).stream())
                .findFirst()
                .map(found -> Trail.from(found, read, contexts::contains));
    }

    /** Whether this is a user for whom messaging is enabled. */
    public static boolean takesPart(Entry entry) {
        return entry.kind() == Kind.USER
                && Kind.catalogue()
                        .panel(UserInternetMail.class)
                        .decode(entry.attributes())
                        .enabled();
    }
}
