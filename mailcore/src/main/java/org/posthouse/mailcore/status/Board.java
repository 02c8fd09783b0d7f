package org.posthouse.mailcore.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.posthouse.schema.login.Guesser;
import org.posthouse.schema.value.Place;

/**
 * What is in force on this engine, server by server and agent by agent. Each change of a standing gets a number, so that
 * a reader can wait for the next one.
 */
public final class Board {

    /**
     * Who shows this board.
     *
     * @param host the host's name
     * @param place its Host Server object, or empty while it is not known
     * @param version of Posthouse
     * @param java of the virtual machine
     * @param started when the engine started
     */
    public record Head(String host, String place, String version, String java, Instant started) {}

    /**
     * How the directory is followed.
     *
     * @param state "following", "polling", "older" than the settings in use, or "down"
     * @param reason why it is down or not applied
     * @param revision the latest change known
     * @param since since when it is in this state
     */
    public record DirectoryLine(String state, String reason, long revision, Instant since) {}

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Place, ServerBoard> servers = new TreeMap<>();
    private volatile Supplier<List<Guesser>> guessers = List::of;
    private Head head;
    private DirectoryLine directory;
    private int figures;
    private long sequence = 1;

    /** An empty board. */
    public Board(Head head, Clock clock) {
        this.head = head;
        this.clock = clock;
        this.directory = new DirectoryLine("down", "", 0, head.started());
    }

    /** Shows a server as it is now. */
    public void post(ServerBoard server) {
        change(() -> servers.put(server.place(), server));
    }

    /** Shows a server no more. */
    public void remove(Place server) {
        change(() -> servers.remove(server));
    }

    /** Shows how the directory is followed, if that is news. */
    public void post(DirectoryLine line) {
        lock.lock();
        try {
            if (!line.equals(directory)) {
                change(() -> directory = line);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Shows from now on who guesses passwords, asked for when the board is read. */
    public void guessers(Supplier<List<Guesser>> source) {
        guessers = source;
    }

    /** Names the Host Server object. */
    public void identify(String hostPlace) {
        change(() -> head = new Head(head.host(), hostPlace, head.version(), head.java(), head.started()));
    }

    /** Looks whether any figure changed since the last look; if so, whoever waits is told. */
    public void lookAtFigures() {
        lock.lock();
        try {
            int now = figures().hashCode();
            if (now != figures) {
                figures = now;
                change(() -> {});
            }
        } finally {
            lock.unlock();
        }
    }

    /** The servers shown. */
    public List<ServerBoard> servers() {
        lock.lock();
        try {
            return List.copyOf(servers.values());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the board is newer than {@code after}, but no longer than so. Returns whether it is. */
    boolean await(long after, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (sequence <= after && left > 0) {
                left = changed.awaitNanos(left);
            }
            return sequence > after;
        } finally {
            lock.unlock();
        }
    }

    /** The whole board as JSON. */
    public String json() {
        lock.lock();
        try {
            var all = new LinkedHashMap<String, Object>();
            all.put("seq", sequence);
            all.put("host", head.host());
            all.put("place", head.place());
            all.put("version", head.version());
            all.put("java", head.java());
            all.put("started", head.started());
            all.put("now", clock.instant());
            all.put("directory", directory());
            all.put("guessers", guessers.get().stream().map(Board::guesser).toList());
            all.put("servers", servers.values().stream().map(Board::server).toList());
            return Json.write(all);
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> directory() {
        var line = new LinkedHashMap<String, Object>();
        line.put("state", directory.state());
        line.put("reason", directory.reason());
        line.put("revision", directory.revision());
        line.put("since", directory.since());
        return line;
    }

    private static Map<String, Object> guesser(Guesser guesser) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("address", guesser.source());
        shown.put("names", guesser.names());
        shown.put("tries", guesser.tries());
        shown.put("since", guesser.since());
        shown.put("last", guesser.last());
        return shown;
    }

    private static Map<String, Object> server(ServerBoard server) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("place", server.place());
        shown.put("name", server.place().leaf());
        shown.putAll(standing(server.standing()));
        shown.put("refusals", server.refusals().stream().map(Board::refusal).toList());
        shown.put("agents", server.agents().stream().map(Board::agent).toList());
        shown.put("queue", server.queue().get());
        server.postmaster().get().ifPresent(line -> shown.put("postmaster", postmaster(line)));
        server.acme().ifPresent(line -> shown.put("acme", acme(line)));
        server.runsSince().ifPresent(since -> shown.put("runsSince", since));
        server.statistics().ifPresent(tally -> shown.put("statistics", statistics(tally)));
        return shown;
    }

    private static Map<String, Object> postmaster(PostmasterLine line) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("mailbox", line.mailbox());
        line.opened().ifPresent(at -> shown.put("opened", at));
        return shown;
    }

    private static Map<String, Object> acme(AcmeLine line) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("state", line.state());
        shown.put("reason", line.reason());
        shown.put("since", line.since());
        line.next().ifPresent(next -> shown.put("next", next));
        return shown;
    }

    private static Map<String, Object> statistics(Tally tally) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("since", tally.since());
        tally.figures().forEach((group, figures) -> shown.put(group.name().toLowerCase(Locale.ROOT), figures));
        return shown;
    }

    private static Map<String, Object> agent(ServerBoard.AgentBoard agent) {
        var shown = new LinkedHashMap<String, Object>();
        ServerBoard.Live live = agent.live().get();
        shown.put("place", agent.place());
        shown.put("kind", agent.kind().name());
        shown.putAll(standing(agent.standing()));
        shown.put("refusals", agent.refusals().stream().map(Board::refusal).toList());
        shown.put("listening", live.listening());
        shown.put("figures", live.figures());
        shown.put("notes", live.notes());
        return shown;
    }

    private static Map<String, Object> refusal(OptionRefusal refusal) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("option", refusal.option());
        shown.put("value", refusal.value());
        shown.put("reason", refusal.reason());
        shown.put("since", refusal.since());
        shown.put("revision", refusal.revision());
        return shown;
    }

    private static Map<String, Object> standing(Standing standing) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("state", standing.state().word());
        shown.put("reason", standing.reason());
        shown.put("wanted", standing.wanted());
        shown.put("obeyed", standing.obeyed());
        shown.put("obeyedAt", standing.obeyedAt());
        shown.put("tried", standing.tried());
        shown.put("triedAt", standing.triedAt());
        standing.leavesAt().ifPresent(at -> shown.put("leavesAt", at));
        return shown;
    }

    private List<Object> figures() {
        // How often they tried changes with each try; that is no news.
        Stream<Object> addresses = guessers.get().stream().map(Guesser::source);
        Stream<Object> all = servers.values().stream()
                .map(server -> List.of(
                        server.queue().get(),
                        server.postmaster().get(),
                        server.agents().stream()
                                .map(agent -> agent.live().get())
                                .toList()));
        return Stream.concat(addresses, all).toList();
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            sequence++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
