package org.posthouse.webadmin.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.posthouse.schema.address.AddressResolver;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.Plan.About;
import org.posthouse.webadmin.plan.Plan.Warning;
import org.posthouse.webadmin.pulse.Tried;

/**
 * What stores keep under the names of users who come or go: a deleted user's mailbox stays, and a new user of the name
 * starts empty. Each answer costs a request to the engine that keeps the mailboxes of the container.
 *
 * @param tree the configuration
 * @param asking asks an engine
 */
public record KeptMailboxes(Supplier<Tree> tree, Questions.Asking asking) {

    private static final int MOST = 20;

    /**
     * A mailbox that exists.
     *
     * @param messages how many messages are in it
     * @param id the identifier of its owner
     */
    public record Kept(int messages, String id) {}

    /**
     * The mailbox that a name has in a container; empty when there is none with mail in it. Throws IOException when the
     * engine that would know does not answer.
     */
    public Optional<Kept> find(Place container, String name) throws IOException {
        Optional<MessagingServer> keeper = keeper(container);
        return keeper.isEmpty()
                ? Optional.empty()
                : kept(asking.ask(keeper.get().place(), Trial.MAILBOX, LoginName.key(name)));
    }

    private Optional<MessagingServer> keeper(Place container) {
        return tree.get().servers().stream()
                .filter(server -> AddressResolver.contextsOf(server).contains(container))
                .findFirst();
    }

    private static Optional<Kept> kept(Tried tried) {
        String[] words = tried.value().split(" ", 2);
        return tried.word().equals("mail") && words.length == 2
                ? Optional.of(new Kept(Integer.parseInt(words[0]), words[1]))
                : Optional.empty();
    }

    /** What is worth knowing about the users that come or go with a plan. */
    List<Warning> about(Plan plan) {
        var warnings = new ArrayList<Warning>();
        plan.steps().stream()
                .filter(step -> step instanceof Step.Make make && make.kind() == Kind.USER)
                .map(Step.Make.class::cast)
                .limit(MOST)
                .forEach(make -> made(make, warnings));
        gone(plan).limit(MOST).forEach(place -> ask(place, About.MAILBOX_STAYS, "", warnings));
        return warnings;
    }

    private void made(Step.Make make, List<Warning> warnings) {
        String wanted = String.join("", make.attributes().getOrDefault(MailboxId.ATTRIBUTE, List.of()));
        ask(make.place(), About.MAILBOX_SET_ASIDE, wanted, warnings);
    }

    private static Stream<Place> gone(Plan plan) {
        return plan.removed().stream()
                .flatMap(removed -> removed.kind() == Kind.USER
                        ? Stream.of(removed.place())
                        : removed.inside().stream()
                                .filter(inside -> inside.leafAttribute().equals("cn")));
    }

    private void ask(Place user, About about, String wanted, List<Warning> warnings) {
        String name = user.leaf();
        try {
            find(user.parent().orElseThrow(), name).ifPresent(kept -> {
                boolean handed = wanted.equals(kept.id()) || wanted.equals(MailboxId.HAND_OVER);
                About found = handed ? About.MAILBOX_HANDED_OVER : about;
                warnings.add(new Warning(user, "", found, name, Integer.toString(kept.messages())));
            });
        } catch (IOException | RuntimeException silent) {
            warnings.add(new Warning(user, "", About.MAILBOX_UNKNOWN, name, ""));
        }
    }
}
