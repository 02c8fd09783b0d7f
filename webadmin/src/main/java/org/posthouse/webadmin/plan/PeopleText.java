package org.posthouse.webadmin.plan;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.Place;

/** What a plan does to people, in English sentences: for the API, the command line, and the history. */
public final class PeopleText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private PeopleText() {}

    /** One sentence for each thing that becomes different, the worst first. */
    public static List<String> sentences(PeopleImpact impact) {
        return sentences(impact, change -> true);
    }

    /** The same without what people gain. */
    static List<String> warnings(PeopleImpact impact) {
        return sentences(impact, change -> !change.effect().isGain());
    }

    private static List<String> sentences(PeopleImpact impact, Predicate<AccessChange> which) {
        var sentences = new ArrayList<String>();
        boolean complete = impact.basis().complete();
        impact.changes().stream().filter(which).forEach(change -> sentences.add(sentence(change, complete)));
        impact.postmasters().forEach(postmaster -> sentences.add(sentence(postmaster)));
        if (impact.isToBeConfirmed()) {
            sentences.add("This leaves "
                    + impact.lockedOut().stream()
                            .map(Place::leaf)
                            .sorted(NameOrder.NAMES)
                            .collect(Collectors.joining(", "))
                    + " (administrator or postmaster) without mail or login.");
        }
        if (!sentences.isEmpty() || !complete) {
            sentences.addAll(basis(impact.basis()));
        }
        return sentences;
    }

    private static List<String> basis(PeopleImpact.Basis basis) {
        if (!basis.complete()) {
            return List.of("The directory stopped answering before all users were read. More may be affected.");
        }
        return basis
                .asOf()
                .map(at -> "The users were last read at " + TIME.format(at) + " and are being read again.")
                .stream()
                .toList();
    }

    /**
     * What becomes different for some people.
     *
     * @param complete whether all people are known; if not, there are at least so many
     */
    public static String sentence(AccessChange change, boolean complete) {
        return complete
                ? sentence(change, who(change))
                : sentence(change, "at least " + who(change)).replaceFirst("^at least", "At least");
    }

    private static String sentence(AccessChange change, String who) {
        boolean one = change.number() == 1;
        String where = change.where();
        return switch (change.effect()) {
            case LOSES_MAIL -> who + " no longer " + verb(one, "receive") + " mail.";
            case LOSES_LOGIN -> who + " can no longer sign in to read or send mail.";
            case LOSES_CONSOLE -> who + " can no longer sign in to the console.";
            case LEAVES_MAILBOX ->
                who + " " + verb(one, "start") + " with an empty mailbox; the old "
                        + (one ? "mailbox stays" : "mailboxes stay") + " at " + where + ".";
            case LOSES_MAIL_IN_DOMAIN -> who + " no longer " + verb(one, "receive") + " mail at " + where + ".";
            case LOSES_MAIL_AT_SERVER -> where + " no longer accepts mail for " + who + ".";
            case LOSES_PROTOCOL -> who + " can no longer sign in over " + where + ".";
            case LOSES_LOGIN_IN_DOMAIN -> who + " can no longer sign in with an address at " + where + ".";
            case LOSES_LOGIN_AT_SERVER -> who + " can no longer sign in at " + where + ".";
            case LOSES_GROUP_MAIL ->
                who + " no longer " + verb(one, "receive") + " mail that is sent to " + where + ".";
            case HAS_NO_MAIL -> who + " " + (one ? "does" : "do") + " not receive mail with these settings.";
            case KEEPS_MAILBOX_ON_DISK ->
                (one ? "The mailbox of " : "The mailboxes of ") + who + (one ? " stays" : " stay") + " on disk at "
                        + where + " until you remove " + (one ? "it" : "them") + " with rmbox.";
            case GAINS_MAIL -> who + " " + verb(one, "start") + " to receive mail.";
            case GAINS_LOGIN -> who + " can sign in to read and send mail from now on.";
            case GAINS_CONSOLE -> who + " can sign in to the console from now on.";
            case GAINS_MAIL_IN_DOMAIN -> who + " also " + verb(one, "receive") + " mail at " + where + ".";
            case GAINS_PROTOCOL -> who + " can also sign in over " + where + ".";
            case GAINS_GROUP_MAIL -> who + " also " + verb(one, "receive") + " mail that is sent to " + where + ".";
        };
    }

    private static String sentence(PeopleImpact.Postmaster postmaster) {
        String server = postmaster.server().leaf();
        Optional<Place> after = postmaster.after();
        if (after.isEmpty()) {
            return "Mail for the postmaster of " + server + " is refused.";
        }
        return "Mail for the postmaster of " + server + " goes to "
                + after.get().leaf()
                + postmaster
                        .before()
                        .map(before -> " instead of " + before.leaf())
                        .orElse("") + ".";
    }

    private static String verb(boolean one, String verb) {
        return one ? verb + "s" : verb;
    }

    private static String who(AccessChange change) {
        String kind = switch (change.kind()) {
            case GROUP -> change.number() == 1 ? "group" : "groups";
            case ORGANIZATIONAL_ROLE -> change.number() == 1 ? "role" : "roles";
            case ALIAS -> change.number() == 1 ? "alias" : "aliases";
            default -> change.number() == 1 ? "user" : "users";
        };
        return "%,d %s (%s)".formatted(change.number(), kind, names(change));
    }

    /** The first few names, and how many more there are. */
    static String names(AccessChange change) {
        int more = change.number() - change.some().size();
        return change.some().stream().map(Place::leaf).collect(Collectors.joining(", "))
                + (more > 0 ? ", and %,d more".formatted(more) : "");
    }
}
