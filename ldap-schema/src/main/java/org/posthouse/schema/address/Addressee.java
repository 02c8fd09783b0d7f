package org.posthouse.schema.address;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.Place;

/**
 * What decides about the mail of a user, group, role, or alias, and nothing more, so that 100,000 of them fit into memory.
 *
 * @param container the container it is in
 * @param name its name
 * @param kind USER, GROUP, ORGANIZATIONAL_ROLE or ALIAS
 * @param enabled whether messaging is enabled; true for what is no user
 * @param reserved whether an administrator gave this user a reserved name on purpose
 * @param targets the members of a group or role, or the target of an alias, as stored
 */
public record Addressee(
        Place container, String name, Kind kind, boolean enabled, boolean reserved, List<String> targets) {

    private static final String MEMBER = "member";
    private static final String TARGET = "aliasedObjectName";
    private static final String STATUS = AddressBook.STATUS;
    private static final String RESERVED = "posthouseReservedName";

    /** The attributes that are read of an object to make an addressee of it. */
    public static final List<String> ATTRIBUTES =
            List.of("objectClass", STATUS, RESERVED, MEMBER, "uniqueMember", "roleOccupant", TARGET);

    /** Takes a copy of the targets. */
    public Addressee {
        targets = List.copyOf(targets);
    }

    /** One whose name is not known to be reserved. */
    public Addressee(Place container, String name, Kind kind, boolean enabled, List<String> targets) {
        this(container, name, kind, enabled, false, targets);
    }

    /** What an object is to mail; empty for an object that no address can name. */
    public static Optional<Addressee> of(Entry entry) {
        return entry.place()
                .parent()
                .filter(container -> entry.place().leafAttribute().equals("cn"))
                .flatMap(container -> of(container, entry.name(), entry.kind(), entry.attributes()));
    }

    /** The same, of its parts; the attribute names of the map are without case. */
    public static Optional<Addressee> of(
            Place container, String name, Kind kind, Map<String, List<String>> attributes) {
        return switch (kind) {
            case USER ->
                Optional.of(new Addressee(
                        container, name, kind, AddressBook.isEnabled(attributes), isReserved(attributes), List.of()));
            case GROUP, ORGANIZATIONAL_ROLE ->
                Optional.of(new Addressee(
                        container,
                        name,
                        kind,
                        true,
                        AddressBook.memberNames(attributes).toList()));
            case ALIAS ->
                Optional.of(new Addressee(container, name, kind, true, attributes.getOrDefault(TARGET, List.of())));
            default -> Optional.empty();
        };
    }

    private static boolean isReserved(Map<String, List<String>> attributes) {
        return attributes.getOrDefault(RESERVED, List.of()).contains("TRUE");
    }

    /** Its place. */
    public Place place() {
        return container.child("cn", name);
    }

    /** The name by which it is looked up, as {@link LoginName} says. */
    static String key(String name) {
        return LoginName.key(name);
    }

    /** The object as far as mail looks at it. */
    Entry entry() {
        Map<String, List<String>> attributes = switch (kind) {
            case USER ->
                Map.of(STATUS, List.of(enabled ? "TRUE" : "FALSE"), RESERVED, List.of(reserved ? "TRUE" : "FALSE"));
            case ALIAS -> Map.of(TARGET, targets);
            default -> Map.of(MEMBER, targets);
        };
        return new Entry(place(), kind, 0, attributes);
    }
}
