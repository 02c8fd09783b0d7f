package org.posthouse.webadmin.change;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.DirectoryException.StillNeeded;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.plan.Carrying;
import org.posthouse.webadmin.plan.PeopleText;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Plan.Flaw;
import org.posthouse.webadmin.plan.Planner;
import org.posthouse.webadmin.plan.Running;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.plan.Summary;

/**
 * The one way in which the tree is changed, for one author: pages, API, command line, files and undo make steps, and plan and
 * apply them here. The rules are checked twice: when the plan is made, and again when it is applied, because the tree may
 * have changed in between. Thread-safe.
 */
public final class ChangeService {

    private final Directory directory;
    private final String author;
    private final Supplier<Running> running;
    private final Carrying carrying;
    private final Confirmations confirmations;

    /**
     * For an author.
     *
     * @param directory the directory with the author's rights
     * @param author the author's distinguished name; "" for the console itself
     * @param running what the engines report at the moment
     * @param carrying writes to the same directory
     * @param confirmations what can lock administrators out waits there
     */
    public ChangeService(
            Directory directory,
            String author,
            Supplier<Running> running,
            Carrying carrying,
            Confirmations confirmations) {
        this.directory = directory;
        this.author = author;
        this.running = running;
        this.carrying = carrying;
        this.confirmations = confirmations;
    }

    /** The directory with the author's rights, to read from. */
    public Directory directory() {
        return directory;
    }

    /** The author's distinguished name; "" for the console itself. */
    public String author() {
        return author;
    }

    /** What these steps would do to the tree as it is now. Throws DirectoryException when the directory does not answer. */
    public Plan plan(List<Step> steps) {
        return plan(steps, List.of());
    }

    /** The same by an author who saw some objects in an earlier state: the plan is made from what was seen. */
    public Plan plan(List<Step> steps, Collection<Entry> seen) {
        return plan(directory.tree(), steps, seen);
    }

    /** The same in a tree that was read before. */
    public Plan plan(Tree tree, List<Step> steps, Collection<Entry> seen) {
        return planner(tree).plan(steps, seen);
    }

    private Planner planner(Tree tree) {
        return new Planner(directory, tree, running.get()).by(author);
    }

    /**
     * Applies a plan completely or not at all. What can lock administrators out is reverted later unless somebody confirms it.
     * What it does to people is worked out again, because a plan may be applied later than it was made. Returns the objects
     * that were written, as they are then. Throws, with nothing changed: Conflict when an object changed since the plan was
     * made; Refused when people would lose what the plan did not say; NotAllowed or StillNeeded when a rule forbids a deletion; Refused for every other
     * rule; DirectoryDown when it is not known whether anything was changed.
     */
    public Map<Place, Entry> apply(Plan plan) {
        List<Flaw> flaws = plan.isSound()
                ? planner(directory.tree())
                        .objections(plan.steps(), plan.stood().values())
                : plan.flaws();
        refusal(flaws).ifPresent(reason -> {
            throw reason;
        });
        return plan.isEmpty() ? Map.of() : confirmations.carryOut(renewed(plan), author, carrying);
    }

    // What is not known cannot have been agreed to. Whoever looked at the plan agreed to what it said of people, and to
    // nothing else.
    private Plan renewed(Plan plan) {
        Plan now = planner(directory.tree()).renewed(plan);
        if (!now.people().basis().complete()) {
            throw new Refused(List.of(new Problem(
                    "",
                    "",
                    "The directory stopped answering before all users were read, so it is not known whom this affects."
                            + " Nothing is saved; try again.")));
        }
        List<String> unsaid = PeopleText.sentences(now.people().beyond(plan.people()));
        if (!unsaid.isEmpty()) {
            throw new Refused(List.of(new Problem(
                    "",
                    "",
                    "Something else changed in the meantime, so this change affects more people than the plan showed: "
                            + String.join(" ", unsaid) + " Nothing is saved; check the plan again.")));
        }
        return now;
    }

    /**
     * Applies a plan and sets the password of a user. When the directory refuses the password of a user whom the plan creates,
     * the user is deleted again.
     */
    public Map<Place, Entry> apply(Plan plan, Place user, String password) {
        Map<Place, Entry> written = apply(plan);
        try {
            setPassword(user, password);
        } catch (DirectoryException refused) {
            if (plan.made().stream().anyMatch(made -> made.place().equals(user))) {
                apply(plan(List.of(new Step.Remove(user))));
            }
            throw refused;
        }
        return written;
    }

    /** Sets the password of an account; whether it is good enough was checked before. Throws DirectoryException. */
    public void setPassword(Place account, String password) {
        directory.saying(Summary.PASSWORD).setPassword(account, password);
    }

    /** Why nothing is written, as the exception that says it; empty when nothing stands against it. */
    public static Optional<RuntimeException> refusal(List<Flaw> flaws) {
        return flaws.stream()
                .filter(flaw -> flaw.rule() != Plan.Rule.VALUE)
                .findFirst()
                .map(ChangeService::exception)
                .or(() -> flaws.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Refused(
                                flaws.stream().map(Flaw::problem).distinct().toList())));
    }

    private static RuntimeException exception(Flaw flaw) {
        return flaw.rule() == Plan.Rule.NEEDED ? new StillNeeded(sentence(flaw)) : new NotAllowed(sentence(flaw));
    }

    /** What stands against a deletion, as a sentence without a period. */
    public static String sentence(Flaw flaw) {
        return flaw.problem().value().isEmpty()
                ? flaw.problem().reason()
                : flaw.problem().value() + " " + flaw.problem().reason();
    }
}
