package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.Answers;
import org.posthouse.webadmin.form.Creation;
import org.posthouse.webadmin.form.Draft;

/** What a draft or a wizard wants, as steps. A password is in none of them: the directory takes it by a request of its own. */
public final class Steps {

    private Steps() {}

    /** What a draft wants; none when it changes nothing. */
    public static List<Step> of(Draft draft) {
        Map<String, List<String>> writes = draft.writes();
        return writes.isEmpty()
                ? List.of()
                : List.of(new Step.Alter(draft.holder().place(), writes));
    }

    /** The steps of a wizard whose answers are in order. */
    public static List<Step> of(Creation creation, Answers answers) {
        List<NewObject> objects = creation.objects(answers);
        var steps = new ArrayList<Step>();
        objects.forEach(object -> steps.add(new Step.Make(object.place(), object.kind(), object.attributes())));
        Map<String, List<String>> held = creation.held(answers);
        if (!held.isEmpty()) {
            Place container = objects.getFirst().place().parent().orElseThrow();
            steps.add(new Step.Alter(container, held));
        }
        return steps;
    }
}
