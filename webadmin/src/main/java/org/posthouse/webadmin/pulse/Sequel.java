package org.posthouse.webadmin.pulse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Alteration;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.History.Done;

/**
 * What the engines make of a change, server by server, as far as their boards say. A report counts only when it is about
 * the revision of this change or a later one, and a refusal only when it concerns an option of this change.
 *
 * @param done the change
 * @param servers the messaging servers that have something to apply
 */
record Sequel(Done done, List<Place> servers) {

    private static final String ENABLED = "enabled";
    private static final String HOST = "posthouseHost";

    /** Of a change. */
    static Sequel of(Done done) {
        return new Sequel(
                done,
                done.deeds().stream()
                        .filter(deed -> deed.what() != Deed.What.PASSWORD)
                        .filter(deed -> deed.kind() == Kind.MESSAGING_SERVER
                                || deed.kind().isAgent())
                        .map(Sequel::server)
                        .distinct()
                        .toList());
    }

    private static Place server(Deed deed) {
        Place place = Place.of(deed.object());
        return deed.kind().isAgent() ? place.parent().orElseThrow() : place;
    }

    /** Whether no engine has anything to apply. */
    boolean isNothing() {
        return servers.isEmpty();
    }

    /** Whether a later change gives one of the same options another value, or removes one of the same objects. */
    boolean isReplacedBy(Done later) {
        return later.number() > done.number()
                && later.deeds().stream()
                        .anyMatch(other -> done.deeds().stream().anyMatch(own -> overlap(own, other)));
    }

    private static boolean overlap(Deed own, Deed other) {
        if (other.what() == Deed.What.PASSWORD || !Place.of(own.object()).equals(Place.of(other.object()))) {
            return false;
        }
        return own.what() != Deed.What.CHANGED
                || other.what() != Deed.What.CHANGED
                || other.alterations().stream()
                        .map(Alteration::attribute)
                        .anyMatch(attribute -> own.alterations().stream()
                                .anyMatch(each -> each.attribute().equals(attribute)));
    }

    /** The host that this change gives a server; empty when it does not name one. */
    Optional<Place> host(Place server) {
        return done.deeds().stream()
                .filter(deed -> deed.kind() == Kind.MESSAGING_SERVER
                        && Place.of(deed.object()).equals(server))
                .flatMap(deed -> deed.alterations().stream())
                .filter(altered -> altered.attribute().equals(HOST))
                .flatMap(altered -> altered.after().stream())
                .map(value -> Place.of(value.text()))
                .findFirst();
    }

    /**
     * What came of it in the end; empty while some engine has not come to it.
     *
     * @param boards what its engine says of a server
     * @param now the time
     * @param replacedBy the change that replaced this one meanwhile
     */
    Optional<Change.Effect> effect(
            Function<Place, Optional<Board.Server>> boards, Instant now, Optional<Done> replacedBy) {
        long slowest = -1;
        for (Place server : servers) {
            Optional<Change.Effect> one = effect(server, boards.apply(server), now, replacedBy);
            if (one.isEmpty() || one.get().millis() < 0) {
                return one;
            }
            slowest = Math.max(slowest, one.get().millis());
        }
        return Optional.of(new Change.Effect(slowest, ""));
    }

    /** The first server that has not come to it. */
    Optional<Place> laggard(Function<Place, Optional<Board.Server>> boards, Instant now) {
        return servers.stream()
                .filter(server -> effect(server, boards.apply(server), now, Optional.empty())
                        .isEmpty())
                .findFirst();
    }

    private Optional<Change.Effect> effect(
            Place server, Optional<Board.Server> board, Instant now, Optional<Done> replacedBy) {
        if (is(Deed.What.REMOVED, server)) {
            return board.isPresent() ? Optional.empty() : Optional.of(new Change.Effect(millis(now), ""));
        }
        return board.flatMap(known -> effect(known, now, replacedBy));
    }

    private Optional<Change.Effect> effect(Board.Server server, Instant now, Optional<Done> replacedBy) {
        var parts = new ArrayList<Concern>();
        if (concerns(server.place())) {
            parts.add(new Concern(server.place(), server.obedience()));
        }
        for (Board.Agent agent : server.agents()) {
            if (is(Deed.What.REMOVED, agent.place())) {
                return Optional.empty();
            }
            if (concerns(server.place()) || concerns(agent.place())) {
                parts.add(new Concern(agent.place(), agent.obedience()));
            }
        }
        if (!allThere(server)) {
            return Optional.empty();
        }
        return parts.isEmpty() ? Optional.of(new Change.Effect(millis(now), "")) : effect(server, parts, replacedBy);
    }

    private record Concern(Place place, Board.Obedience state) {}

    // An agent that was created is on the board a moment later.
    private boolean allThere(Board.Server server) {
        return done.deeds().stream()
                .filter(deed -> deed.kind().isAgent() && deed.what() != Deed.What.REMOVED)
                .filter(deed -> server(deed).equals(server.place()))
                .allMatch(deed ->
                        server.agents().stream().anyMatch(agent -> agent.place().equals(Place.of(deed.object()))));
    }

    private boolean concerns(Place place) {
        return done.deeds().stream().anyMatch(deed -> Place.of(deed.object()).equals(place));
    }

    private boolean is(Deed.What what, Place place) {
        return done.deeds().stream()
                .anyMatch(deed -> deed.what() == what && Place.of(deed.object()).equals(place));
    }

    private Optional<Change.Effect> effect(Board.Server server, List<Concern> parts, Optional<Done> replacedBy) {
        long slowest = -1;
        boolean rests = false;
        for (Concern part : parts) {
            Board.Obedience state = part.state();
            var own = new Sequel(done.of(part.place()), servers);
            if (isAbout(replacedBy, state)) {
                return not(
                        server,
                        "replaced by change " + replacedBy.orElseThrow().number()
                                + " before an engine reported that it was applied");
            }
            // What an engine says before it has seen the change is about an earlier one.
            if (!own.isSeen(state) || state.leavesAt().isPresent()) {
                return Optional.empty();
            }
            if (state.state().isOff()) {
                rests = true;
                slowest = Math.max(slowest, isSwitchOf(part.place()) ? millisTo(state.triedAt()) : -1);
            } else if (state.isRefused(own.done().revision()) && own.isHinderedBy(state)) {
                return not(server, state.why());
            } else if (own.isApplied(state)) {
                slowest = Math.max(slowest, millisTo(appliedAt(state)));
            } else {
                return Optional.empty();
            }
        }
        return slowest < 0 && rests
                ? not(server, "nothing runs that could apply it; it takes effect at the next start")
                : Optional.of(new Change.Effect(Math.max(0, slowest), ""));
    }

    private static Optional<Change.Effect> not(Board.Server server, String why) {
        return Optional.of(new Change.Effect(-1, server.name() + ": " + why));
    }

    private static boolean isAbout(Optional<Done> later, Board.Obedience state) {
        return later.filter(done -> done.revision() > 0 && state.tried() >= done.revision())
                .isPresent();
    }

    // Another tool names no revision; what an engine did since then is all that is known.
    private boolean isSeen(Board.Obedience state) {
        return done.revision() > 0
                ? state.tried() >= done.revision()
                : state.triedAt().filter(at -> !at.isBefore(done.at())).isPresent();
    }

    // Whoever is switched off does what this change asks when it does not run.
    private boolean isSwitchOf(Place place) {
        return done.deeds().stream()
                .filter(deed -> Place.of(deed.object()).equals(place))
                .anyMatch(deed -> !deed.alterations().isEmpty()
                        && options(deed).stream()
                                .allMatch(option -> option.name().equals(ENABLED)));
    }

    // An option that takes effect at once does so although another value is refused; all others wait for that one.
    private boolean isHinderedBy(Board.Obedience state) {
        Set<OptionFacts> own = new HashSet<>();
        done.deeds().forEach(deed -> own.addAll(options(deed)));
        boolean live = !own.isEmpty() && own.stream().allMatch(option -> option.effect() == Effect.LIVE);
        return !live
                || state.refusals().isEmpty()
                || state.refusals().stream()
                        .anyMatch(refusal -> refusal.option().isEmpty()
                                || own.stream().anyMatch(option -> option.name().equals(refusal.option())));
    }

    private static List<OptionFacts> options(Deed deed) {
        return deed.alterations().stream()
                .flatMap(altered -> Kind.catalogue()
                        .options()
                        .filter(option -> option.attribute().equals(altered.attribute())))
                .toList();
    }

    private boolean isApplied(Board.Obedience state) {
        return switch (state.state()) {
            case RUNNING, IDLE, REFUSED ->
                state.obeyed() >= done.revision() || !state.refusals().isEmpty();
            case STARTING, STOPPING, WAITING, STOPPED, DISABLED, FAILED, BROKEN, UNKNOWN -> false;
        };
    }

    // While another value is refused the engine does not say since when the rest is in force, but when it last tried.
    private static Optional<Instant> appliedAt(Board.Obedience state) {
        return state.refusals().isEmpty() ? state.obeyedAt() : state.triedAt();
    }

    private long millisTo(Optional<Instant> at) {
        return at.map(this::millis).orElse(0L);
    }

    private long millis(Instant at) {
        return Math.max(0, Duration.between(done.at(), at).toMillis());
    }
}
