package org.posthouse.schema.address;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.UserInternetMail;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.Place;

/**
 * Finds the users that a messaging server knows by their mailbox names.
 *
 * <p>A name is looked up in each container of the context list, the server's own first, one level deep: NetMail
 * "Context". A user outside the list or with messaging disabled is unknown. Directory aliases lead to their user, groups
 * and roles to their members.
 *
 * <p>Every method reads objects through the source given, so it costs what that costs and throws what that throws.
 *
 * @param resolver whose containers are searched
 * @param source where objects are read: the directory, or what is kept of it in memory
 */
public record AddressBook(AddressResolver resolver, EntrySource source) {

    static final String STATUS = "posthouseMessagingEnabled";
    private static final List<String> MEMBERSHIP = List.of("member", "uniqueMember", "roleOccupant");

    /** The user that a mailbox name leads to, if messaging is enabled for it. */
    public Optional<Entry> user(String name) {
        return object(name).filter(AddressBook::takesPart);
    }

    /** The object that a mailbox name leads to: a user, enabled or not, a group, or a role. */
    public Optional<Entry> entry(String name) {
        return object(name);
    }

    /** The members of a group, or the occupants of a role, each once; a user alone counts as a group of one. */
    public List<Entry> members(String group) {
        var users = new ArrayList<Entry>();
        collect(group, users, new HashSet<>());
        return List.copyOf(users);
    }

    private void collect(String name, List<Entry> users, Set<String> visited) {
        if (!visited.add(LoginName.key(name))) {
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
                    memberNames(entry.attributes()).forEach(member -> collect(leaf(member), users, visited));
                default -> {}
            }
        });
    }

    private static String leaf(String member) {
        try {
            return Place.of(member).leaf();
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /** The distinguished names of the members of a group or the occupants of a role, as stored. */
    static Stream<String> memberNames(Map<String, List<String>> group) {
        return MEMBERSHIP.stream().flatMap(attribute -> group.getOrDefault(attribute, List.of()).stream());
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
        return source.first(resolver, name)
                .map(found -> Trail.from(
                        found, source::at, context -> resolver.rank(context).isPresent()));
    }

    private static boolean takesPart(Entry entry) {
        return entry.kind() == Kind.USER && isEnabled(entry.attributes());
    }

    /** Whether messaging is enabled for a user with these attributes; a status that cannot be read disables it. */
    static boolean isEnabled(Map<String, List<String>> user) {
        if (!user.containsKey(STATUS)) {
            return true;
        }
        try {
            return Kind.catalogue().panel(UserInternetMail.class).decode(user).enabled();
        } catch (Refused unreadable) {
            return false;
        }
    }
}
