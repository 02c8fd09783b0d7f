package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.Plan.Dependent;

/**
 * Which objects name what changes or goes: every option of the catalogue that holds a place is a reference. Of what goes,
 * also names of what stands in it count.
 */
final class Dependents {

    private static final List<OptionFacts> REFERENCES = Kind.catalogue()
            .options()
            .filter(option -> option.type() == Place.class)
            .toList();

    private final Outlook outlook;

    Dependents(Outlook outlook) {
        this.outlook = outlook;
    }

    /** All of them that stay themselves. */
    List<Dependent> all() {
        var changed = new HashSet<Place>();
        outlook.altered().forEach(entry -> changed.add(entry.place()));
        var dependents = new ArrayList<Dependent>();
        for (Entry entry : outlook.after().entries()) {
            for (OptionFacts option : REFERENCES) {
                for (String text : entry.values(option.attribute())) {
                    named(text, changed)
                            .filter(named -> !named.equals(entry.place()))
                            .ifPresent(
                                    named -> dependents.add(new Dependent(entry.place(), entry.kind(), option, named)));
                }
            }
        }
        dependents.sort((one, two) -> one.object().compareTo(two.object()));
        return dependents;
    }

    private Optional<Place> named(String text, Set<Place> changed) {
        return Objections.place(text)
                .filter(place ->
                        changed.contains(place) || outlook.removed().stream().anyMatch(place::isWithin));
    }
}
