package org.posthouse.webadmin.attention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.posthouse.schema.address.Addressee;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Whether anybody can still sign in to the console. Posthouse refuses or reverts what takes that from the last administrator;
 * another LDAP tool can rename, move, disable, or delete a user, change the group, or remove a password. Safe for use by several
 * threads.
 */
final class AdministratorConcerns {

    private static final Duration KNOWN_FOR = Duration.ofSeconds(30);

    // Of whom a password was ever seen: some directories show passwords to nobody.
    private final Set<Place> secured = ConcurrentHashMap.newKeySet();
    private Instant asked = Instant.MIN;
    private boolean withoutPassword;

    /**
     * What is wrong. Asks the server for the password of each administrator, but not more often than twice a minute; while it
     * does not respond soon, what it said before counts.
     */
    synchronized Optional<Concern> of(Directory directory, Instant now) {
        Population people = directory.population();
        if (!people.isComplete()) {
            return Optional.empty();
        }
        List<Place> able = able(directory.administrators(), people);
        if (able.isEmpty()) {
            return Optional.of(concern(directory, "noAdministrator"));
        }
        if (asked.plus(KNOWN_FOR).isBefore(now)) {
            asked = now;
            directory
                    .soon(() -> able.stream().noneMatch(user -> isUsable(directory, user)))
                    .ifPresent(none -> withoutPassword = none);
        }
        return withoutPassword ? Optional.of(concern(directory, "noAdministratorPassword")) : Optional.empty();
    }

    private static List<Place> able(Place group, Population people) {
        return people.addressee(group).stream()
                .flatMap(members -> members.targets().stream())
                .flatMap(member -> place(member).stream())
                .filter(member -> people.addressee(member)
                        .filter(user -> user.kind() == Kind.USER)
                        .filter(Addressee::enabled)
                        .isPresent())
                .toList();
    }

    // One whose password was never seen may have one.
    private boolean isUsable(Directory directory, Place user) {
        boolean shown = directory.showsPassword(user);
        if (shown) {
            secured.add(user);
        }
        return shown || !secured.contains(user);
    }

    private static Concern concern(Directory directory, String key) {
        return Concern.at(Severity.NO_LOGIN, key, List.of(), directory.administrators(), Kind.GROUP, "");
    }

    private static Optional<Place> place(String text) {
        try {
            return Optional.of(Place.of(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
