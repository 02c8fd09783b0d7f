package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Board.Obedience;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server or agent does at this moment, and the buttons that have it start, stop or restart now. */
@Named
@RequestScoped
public class StatusPage {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Duration MOMENT = Duration.ofSeconds(2);

    @Inject
    private Pulse pulse;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private IndexPage indexPage;

    private String proof = "";

    /**
     * The state of a server or agent as the engine's word, "silent" without an engine, "unknown" when the object cannot be
     * understood, "" for other objects.
     */
    public String state(Entry entry) {
        if (entry.kind() != Kind.MESSAGING_SERVER && !entry.kind().isAgent()) {
            return entry.kind() == Kind.HOST_SERVER ? hostState(entry.place()) : "";
        }
        return indexPage.shown(entry) == Kind.UNKNOWN
                ? "unknown"
                : obedience(entry.place()).map(state -> state.state().word()).orElse("silent");
    }

    private String hostState(Place host) {
        if (pulse.board(host).isPresent()) {
            return "running";
        }
        return pulse.hasEngine(host) ? "silent" : "never";
    }

    /** The state in words. */
    public String stateWords(String state) {
        return state.isEmpty() ? "" : words.of("state." + state.toLowerCase(Locale.ROOT));
    }

    /** The tone of a state: "good", "waiting", "bad" or "still". */
    public String tone(String state) {
        if (state.equals("silent") || state.equals("unknown")) {
            return "bad";
        }
        return switch (State.of(state)) {
            case RUNNING -> "good";
            case STARTING, STOPPING -> "waiting";
            case FAILED, REFUSED, BROKEN, WAITING -> "bad";
            case IDLE, STOPPED, DISABLED, UNKNOWN -> "still";
        };
    }

    /** What a server or agent obeys; empty without its engine. */
    public Optional<Obedience> obedience(Place place) {
        return pulse.server(place)
                .map(Board.Server::obedience)
                .or(() -> pulse.agent(place).map(Board.Agent::obedience));
    }

    /** What its engine says of an agent; null without. */
    public Board.@Nullable Agent agent(Place place) {
        return pulse.agent(place).orElse(null);
    }

    /** What its engine says of a server; null without. */
    public Board.@Nullable Server server(Place place) {
        return pulse.server(place).orElse(null);
    }

    /** The board of a host; null while its engine does not answer. */
    public @Nullable Board board(Place host) {
        return pulse.board(host).orElse(null);
    }

    /** Why a server or agent is not as wanted; "" when it is. */
    public String reason(Place place) {
        return obedience(place).map(Obedience::why).map(words::reason).orElse("");
    }

    /** How a server or agent that takes no new sessions leaves: how many there still are, and until when; "" otherwise. */
    public String leaving(Place place) {
        return obedience(place)
                .flatMap(Obedience::leavesAt)
                .map(until ->
                        words.of("leaving", pulse.sessions(place), TIME.format(until.atZone(ZoneId.systemDefault()))))
                .orElse("");
    }

    /** The figures of an agent that are worth showing. */
    public List<Map.Entry<String, Long>> figures(Place agent) {
        return pulse.agent(agent).stream()
                .flatMap(state -> state.figures().entrySet().stream())
                .toList();
    }

    /** Has a server or agent start, stop or restart now. */
    public void command(Entry entry, String act) {
        command(entry, act, Duration.ZERO);
    }

    /** The same; a "drain" lets the sessions that run go on for the grace at most. */
    void command(Entry entry, String act, Duration grace) {
        boolean server = entry.kind() == Kind.MESSAGING_SERVER;
        Place home = server ? entry.place() : entry.place().parent().orElseThrow();
        banner.during(() -> {
            visitor.directory();
            String refusal = pulse.command(home, server ? "" : entry.kind().name(), act, grace);
            LOG.info("{} had {} {}: {}", visitor.getPlace(), entry.place(), act, refusal.isEmpty() ? "done" : refusal);
            if (refusal.isEmpty()) {
                pulse.await(() -> hasSettled(entry, act), MOMENT);
            } else {
                banner.say("bad", words.of("command.refused", entry.name(), refusal));
            }
        });
    }

    private boolean hasSettled(Entry entry, String act) {
        String state = state(entry);
        State now = State.of(state);
        return switch (act) {
            case "stop" -> now.isOff();
            case "drain" -> now.isOff() || now == State.STOPPING;
            default -> now == State.RUNNING || now == State.IDLE;
        };
    }

    /** Has an agent show its settings in force over a real session. */
    public void prove(Entry agent) {
        banner.during(() -> {
            visitor.directory();
            try {
                proof = pulse.prove(agent.place().parent().orElseThrow(), agent.kind());
            } catch (IOException silent) {
                proof = words.of("saved.noProof", String.valueOf(silent.getMessage()));
            }
        });
    }

    /** The line that the last proof gave. */
    public String getProof() {
        return proof;
    }
}
