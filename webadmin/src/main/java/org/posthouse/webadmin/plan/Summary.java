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
    public static final String PASSWORD = "1 password to be set; nobody is disturbed";

    private Summary() {}

    /** Such as "2 changes: 1 agent restart, 12 sessions touched". */
    public static String of(Plan plan) {
        if (plan.isEmpty() && plan.isSound()) {
            return "Nothing to do: all of it stands as wanted.";
        }
        var parts = new ArrayList<String>();
        count(parts, plan.made().size(), "to be made", "to be made");
        Plan.Count goes = plan.goes();
        String more = goes.more() ? "or more to be removed" : "to be removed";
        count(parts, goes.number(), more, more);
        count(parts, plan.differences().size(), "change", "changes");
        return String.join(", ", parts)
                + (plan.isSound() ? disturbed(plan) + people(plan) : "; it cannot be carried out");
    }

    private static void count(List<String> parts, int number, String one, String more) {
        if (number > 0) {
            parts.add(number + " " + (number == 1 ? one : more));
        }
    }

    private static String disturbed(Plan plan) {
        if (plan.touches().isEmpty()) {
            return plan.people().isLoss() ? "" : "; nobody is disturbed";
        }
        return Stream.of(Act.values())
                .map(plan::touches)
                .filter(touches -> !touches.isEmpty())
                .map(Summary::act)
                .collect(Collectors.joining(", ", ": ", ", " + plan.sessions() + " sessions touched"));
    }

    private static String people(Plan plan) {
        List<String> sentences = PeopleText.warnings(plan.people());
        return sentences.isEmpty() ? "" : ". " + String.join(" ", sentences).replaceAll("\\.$", "");
    }

    private static String act(List<Touch> touches) {
        String does = touches.getFirst().act().name().toLowerCase(Locale.ROOT);
        return touches.size() + (touches.size() == 1 ? " agent " : " agents ") + does;
    }
}
