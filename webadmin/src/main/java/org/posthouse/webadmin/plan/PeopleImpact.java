package org.posthouse.webadmin.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.address.AccessComparison;
import org.posthouse.schema.value.Place;

/**
 * What a plan does to people.
 *
 * @param changes who gains and who loses mail or a login, the worst first
 * @param postmasters of which messaging servers the postmaster's mail goes elsewhere
 * @param lockedOut administrators and postmasters who lose all mail or every login; such a plan has to be confirmed
 * @param basis how well the people are known
 */
public record PeopleImpact(
        List<AccessChange> changes, List<Postmaster> postmasters, Set<Place> lockedOut, Basis basis) {

    /** The attributes of the options that decide who receives mail and who can sign in. */
    public static final Set<String> DECIDING = Set.of(
            "posthouseContext",
            "posthouseDomain",
            "posthouseUserDomain",
            "posthouseOfficialDomain",
            "posthouseDistributed",
            "posthouseHost",
            "posthousePostmaster",
            "posthouseServerEnabled",
            "posthouseAgentEnabled",
            "posthouseIpAddress",
            "posthouseLicense",
            "posthouseMessagingEnabled",
            "aliasedObjectName");

    /** Nothing becomes different for anybody. */
    public static final PeopleImpact NONE = new PeopleImpact(List.of(), List.of(), Set.of(), Basis.CURRENT);

    /**
     * What was known of the people when it was worked out.
     *
     * @param complete whether all of them were read; if not, there may be more than are counted
     * @param asOf when they were read, where anything may have changed since and they are being read again
     * @param sources what it was worked out from; empty when nothing had to be read
     */
    public record Basis(boolean complete, Optional<Instant> asOf, Optional<Sources> sources) {

        /** All people as they are. */
        public static final Basis CURRENT = new Basis(true, Optional.empty());

        /** Without sources: it is worked out again whenever it is needed. */
        public Basis(boolean complete, Optional<Instant> asOf) {
            this(complete, asOf, Optional.empty());
        }
    }

    /**
     * Where mail for the postmaster of a messaging server goes.
     *
     * @param server which server
     * @param before who gets it as it is; empty when it is refused
     * @param after who would get it; empty when it would be refused
     */
    public record Postmaster(Place server, Optional<Place> before, Optional<Place> after) {}

    /** Takes copies. */
    public PeopleImpact {
        changes = List.copyOf(changes);
        postmasters = List.copyOf(postmasters);
        lockedOut = Set.copyOf(lockedOut);
    }

    /** Whether nothing becomes different for anybody. */
    public boolean isEmpty() {
        return changes.isEmpty() && postmasters.isEmpty() && basis.complete();
    }

    /** Whether somebody loses something. */
    public boolean isLoss() {
        return AccessComparison.losses(changes).findAny().isPresent()
                || postmasters.stream().anyMatch(each -> each.after().isEmpty());
    }

    /**
     * What people lose by this that another plan did not say: losses of a kind that it did not have, such as a domain or a
     * protocol, and administrators or postmasters who are locked out. That a few people more lose the same is not among it.
     */
    public PeopleImpact beyond(PeopleImpact said) {
        return new PeopleImpact(
                AccessComparison.losses(changes)
                        .filter(change -> said.changes().stream().noneMatch(known -> isAlike(known, change)))
                        .toList(),
                postmasters.stream()
                        .filter(each ->
                                each.after().isEmpty() && !said.postmasters().contains(each))
                        .toList(),
                lockedOut.stream()
                        .filter(each -> !said.lockedOut().contains(each))
                        .collect(Collectors.toUnmodifiableSet()),
                Basis.CURRENT);
    }

    private static boolean isAlike(AccessChange one, AccessChange other) {
        return one.effect() == other.effect()
                && one.kind() == other.kind()
                && one.where().equals(other.where());
    }

    /** Whether an administrator or a postmaster is left without mail or login. */
    public boolean isToBeConfirmed() {
        return !lockedOut.isEmpty();
    }
}
