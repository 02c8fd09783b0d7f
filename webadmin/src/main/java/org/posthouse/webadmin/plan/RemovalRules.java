package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.StillNeeded;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.listener.OwnServer;
import org.posthouse.webadmin.plan.Plan.Flaw;
import org.posthouse.webadmin.plan.Plan.Rule;

/**
 * What may not be deleted, and why. A deletion cannot be confirmed and reverted like other lockouts, because the directory
 * never gives out a password; so a deletion that locks people out is refused.
 */
public final class RemovalRules {

    // Made once by the installation; NetMail too makes them only there.
    private static final Set<Kind> FIXED = EnumSet.of(
            Kind.ROOT, Kind.INTERNET_SERVICES, Kind.LIST_CONTAINER, Kind.PARENT_CONTAINER, Kind.TEMPLATE_CONTAINER);

    private static final List<OptionFacts> NEEDED = Kind.catalogue()
            .options()
            .filter(option -> option.type() == Place.class && option.mandatory() && !option.multiple())
            .toList();

    private final Outlook outlook;
    private final Directory directory;
    private final String author;

    RemovalRules(Outlook outlook, Directory directory, String author) {
        this.outlook = outlook;
        this.directory = directory;
        this.author = author;
    }

    /**
     * Why an object can never be deleted by this author, whatever else is in the tree; empty when it can. Asks no server.
     *
     * @param author the distinguished name of whoever deletes; anything else stands for nobody
     */
    public static Optional<Flaw> always(Directory directory, Entry entry, String author) {
        Place place = entry.place();
        if (FIXED.contains(entry.kind()) || place.equals(directory.administrators())) {
            return Optional.of(flaw(place, Rule.FIXED, "is created by the installation and cannot be deleted"));
        }
        if (isWithin(author, place)) {
            return Optional.of(own(
                    place,
                    "You are signed in as " + Place.of(author).leaf()
                            + ", who would be deleted too; ask another administrator to do this"));
        }
        if (isWithin(directory.account(), place)) {
            return Optional.of(own(
                    place,
                    "This console uses the directory as " + directory.account() + ", which would be deleted too"));
        }
        Place console = OwnServer.place(directory);
        return console.isWithin(place)
                ? Optional.of(own(
                        place,
                        "This console is " + console.leaf() + "; its object cannot be deleted while the console runs"))
                : Optional.empty();
    }

    private static Flaw own(Place place, String sentence) {
        return new Flaw(place, new Problem("", "", sentence), Rule.OWN);
    }

    /** What stands against the removals of a plan. */
    List<Flaw> all() {
        var flaws = new ArrayList<Flaw>();
        if (outlook.removed().isEmpty()) {
            return flaws;
        }
        outlook.removed().stream()
                .flatMap(place -> outlook.before(place).stream())
                .forEach(entry -> always(directory, entry, author).ifPresent(flaws::add));
        outlook.after().entries().forEach(entry -> NEEDED.forEach(option -> needed(flaws, entry, option)));
        var administrators = new Administrators(outlook, directory.administrators());
        if (administrators.areLost()) {
            String reason = StillNeeded.reason("last member", directory.administrators());
            administrators.removed().forEach(user -> flaws.add(flaw(user, Rule.NEEDED, reason)));
        }
        return flaws;
    }

    private void needed(List<Flaw> flaws, Entry entry, OptionFacts option) {
        entry.value(option.attribute())
                .flatMap(Objections::place)
                .filter(named -> outlook.removed().stream().anyMatch(named::isWithin))
                .ifPresent(named ->
                        flaws.add(flaw(named, Rule.NEEDED, StillNeeded.reason(option.label(), entry.place()))));
    }

    private static Flaw flaw(Place place, Rule rule, String reason) {
        return new Flaw(place, new Problem("", place.leaf(), reason), rule);
    }

    private static boolean isWithin(String account, Place place) {
        return Objections.place(account).filter(found -> found.isWithin(place)).isPresent();
    }
}
