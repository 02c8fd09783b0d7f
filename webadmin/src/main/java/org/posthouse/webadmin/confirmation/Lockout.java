package org.posthouse.webadmin.confirmation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.WebAdminConnection;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.listener.ConsoleAddress;
import org.posthouse.webadmin.listener.Listeners;
import org.posthouse.webadmin.listener.OwnServer;

/** Which changes can lock administrators out: those of options that say so, on the objects on which they can. */
public final class Lockout {

    private Lockout() {}

    /**
     * What of a change has to be confirmed; nothing when it can lock nobody out.
     *
     * @param holder the object as it stands
     * @param writes the new values of each attribute that changes
     */
    public static List<Pending.Part> in(Entry holder, Map<String, List<String>> writes, Directory directory) {
        List<Pending.Part> parts = options(holder, writes).stream()
                .filter(OptionFacts::confirm)
                .map(option -> part(option, holder, writes))
                .filter(part -> !Set.copyOf(part.before()).equals(Set.copyOf(part.after())))
                .toList();
        return parts.isEmpty() || isHarmless(holder, writes, parts, directory) ? List.of() : parts;
    }

    private static List<OptionFacts> options(Entry holder, Map<String, List<String>> writes) {
        return holder.kind().panels().stream()
                .flatMap(panel -> panel.options().stream())
                .filter(option -> writes.containsKey(option.attribute()))
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

    /** What may not be changed while a change of the same object waits; each with the reason. */
    static List<Problem> whileWaiting(Entry holder, Map<String, List<String>> writes, Pending pending) {
        var names = pending.parts().stream().map(Pending.Part::option).toList();
        return options(holder, writes).stream()
                .filter(option -> names.contains(option.name()) || option.confirm())
                .map(option -> new Problem(
                        option.name(),
                        "",
                        "cannot be changed while change " + pending.id()
                                + " of this object waits to be confirmed; keep it or take it back first"))
                .toList();
    }
}
