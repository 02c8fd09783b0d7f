package org.posthouse.webadmin.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.address.AccessChange.Effect;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.Place;

/** Who can administer the mail system before and after a plan: the enabled users that are members of Administrators. */
public final class Administrators {

    /** The attribute that disables a user. */
    public static final String ENABLED = "posthouseMessagingEnabled";

    private final Outlook outlook;
    private final Set<Place> before;
    private final Set<Place> after;

    Administrators(Outlook outlook, Place group) {
        this.outlook = outlook;
        this.before = able(group, outlook::before);
        this.after = able(group, outlook::after);
    }

    /**
     * The administrators that a plan disables, when nobody is left then who can administer the system; otherwise none. Reads the
     * members of Administrators when the plan concerns users or groups.
     */
    public static List<Place> lastDismissed(Directory directory, Plan plan) {
        boolean about = plan.stood().values().stream()
                .anyMatch(entry -> entry.kind() == Kind.USER || entry.kind() == Kind.GROUP);
        if (!about) {
            return List.of();
        }
        var outlook = new Outlook(directory, directory.tree(), plan.stood().values());
        plan.steps().forEach(outlook::take);
        var administrators = new Administrators(outlook, directory.administrators());
        return administrators.areLost() ? administrators.dismissed() : List.of();
    }

    private static Set<Place> able(Place group, Function<Place, Optional<Entry>> look) {
        return look.apply(group).stream()
                .flatMap(entry -> entry.values("member").stream())
                .flatMap(text -> Objections.place(text).stream())
                .flatMap(member -> look.apply(member).stream())
                .filter(user -> user.kind() == Kind.USER
                        && !user.value(ENABLED).orElse("TRUE").equalsIgnoreCase("FALSE"))
                .map(Entry::place)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether there is an administrator before the plan and none after it. A user that the plan itself makes does not
     * count: it has no password yet.
     */
    boolean areLost() {
        return !before.isEmpty()
                && after.stream().noneMatch(user -> outlook.before(user).isPresent());
    }

    /** Who can sign in to the console before the plan and not after it, and the other way around. */
    List<AccessChange> signIns() {
        return Stream.of(change(Effect.LOSES_CONSOLE, gone()), change(Effect.GAINS_CONSOLE, less(after, before)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<AccessChange> change(Effect effect, List<Place> users) {
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of(new AccessChange(
                        effect,
                        Kind.USER,
                        "",
                        users.size(),
                        users.stream().limit(AccessChange.NAMED).toList()));
    }

    /** The administrators that are deleted, lose their office, or are disabled by the plan. */
    List<Place> gone() {
        return less(before, after);
    }

    private static List<Place> less(Set<Place> all, Set<Place> without) {
        return all.stream()
                .filter(user -> !without.contains(user))
                .sorted(Comparator.comparing(Place::leaf, NameOrder.NAMES).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The administrators that the plan deletes. */
    List<Place> removed() {
        return before.stream()
                .filter(user -> outlook.removed().stream().anyMatch(user::isWithin))
                .sorted()
                .toList();
    }

    /** The administrators that stay in the directory and lose their office or are disabled by the plan. */
    List<Place> dismissed() {
        return gone().stream().filter(user -> outlook.after(user).isPresent()).toList();
    }
}
