package org.posthouse.schema.address;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.posthouse.schema.address.Access.MailboxLocation;
import org.posthouse.schema.address.AccessChange.Effect;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;

/**
 * Who receives mail and can sign in before a change, and who after it. 100,000 users take some tenths of a second, since
 * the difference is worked out once for all whose access is the same. Not safe for use by several threads.
 */
public final class AccessComparison {

    private static final Comparator<Addressee> BY_NAME =
            Comparator.comparing(Addressee::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Addressee::container);

    private record Finding(Effect effect, String where) {}

    private record Kin(Effect effect, Kind kind, String where) {}

    private static final class Tally {
        private int number;
        private final TreeSet<Addressee> some = new TreeSet<>(BY_NAME);

        void add(Addressee each) {
            number++;
            some.add(each);
            if (some.size() > AccessChange.NAMED) {
                some.removeLast();
            }
        }
    }

    private record Pair(Access before, Access after) {}

    private final MailSystem before;
    private final MailSystem after;
    private final Set<Place> guarded;
    // By identity: those who are alike have the very same access, and comparing large ones by value takes long.
    private final IdentityHashMap<Access, IdentityHashMap<Access, List<Finding>>> known = new IdentityHashMap<>();
    private final Map<Kin, Tally> tallies = new HashMap<>();
    private final Set<Place> lockedOut = new TreeSet<>();

    /**
     * Between two states of a mail system.
     *
     * @param before as it is
     * @param after as it would be
     * @param guarded the users whose loss of all mail or all logins is to be told by {@link #lockedOut}
     */
    public AccessComparison(MailSystem before, MailSystem after, Set<Place> guarded) {
        this.before = before;
        this.after = after;
        this.guarded = Set.copyOf(guarded);
    }

    /** Compares everybody: needed when settings of messaging servers change. */
    public List<AccessChange> all() {
        before.population().all().forEach(this::compare);
        after.population().all().filter(each -> find(before, each).isEmpty()).forEach(this::compare);
        return changes();
    }

    /** Compares the people at these places, those of the same names, and who leads to them: enough when people change. */
    public List<AccessChange> about(Set<Place> places) {
        var names = new HashSet<String>();
        places.forEach(place -> names.add(Addressee.key(place.leaf())));
        Map<Place, Addressee> concerned = new TreeMap<>();
        for (MailSystem system : List.of(after, before)) {
            names.stream()
                    .flatMap(name -> system.population().named(name).stream())
                    .forEach(each -> concerned.put(each.place(), each));
            system.population()
                    .collective()
                    .filter(each -> each.targets().stream().anyMatch(target -> names.contains(leaf(target))))
                    .forEach(each -> concerned.put(each.place(), each));
        }
        concerned.values().forEach(this::compare);
        places.forEach(this::compareRecipients);
        places.stream()
                .flatMap(place -> after.population().addressee(place).stream())
                .filter(each -> each.kind() == Kind.USER && !after.access(each).receivesMail())
                .filter(each -> find(before, each)
                        .filter(was -> before.access(was).receivesMail())
                        .isEmpty())
                .forEach(each -> add(Effect.HAS_NO_MAIL, "", each));
        return changes();
    }

    // Who is deleted, or loses all mail, is told elsewhere.
    private void compareRecipients(Place place) {
        Optional<Addressee> was = before.population().addressee(place).filter(each -> each.kind() != Kind.USER);
        Optional<Addressee> is = after.population().addressee(place).filter(each -> each.kind() != Kind.USER);
        if (was.isPresent() && is.isPresent()) {
            Set<Place> had = before.recipients(was.get());
            Set<Place> has = after.recipients(is.get());
            recipients(before, after, less(had, has)).forEach(each -> add(Effect.LOSES_GROUP_MAIL, place.leaf(), each));
            recipients(after, before, less(has, had)).forEach(each -> add(Effect.GAINS_GROUP_MAIL, place.leaf(), each));
        }
    }

    private static Stream<Addressee> recipients(MailSystem here, MailSystem there, Set<Place> users) {
        return users.stream()
                .flatMap(user -> here.population().addressee(user).stream())
                .filter(user -> find(there, user)
                        .filter(each -> there.access(each).receivesMail())
                        .isPresent());
    }

    private static String leaf(String dn) {
        try {
            return Addressee.key(Place.of(dn).leaf());
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /** The guarded users who lose all mail or every login. */
    public Set<Place> lockedOut() {
        return Set.copyOf(lockedOut);
    }

    private void compare(Addressee each) {
        Optional<Addressee> was = find(before, each);
        Optional<Addressee> is = find(after, each);
        Access had = was.map(before::access).orElse(Access.NONE);
        Access has = is.map(after::access).orElse(Access.NONE);
        known.computeIfAbsent(had, any -> new IdentityHashMap<>())
                .computeIfAbsent(has, any -> findings(new Pair(had, has)))
                .forEach(finding -> add(finding.effect(), finding.where(), each));
        if (is.isEmpty()) {
            had.mailbox().ifPresent(mailbox -> add(Effect.KEEPS_MAILBOX_ON_DISK, text(mailbox), each));
        }
    }

    private static Optional<Addressee> find(MailSystem system, Addressee each) {
        return system.population().named(each.name()).stream()
                .filter(found -> found.container().equals(each.container()))
                .findFirst();
    }

    private void add(Effect effect, String where, Addressee each) {
        tallies.computeIfAbsent(new Kin(effect, each.kind(), where), any -> new Tally())
                .add(each);
        if ((effect == Effect.LOSES_MAIL || effect == Effect.LOSES_LOGIN) && !guarded.isEmpty()) {
            Place place = each.place();
            // Who is deleted is not locked out: there is nobody left who could sign in.
            if (guarded.contains(place) && find(after, each).isPresent()) {
                lockedOut.add(place);
            }
        }
    }

    private List<AccessChange> changes() {
        return tallies.entrySet().stream()
                .map(each -> new AccessChange(
                        each.getKey().effect(),
                        each.getKey().kind(),
                        each.getKey().where(),
                        each.getValue().number,
                        each.getValue().some.stream().map(Addressee::place).toList()))
                .sorted(Comparator.comparing(AccessChange::effect)
                        .thenComparing(AccessChange::kind)
                        .thenComparing(AccessChange::where))
                .toList();
    }

    private static List<Finding> findings(Pair pair) {
        if (pair.before().equals(pair.after())) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        mail(pair, findings);
        logins(pair, findings);
        mailbox(pair, findings);
        return findings;
    }

    private static void mail(Pair pair, List<Finding> findings) {
        if (!pair.after().receivesMail() || !pair.before().receivesMail()) {
            if (pair.before().receivesMail()) {
                findings.add(new Finding(Effect.LOSES_MAIL, ""));
            } else if (pair.after().receivesMail()) {
                findings.add(new Finding(Effect.GAINS_MAIL, ""));
            }
            return;
        }
        Set<DomainName> had = pair.before().domains(Channel.MAIL);
        Set<DomainName> has = pair.after().domains(Channel.MAIL);
        less(had, has).forEach(gone -> findings.add(new Finding(Effect.LOSES_MAIL_IN_DOMAIN, gone.ascii())));
        less(has, had).forEach(come -> findings.add(new Finding(Effect.GAINS_MAIL_IN_DOMAIN, come.ascii())));
        less(pair.before().servers(Channel.MAIL), pair.after().servers(Channel.MAIL))
                .forEach(gone -> findings.add(new Finding(Effect.LOSES_MAIL_AT_SERVER, gone.leaf())));
    }

    private static void logins(Pair pair, List<Finding> findings) {
        Set<Channel> had = pair.before().logins();
        Set<Channel> has = pair.after().logins();
        if (had.isEmpty() || has.isEmpty()) {
            if (!had.isEmpty()) {
                findings.add(new Finding(Effect.LOSES_LOGIN, ""));
            } else if (!has.isEmpty()) {
                findings.add(new Finding(Effect.GAINS_LOGIN, ""));
            }
            return;
        }
        less(had, has).forEach(gone -> findings.add(new Finding(Effect.LOSES_PROTOCOL, gone.name())));
        less(has, had).forEach(come -> findings.add(new Finding(Effect.GAINS_PROTOCOL, come.name())));
        var domains = new TreeSet<>(Comparator.comparing(DomainName::ascii));
        var servers = new TreeSet<Place>();
        EnumSet<Channel> kept = EnumSet.copyOf(had);
        kept.retainAll(has);
        for (Channel channel : kept) {
            domains.addAll(less(pair.before().domains(channel), pair.after().domains(channel)));
            servers.addAll(less(pair.before().servers(channel), pair.after().servers(channel)));
        }
        domains.forEach(gone -> findings.add(new Finding(Effect.LOSES_LOGIN_IN_DOMAIN, gone.ascii())));
        servers.forEach(gone -> findings.add(new Finding(Effect.LOSES_LOGIN_AT_SERVER, gone.leaf())));
    }

    private static void mailbox(Pair pair, List<Finding> findings) {
        Optional<MailboxLocation> was = pair.before().mailbox();
        Optional<MailboxLocation> is = pair.after().mailbox();
        if (was.isPresent() && is.isPresent() && !was.equals(is)) {
            findings.add(new Finding(Effect.LEAVES_MAILBOX, text(was.get())));
        }
    }

    private static String text(MailboxLocation mailbox) {
        return mailbox.server().leaf() + " (" + mailbox.folder() + ")";
    }

    private static <T> Set<T> less(Set<T> all, Set<T> without) {
        var rest = new HashSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    /** The losses among some changes. */
    public static Stream<AccessChange> losses(List<AccessChange> changes) {
        return changes.stream().filter(change -> change.effect().isLoss());
    }
}
