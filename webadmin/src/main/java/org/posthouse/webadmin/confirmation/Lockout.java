package org.posthouse.webadmin.confirmation;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.WebAdminConnection;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.listener.ConsoleAddress;
import org.posthouse.webadmin.listener.Listeners;
import org.posthouse.webadmin.listener.OwnServer;
import org.posthouse.webadmin.plan.Administrators;
import org.posthouse.webadmin.plan.PeopleImpact;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Step;

/** Which changes can lock administrators out: those of options that say so, on the objects on which they can. */
public final class Lockout {

    private Lockout() {}

    /**
     * What of a plan has to be confirmed, object by object; nothing when it can lock nobody out and leaves no
     * administrator or postmaster without mail or login. Deletions are not among
     * it: that of the last administrator is refused, and others are told by {@link #deleted}.
     */
    public static Map<Place, List<Pending.Part>> in(Plan plan, Directory directory) {
        var found = new LinkedHashMap<Place, List<Pending.Part>>();
        List<Place> dismissed = Administrators.lastDismissed(directory, plan);
        for (Step step : plan.steps()) {
            Entry holder = plan.stood().get(step.place());
            if (step instanceof Step.Alter alter && holder != null) {
                List<Pending.Part> parts = isWithoutMail(plan, alter)
                        ? parts(
                                holder,
                                alter.wanted(),
                                option -> option.confirm() || PeopleImpact.DECIDING.contains(option.attribute()))
                        : dismissed.contains(step.place())
                                ? parts(
                                        holder,
                                        alter.wanted(),
                                        option -> option.attribute().equals(Administrators.ENABLED))
                                : in(holder, alter.wanted(), directory);
                if (!parts.isEmpty()) {
                    found.put(step.place(), parts);
                }
            }
        }
        return found;
    }

    /**
     * The agents and messaging servers that a plan deletes although it leaves an administrator or a postmaster without mail
     * or login, each with what is in it, so that they can be made again.
     */
    static Map<Place, List<NewObject>> deleted(Plan plan, Tree tree) {
        var deleted = new LinkedHashMap<Place, List<NewObject>>();
        if (plan.people().isToBeConfirmed()) {
            plan.removed().stream()
                    .filter(gone ->
                            gone.kind() == Kind.MESSAGING_SERVER || gone.kind().isAgent())
                    .forEach(gone -> deleted.put(gone.place(), objects(gone.place(), tree)));
        }
        return deleted;
    }

    private static List<NewObject> objects(Place place, Tree tree) {
        return tree.entries().stream()
                .filter(entry -> entry.place().isWithin(place))
                .sorted(Comparator.comparingInt(entry -> entry.place().depth()))
                .map(entry -> new NewObject(entry.place(), entry.kind(), values(entry)))
                .toList();
    }

    private static Map<String, List<String>> values(Entry entry) {
        var values = new TreeMap<String, List<String>>();
        options(entry, entry.attributes())
                .forEach(option -> values.put(option.attribute(), entry.values(option.attribute())));
        return values;
    }

    // An administrator or a postmaster would be left without mail or login by this change or one along with it.
    private static boolean isWithoutMail(Plan plan, Step.Alter alter) {
        return plan.people().isToBeConfirmed()
                && alter.wanted().keySet().stream().anyMatch(PeopleImpact.DECIDING::contains);
    }

    private static List<Pending.Part> in(Entry holder, Map<String, List<String>> writes, Directory directory) {
        List<Pending.Part> parts = parts(holder, writes, OptionFacts::confirm);
        return parts.isEmpty() || isHarmless(holder, writes, parts, directory) ? List.of() : parts;
    }

    private static List<Pending.Part> parts(
            Entry holder, Map<String, List<String>> writes, Predicate<OptionFacts> which) {
        return options(holder, writes).stream()
                .filter(which)
                .map(option -> part(option, holder, writes))
                .filter(part -> !Set.copyOf(part.before()).equals(Set.copyOf(part.after())))
                .toList();
    }

    private static List<OptionFacts> options(Entry holder, Map<String, List<String>> writes) {
        // The pages of some agents keep their options on the messaging server.
        Stream<Kind> kinds = holder.kind() == Kind.MESSAGING_SERVER
                ? Stream.concat(
                        Stream.of(holder.kind()), Stream.of(Kind.values()).filter(Kind::isAgent))
                : Stream.of(holder.kind());
        return kinds.flatMap(kind -> kind.panels().stream()
                        .filter(panel -> kind == holder.kind() || panel.holder() == Panel.Holder.PARENT))
                .flatMap(panel -> panel.options().stream())
                .filter(option -> writes.containsKey(option.attribute()))
                .distinct()
                .toList();
    }

    private static Pending.Part part(OptionFacts option, Entry holder, Map<String, List<String>> writes) {
        return new Pending.Part(
                option.name(),
                option.attribute(),
                option.multiple(),
                holder.values(option.attribute()),
                writes.getOrDefault(option.attribute(), List.of()));
    }

    private static boolean isHarmless(
            Entry holder, Map<String, List<String>> writes, List<Pending.Part> parts, Directory directory) {
        return switch (holder.kind()) {
            case GROUP ->
                !holder.place().equals(directory.administrators())
                        || parts.stream().allMatch(part -> TakingBack.holdsAll(part.after(), part.before()));
            case WEBADMIN_SERVER -> !OwnServer.place(directory).equals(holder.place()) || !moves(holder, writes);
            default -> false;
        };
    }

    // What the command line fixes stays, whatever the object says.
    private static boolean moves(Entry holder, Map<String, List<String>> writes) {
        var after = new TreeMap<String, List<String>>(holder.attributes());
        after.putAll(writes);
        try {
            var panel = Kind.catalogue().panel(WebAdminConnection.class);
            var fixed = new Listeners().fixed();
            return !ConsoleAddress.of(panel.decode(holder.attributes()), fixed)
                    .equals(ConsoleAddress.of(panel.decode(after), fixed));
        } catch (Refused unreadable) {
            return true;
        }
    }

    /** Whether these new values put back everything that waits of the object. */
    static boolean isPutBack(Map<String, List<String>> writes, Pending pending) {
        return pending.parts().stream()
                .allMatch(part -> writes.containsKey(part.attribute())
                        && TakingBack.same(part, writes.getOrDefault(part.attribute(), List.of()), part.before()));
    }

    /** What may not be changed while a change of the same object waits; each with the reason. */
    static List<Problem> whileWaiting(Entry holder, Map<String, List<String>> writes, Pending pending) {
        var names = pending.parts().stream().map(Pending.Part::option).toList();
        return options(holder, writes).stream()
                .filter(option -> names.contains(option.name()) || option.confirm())
                .map(option -> new Problem(
                        option.name(),
                        "",
                        "cannot be changed while change " + pending.id()
                                + " of this object waits to be confirmed; keep or undo that change first"))
                .toList();
    }
}
