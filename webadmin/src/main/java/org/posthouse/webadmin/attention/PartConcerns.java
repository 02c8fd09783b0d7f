package org.posthouse.webadmin.attention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Overview;
import org.posthouse.webadmin.pulse.Overview.Line;
import org.posthouse.webadmin.pulse.Overview.Part;
import org.posthouse.webadmin.pulse.Verdict;

/** What is wrong with servers and agents. What is true of a whole host or server is said once. */
final class PartConcerns {

    private static final String STATUS = "server-status";

    // Empty: no engine ever ran on the host; "" while its engine only has not reported the server yet.
    private final Function<Place, Optional<String>> silence;
    private final Predicate<Place> listens;

    PartConcerns(Function<Place, Optional<String>> silence, Predicate<Place> listens) {
        this.silence = silence;
        this.listens = listens;
    }

    List<Concern> of(Overview overview) {
        var found = new ArrayList<Concern>();
        var silent = new LinkedHashMap<Optional<Place>, List<Line>>();
        for (Line line : overview.lines()) {
            if (line.server().verdict() == Verdict.UNREACHABLE) {
                silent.computeIfAbsent(line.host(), none -> new ArrayList<>()).add(line);
            } else {
                found.addAll(of(line));
            }
        }
        silent.forEach((host, lines) -> found.add(unreachable(host, lines)));
        return found;
    }

    private Concern unreachable(Optional<Place> host, List<Line> lines) {
        Part first = lines.getFirst().server();
        if (host.isEmpty()) {
            return Concern.at(
                    Severity.NO_MAIL,
                    "noHost",
                    List.of(first.name()),
                    first.place(),
                    Kind.MESSAGING_SERVER,
                    "server-identification");
        }
        String key = silence.apply(host.get())
                .map(why -> why.isEmpty() ? "unheard" : "silent")
                .orElse("never");
        String why = silence.apply(host.get()).orElse("");
        return Concern.at(
                Severity.NO_MAIL,
                key,
                List.of(host.get().leaf(), lines.size(), first.name(), why),
                host.get(),
                Kind.HOST_SERVER,
                "");
    }

    private List<Concern> of(Line line) {
        Part server = line.server();
        if (server.state().equals(Overview.UNKNOWN)) {
            return List.of(ofServer(Severity.NOT_RUNNING, "unknown", server, ""));
        }
        var found = new ArrayList<Concern>();
        if (server.verdict() == Verdict.REFUSES) {
            found.add(
                    State.of(server.state()).isTrouble()
                            ? ofServer(Severity.NO_MAIL, "serverFailed", server, STATUS)
                            : ofServer(Severity.REJECTED, "serverRejected", server, page(server)));
        }
        line.agents().values().stream()
                .filter(agent -> agent.verdict() == Verdict.REFUSES)
                // What keeps the whole server from running was said.
                .filter(agent -> !agent.reason().equals(server.reason()) || server.verdict() != Verdict.REFUSES)
                .forEach(agent -> found.add(refused(server, agent)));
        waiting(line).ifPresent(found::add);
        lagging(line).ifPresent(found::add);
        return found;
    }

    private static Concern ofServer(Severity severity, String key, Part server, String page) {
        return Concern.at(
                severity, key, List.of(server.name(), server.reason()), server.place(), Kind.MESSAGING_SERVER, page);
    }

    private Concern refused(Part server, Part agent) {
        // An agent that cannot apply new settings may still serve with those in force before.
        State state = State.of(agent.state());
        boolean listening = listens.test(agent.place());
        if (state == State.FAILED && listening) {
            return Concern.at(
                    harm(agent.kind()),
                    "agentFaulty",
                    List.of(agent.kind(), server.name(), agent.reason()),
                    agent.place(),
                    agent.kind(),
                    page(agent));
        }
        boolean runs = state.isUp() || listening;
        return Concern.at(
                runs ? Severity.REJECTED : harm(agent.kind()),
                runs ? "agentRejected" : "agentFailed",
                List.of(agent.kind(), server.name(), agent.reason()),
                agent.place(),
                agent.kind(),
                page(agent));
    }

    private static Severity harm(Kind kind) {
        return switch (kind.agentType().loss()) {
            case MAIL -> Severity.NO_MAIL;
            case SIGN_IN -> Severity.NO_LOGIN;
            case SERVICE -> Severity.NOT_RUNNING;
        };
    }

    // The page on which the value is that was refused.
    private static String page(Part part) {
        return part.refusals().stream()
                .flatMap(refusal -> part.kind().panels().stream()
                        .filter(panel -> panel.option(refusal.option()).isPresent()))
                .map(panel -> panel.name())
                .findFirst()
                .orElse(part.kind().isAgent() ? "agent-status" : STATUS);
    }

    private static Optional<Concern> waiting(Line line) {
        List<Part> waiting = with(line, Verdict.WAITS);
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Part first = waiting.getFirst();
        Severity severity = waiting.stream()
                .map(part -> part.kind() == Kind.MESSAGING_SERVER ? Severity.NO_MAIL : harm(part.kind()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return Optional.of(Concern.at(
                severity,
                "waiting",
                List.of(waiting.size(), first.kind(), line.server().name(), first.reason()),
                first.place(),
                first.kind(),
                first.kind().isAgent() ? "agent-status" : STATUS));
    }

    private static Optional<Concern> lagging(Line line) {
        List<Part> lagging = with(line, Verdict.LAGS);
        return lagging.stream()
                .findFirst()
                .map(first -> Concern.at(
                        Severity.LAGGING,
                        "lagging",
                        List.of(line.server().name(), first.wanted(), first.obeyed()),
                        first.place(),
                        first.kind(),
                        ""));
    }

    private static List<Part> with(Line line, Verdict verdict) {
        return Stream.concat(Stream.of(line.server()), line.agents().values().stream())
                .filter(part -> part.verdict() == verdict)
                .toList();
    }
}
