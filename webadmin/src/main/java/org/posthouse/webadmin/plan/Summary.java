package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.webadmin.plan.Plan.Act;
import org.posthouse.webadmin.plan.Plan.Touch;

/** A plan in one line of English: what the command line prints, and what is written into the history beforehand. */
public final class Summary {

    /** What is said of a password that is set: no page and no engine has more to say of it. */
    public static final String PASSWORD = "1 password to set; no sessions are interrupted";

    private Summary() {}

    /** Such as "2 changes: 1 agent restarts, 12 sessions affected". */
    public static String of(Plan plan) {
        if (plan.isEmpty() && plan.isSound()) {
            return "Nothing to do: everything is already as specified.";
        }
        var parts = new ArrayList<String>();
        count(parts, plan.made().size(), "object to create", "objects to create");
        Plan.Count goes = plan.goes();
        count(
                parts,
                goes.number(),
                goes.more() ? "or more objects to delete" : "object to delete",
                goes.more() ? "or more objects to delete" : "objects to delete");
        count(parts, plan.differences().size(), "change", "changes");
        return String.join(", ", parts) + (plan.isSound() ? disturbed(plan) + people(plan) : "; it cannot be applied");
    }

    private static void count(List<String> parts, int number, String one, String more) {
        if (number > 0) {
            parts.add(number + " " + (number == 1 ? one : more));
        }
    }

    private static String disturbed(Plan plan) {
        if (plan.touches().isEmpty()) {
            return plan.people().isLoss() ? "" : "; no sessions are interrupted";
        }
        return Stream.of(Act.values())
                .map(plan::touches)
                .filter(touches -> !touches.isEmpty())
                .map(Summary::act)
                .collect(Collectors.joining(
                        ", ",
                        ": ",
                        ", " + plan.sessions() + (plan.sessions() == 1 ? " session affected" : " sessions affected")));
    }

    private static String people(Plan plan) {
        List<String> sentences = PeopleText.warnings(plan.people());
        return sentences.isEmpty() ? "" : ". " + String.join(" ", sentences).replaceAll("\\.$", "");
    }

    private static String act(List<Touch> touches) {
        String does = touches.getFirst().act().name().toLowerCase(Locale.ROOT);
        return touches.size() + (touches.size() == 1 ? " agent " + does + "s" : " agents " + does);
    }
}
