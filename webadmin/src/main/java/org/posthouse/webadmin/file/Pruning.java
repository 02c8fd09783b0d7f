package org.posthouse.webadmin.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.plan.RemovalRules;
import org.posthouse.webadmin.plan.Step;

/**
 * What goes because the lists of a file do not name it. Only what stands directly in an object with {@code contains} is
 * looked at; what the installation made, and who applies the file, stay.
 */
final class Pruning {

    private final Present present;
    private final boolean users;
    private final Place who;
    private final List<Fault> faults;
    private final Set<Place> needed = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Prunes by a document; what may not go for the sake of its users is added to the faults. */
    Pruning(Present present, Document document, Place who, List<Fault> faults) {
        this.present = present;
        this.users = document.users();
        this.who = who;
        this.faults = faults;
        document.objects().forEach(this::need);
        document.objects().forEach(this::prune);
    }

    List<Step> steps() {
        return steps;
    }

    List<String> notes() {
        return notes;
    }

    // What holds something that the file names, be it in another part of it, does not go.
    private void need(Described object) {
        for (Optional<Place> place = Optional.of(object.place());
                place.isPresent();
                place = place.flatMap(Place::parent)) {
            place.ifPresent(needed::add);
        }
        object.contains().ifPresent(all -> all.forEach(this::need));
    }

    private void prune(Described object) {
        if (object.contains().isEmpty()) {
            return;
        }
        present.in(object.place()).stream()
                .filter(entry -> !needed.contains(entry.place()))
                .forEach(entry -> remove(object, entry));
        if (users) {
            present.users(object.place()).stream()
                    .filter(entry -> !needed.contains(entry.place()))
                    .forEach(entry -> remove(object, entry));
        }
        object.contains().get().forEach(this::prune);
    }

    private void remove(Described from, Entry entry) {
        Optional<String> reason =
                RemovalRules.always(present.directory(), entry, who.toString()).map(ChangeService::sentence);
        if (reason.isPresent()) {
            notes.add(entry.place() + " is not in the file and stays: " + reason.get() + ".");
        } else if (!users && present.hasUsers(entry.place())) {
            faults.add(new Fault(
                    from.line(),
                    from.name(),
                    "",
                    entry.name(),
                    "is not in the file, but contains users that the file does not list; add it to the list, export the file"
                            + " with --users, or delete it manually"));
        } else {
            steps.add(new Step.Remove(entry.place()));
        }
    }
}
