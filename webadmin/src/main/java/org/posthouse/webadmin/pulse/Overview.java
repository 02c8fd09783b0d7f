package org.posthouse.webadmin.pulse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Board.Obedience;

/**
 * What is wanted of every messaging server and agent, from the directory, beside what their engines say.
 *
 * @param lines one for each server, those that need care first, then by name
 * @param kinds the kinds of agent that any server has, in NetMail's order
 */
public record Overview(List<Line> lines, List<Kind> kinds) {

    /** The state of a server that cannot be understood, beside the engine's words. */
    public static final String UNKNOWN = "unknown";

    private static final Comparator<Line> CARE_FIRST = Comparator.comparing(Line::worst)
            .thenComparing(line -> line.server().name(), NameOrder.NAMES)
            .thenComparing(line -> line.server().place());

    /**
     * A server or an agent.
     *
     * @param place where it stands
     * @param kind what it is
     * @param verdict whether it does what is wanted
     * @param state the engine's word, "silent" without an engine
     * @param reason why it is not as wanted; "" when it is
     * @param wanted the revision the directory asks for
     * @param obeyed the revision in force; 0 for none, or none that is known
     * @param since since when
     * @param refusals the values its engine could not apply
     */
    public record Part(
            Place place,
            Kind kind,
            Verdict verdict,
            String state,
            String reason,
            long wanted,
            long obeyed,
            Optional<Instant> since,
            List<Board.Refusal> refusals) {

        /** Its name. */
        public String name() {
            return place.leaf();
        }
    }

    /**
     * A server with its agents.
     *
     * @param server the server itself
     * @param host its Host Server; empty when it names none
     * @param agents its agents by kind
     */
    public record Line(Part server, Optional<Place> host, Map<Kind, Part> agents) {

        /** The verdict of whichever part needs care the most. */
        public Verdict worst() {
            return parts().map(Part::verdict).min(Comparator.naturalOrder()).orElseThrow();
        }

        /** The server, then its agents. */
        public Stream<Part> parts() {
            return Stream.concat(Stream.of(server), agents.values().stream());
        }
    }

    /**
     * Everything, in one look.
     *
     * @param wanted what stands in the directory, in any order
     * @param seen what engines say of their servers
     * @param silence why the engine of a host says nothing
     * @param flaw why a server cannot be understood and counts as type Unknown; empty for all others
     */
    public static Overview of(
            Collection<Entry> wanted,
            Map<Place, Board.Server> seen,
            Function<Optional<Place>, String> silence,
            Function<Entry, Optional<String>> flaw) {
        var agents = new HashMap<Place, List<Entry>>();
        wanted.stream()
                .filter(entry -> entry.kind().isAgent())
                .forEach(agent -> agent.place()
                        .parent()
                        .ifPresent(server -> agents.computeIfAbsent(server, none -> new ArrayList<>())
                                .add(agent)));
        List<Line> lines = wanted.stream()
                .filter(entry -> entry.kind() == Kind.MESSAGING_SERVER)
                .map(server -> line(
                        server,
                        agents.getOrDefault(server.place(), List.of()),
                        Optional.ofNullable(seen.get(server.place())),
                        silence,
                        flaw.apply(server)))
                .sorted(CARE_FIRST)
                .toList();
        List<Kind> kinds = lines.stream()
                .flatMap(line -> line.agents().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        return new Overview(lines, kinds);
    }

    private static Line line(
            Entry entry,
            List<Entry> agents,
            Optional<Board.Server> seen,
            Function<Optional<Place>, String> silence,
            Optional<String> flaw) {
        Optional<Place> host = host(entry);
        Part server = flaw.map(why -> unknown(entry, why))
                .or(() -> seen.map(board -> judged(entry, entry.revision(), board.obedience())))
                .orElseGet(() -> silent(entry, entry.revision(), silence.apply(host)));
        var spoken = new HashMap<Place, Obedience>();
        seen.stream()
                .flatMap(board -> board.agents().stream())
                .forEach(agent -> spoken.put(agent.place(), agent.obedience()));
        var parts = new EnumMap<Kind, Part>(Kind.class);
        for (Entry agent : agents) {
            long wanted = Math.max(entry.revision(), agent.revision());
            Obedience word = spoken.get(agent.place());
            parts.put(agent.kind(), word == null ? unspoken(agent, wanted, server) : judged(agent, wanted, word));
        }
        return new Line(server, host, parts);
    }

    // An engine may know of a later change than was read here; the later one is what is wanted.
    private static Part judged(Entry entry, long read, Obedience word) {
        long wanted = Math.max(read, word.wanted());
        return new Part(
                entry.place(),
                entry.kind(),
                Verdict.of(wanted, word),
                word.state().word(),
                word.why(),
                wanted,
                word.obeyed(),
                word.obeyedAt().filter(at -> word.obeyed() > 0),
                word.refusals());
    }

    private static Part unknown(Entry entry, String why) {
        return new Part(
                entry.place(),
                entry.kind(),
                Verdict.REFUSES,
                UNKNOWN,
                why,
                entry.revision(),
                0,
                Optional.empty(),
                List.of());
    }

    private static Part silent(Entry entry, long wanted, String why) {
        return new Part(
                entry.place(),
                entry.kind(),
                Verdict.UNREACHABLE,
                "silent",
                why,
                wanted,
                0,
                Optional.empty(),
                List.of());
    }

    // A server that does not run shows no agents; one that runs and shows none of this kind has not seen it yet.
    private static Part unspoken(Entry agent, long wanted, Part server) {
        Verdict verdict = server.verdict() == Verdict.OBEYS ? Verdict.LAGS : server.verdict();
        return new Part(
                agent.place(),
                agent.kind(),
                verdict,
                server.state(),
                server.reason(),
                wanted,
                0,
                Optional.empty(),
                List.of());
    }

    private static Optional<Place> host(Entry server) {
        try {
            return server.value("posthouseHost").map(Place::of);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** How many servers and agents got each verdict. */
    public Map<Verdict, Long> counts() {
        var counts = new EnumMap<Verdict, Long>(Verdict.class);
        lines.stream().flatMap(Line::parts).forEach(part -> counts.merge(part.verdict(), 1L, Long::sum));
        return counts;
    }

    /** The verdict of every server and agent. */
    public Map<Place, Verdict> verdicts() {
        return lines.stream().flatMap(Line::parts).collect(Collectors.toMap(Part::place, Part::verdict));
    }

    /** How many servers there are. */
    public long servers() {
        return lines.size();
    }

    /** How many agents there are. */
    public long agents() {
        return lines.stream().mapToLong(line -> line.agents().size()).sum();
    }

    /** How many servers and agents need attention. */
    public long cares() {
        return lines.stream()
                .flatMap(Line::parts)
                .filter(part -> part.verdict().needsCare())
                .count();
    }
}
