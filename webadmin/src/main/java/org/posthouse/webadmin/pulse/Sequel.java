package org.posthouse.webadmin.pulse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Change.Effect;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.History.Done;

/**
 * What the engines make of a change, server by server, as far as their boards say.
 *
 * @param done the change
 * @param servers the messaging servers that have something to obey
 */
record Sequel(Done done, List<Place> servers) {

    private static final Set<String> UP = Set.of("running", "stopping", "starting");

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

    /** Whether any engine has anything to obey. */
    boolean isNothing() {
        return servers.isEmpty();
    }

    /** What came of it in the end; empty while some engine has not come to it. */
    Optional<Effect> effect(Function<Place, Optional<Board.Server>> boards, Instant now) {
        long slowest = -1;
        for (Place server : servers) {
            Optional<Effect> one = effect(server, boards.apply(server), now);
            if (one.isEmpty() || one.get().millis() < 0) {
                return one;
            }
            slowest = Math.max(slowest, one.get().millis());
        }
        return Optional.of(new Effect(slowest, ""));
    }

    /** The first server that has not come to it. */
    Optional<Place> laggard(Function<Place, Optional<Board.Server>> boards, Instant now) {
        return servers.stream()
                .filter(server -> effect(server, boards.apply(server), now).isEmpty())
                .findFirst();
    }

    private Optional<Effect> effect(Place server, Optional<Board.Server> board, Instant now) {
        if (is(Deed.What.REMOVED, server)) {
            return board.isPresent() ? Optional.empty() : Optional.of(new Effect(millis(now), ""));
        }
        return board.flatMap(known -> effect(known, now));
    }

    private Optional<Effect> effect(Board.Server server, Instant now) {
        var parts = new ArrayList<Board.Obedience>();
        for (Board.Agent agent : server.agents()) {
            if (is(Deed.What.REMOVED, agent.place())) {
                return Optional.empty();
            }
            if (concerns(server.place()) || concerns(agent.place())) {
                parts.add(agent.obedience());
            }
        }
        if (!allThere(server)) {
            return Optional.empty();
        }
        if (server.agents().isEmpty() && concerns(server.place())) {
            parts.add(server.obedience());
        }
        return parts.isEmpty() ? Optional.of(new Effect(millis(now), "")) : effect(server, parts);
    }

    // An agent that came stands on the board a moment later.
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

    private Optional<Effect> effect(Board.Server server, List<Board.Obedience> parts) {
        long slowest = -1;
        for (Board.Obedience part : parts) {
            // What an engine says before it has seen the change is about an earlier one.
            if (part.wanted() < done.revision() || (done.revision() == 0 && !isSince(part))) {
                return Optional.empty();
            }
            if (isBetween(server, part)) {
                return Optional.empty();
            }
            switch (part.state()) {
                case "disabled", "stopped" -> {}
                case "refused", "failed", "broken" -> {
                    return Optional.of(new Effect(-1, server.name() + ": " + part.reason()));
                }
                default -> {
                    if (part.obeyed() < done.revision()) {
                        return Optional.empty();
                    }
                    slowest =
                            Math.max(slowest, part.obeyedAt().map(this::millis).orElse(0L));
                }
            }
        }
        return Optional.of(
                slowest < 0
                        ? new Effect(-1, server.name() + ": nothing runs that had to obey")
                        : new Effect(slowest, ""));
    }

    // Who rests says why; one that was stopped without a word is about to start again, an agent with its server too.
    private static boolean isBetween(Board.Server server, Board.Obedience part) {
        Board.Obedience whole = server.obedience();
        return isWordless(part) && (UP.contains(whole.state()) || isWordless(whole));
    }

    private static boolean isWordless(Board.Obedience part) {
        return part.state().equals("stopped") && part.reason().isEmpty();
    }

    // Another tool gives no revision; what an engine did since then is all that is known.
    private boolean isSince(Board.Obedience part) {
        return part.obeyedAt().filter(at -> !at.isBefore(done.at())).isPresent()
                || !part.state().equals("running");
    }

    private long millis(Instant at) {
        return Math.max(0, Duration.between(done.at(), at).toMillis());
    }
}
