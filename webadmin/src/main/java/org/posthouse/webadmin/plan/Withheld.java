package org.posthouse.webadmin.plan;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.Plan.About;
import org.posthouse.webadmin.plan.Plan.Act;
import org.posthouse.webadmin.plan.Plan.Difference;
import org.posthouse.webadmin.plan.Plan.Touch;

/** What a plan promises of values that an engine will refuse: agents that only such values would restart go on. */
final class Withheld {

    private static final Set<About> REFUSED = EnumSet.of(
            About.FOLDER_SYSTEM,
            About.FOLDER_LINK,
            About.FOLDER_FILE,
            About.FOLDER_DENIED,
            About.FOLDER_FULL,
            About.FOLDER_OPEN,
            About.FOLDER_USED);

    private static final Set<About> STARTS_EMPTY = EnumSet.of(About.STORE_EMPTY, About.STORE_LOST);
    private static final String STORE = "messageStore";

    private Withheld() {}

    /** The plan without the restarts that do not come. */
    static Plan from(Plan plan) {
        if (plan.warnings().stream()
                .noneMatch(warning -> REFUSED.contains(warning.about()) || warning.about() == About.STORE_FOUND)) {
            return plan;
        }
        List<Touch> touches = plan.touches().stream()
                .filter(touch -> touch.act() != Act.RESTART || isWanted(plan, touch.server()))
                .toList();
        var mailboxes = new HashMap<>(plan.mailboxes());
        mailboxes
                .keySet()
                .removeIf(server -> touches.stream()
                        .noneMatch(touch -> touch.server().equals(server) && touch.kind() == Kind.NMAP_AGENT));
        return new Plan(
                plan.steps(),
                plan.differences(),
                plan.made(),
                plan.removed(),
                touches,
                mailboxes,
                people(plan),
                plan.dependents(),
                plan.flaws(),
                plan.warnings(),
                plan.stood());
    }

    // Nobody starts with an empty mailbox where the old store stays, or the new one has mailboxes already.
    private static PeopleImpact people(Plan plan) {
        List<String> stores = plan.warnings().stream()
                .filter(warning -> warning.option().equals(STORE) && !STARTS_EMPTY.contains(warning.about()))
                .flatMap(warning -> warning.object().parent().stream())
                .map(server -> server.leaf() + " (")
                .toList();
        return new PeopleImpact(
                plan.people().changes().stream()
                        .filter(change -> change.effect() != AccessChange.Effect.LEAVES_MAILBOX
                                || stores.stream().noneMatch(change.where()::startsWith))
                        .toList(),
                plan.people().postmasters(),
                plan.people().lockedOut(),
                plan.people().basis());
    }

    // Some other value of the server or its agents restarts them.
    private static boolean isWanted(Plan plan, Place server) {
        return plan.differences().stream()
                .filter(difference -> difference.object().isWithin(server))
                .filter(difference -> difference.effect().compareTo(Effect.AGENT_RESTART) >= 0)
                .anyMatch(difference -> !isRefused(plan, difference));
    }

    private static boolean isRefused(Plan plan, Difference difference) {
        String option = difference.option().map(OptionFacts::name).orElse("");
        return plan.warnings().stream()
                .anyMatch(warning -> REFUSED.contains(warning.about())
                        && warning.object().equals(difference.object())
                        && warning.option().equals(option));
    }
}
