package org.posthouse.mailcore.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.mailcore.settings.Refusal;
import org.posthouse.mailcore.settings.Settings;
import org.posthouse.mailcore.status.OptionRefusal;
import org.posthouse.mailcore.status.ServerBoard.AgentBoard;
import org.posthouse.mailcore.status.ServerBoard.Live;
import org.posthouse.mailcore.status.Standing;
import org.posthouse.mailcore.store.DamagedMessages;
import org.posthouse.schema.value.Place;

/**
 * What the board shows of refusals of a server and its agents: values that cannot be read at all, and values that could
 * not be applied.
 *
 * @param server the messaging server
 * @param settings what is wanted, and what of it cannot be read
 * @param refusals what could not be applied
 * @param now the time
 */
record BoardRows(Place server, Settings settings, ServerRefusals refusals, Instant now) {

    private static final int NAMED = 100;

    /** Why the newest state of the server and its agents is not in force at all; empty when it is. */
    Optional<Refusal> refusal() {
        return Optional.ofNullable(settings.refusals().get(server));
    }

    /** What is refused of the server itself. */
    List<OptionRefusal> ofServer() {
        return Stream.concat(refusals.ofServer().stream(), unreadable(server, settings.wantedOf(server)).stream())
                .toList();
    }

    /** The row of one agent. */
    AgentBoard of(AgentRun run) {
        long wanted = Math.max(settings.wantedOf(server), settings.wantedOf(run.place()));
        boolean nmap = Roster.isProvider(run);
        List<OptionRefusal> kept = nmap ? refusals.ofNmap() : List.of();
        String flaw = Stream.of(refusal().map(why -> why.of(run.place())).orElse(""), ServerRefusals.text(kept))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        return run.board(
                wanted,
                nmap ? refusals.appliedOfNmap() : Long.MAX_VALUE,
                flaw,
                Stream.concat(kept.stream(), unreadable(run.place(), wanted).stream())
                        .toList());
    }

    /**
     * The row of the NMAP Agent, which owns the message store.
     *
     * @param fault why nothing can be written to the store; "" when all is well
     * @param damaged the messages in it that were found to be damaged
     */
    AgentBoard ofNmap(AgentRun run, String fault, Supplier<List<DamagedMessages.Damaged>> damaged) {
        AgentBoard row = of(run);
        Standing standing = fault.isEmpty() ? row.standing() : row.standing().failed(fault);
        return new AgentBoard(
                row.place(),
                row.kind(),
                standing,
                row.refusals(),
                () -> with(row.live().get(), damaged.get()));
    }

    private static Live with(Live live, List<DamagedMessages.Damaged> damaged) {
        if (damaged.isEmpty()) {
            return live;
        }
        var figures = new TreeMap<>(live.figures());
        figures.put("damagedMessages", (long) damaged.size());
        Stream<String> named = damaged.stream().limit(NAMED).map(each -> "Damaged message: " + each);
        return new Live(
                live.listening(),
                figures,
                Stream.concat(live.notes().stream(), named).toList());
    }

    private List<OptionRefusal> unreadable(Place object, long revision) {
        return refusal()
                .map(why -> OptionRefusals.flaws(why, object, revision, now))
                .orElse(List.of());
    }
}
