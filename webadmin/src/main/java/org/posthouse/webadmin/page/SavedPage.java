package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Board.Obedience;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;

/** What became of a save: for each agent concerned, the revision wanted, the one obeyed and since when, and a proof. */
@Named
@ViewScoped
public class SavedPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Duration AT_ONCE = Duration.ofMillis(700);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /**
     * One part of the engine after a save.
     *
     * @param kind server or agent
     * @param name its name
     * @param tone "waiting", "good", "bad" or "still"
     * @param text what there is to say
     * @param proof the line that shows the settings in force; "" for none yet
     */
    public record Line(Kind kind, String name, String tone, String text, String proof) {}

    private record Save(Place server, Optional<Place> agent, long revision, Instant at) {}

    @Inject
    private Pulse pulse;

    @Inject
    private Words words;

    private transient @Nullable Save save;
    private transient Map<Place, String> proofs = new ConcurrentHashMap<>();
    private boolean plain;
    private boolean open;

    /** Follows a save; waits a moment, because most are obeyed before the page is drawn. */
    void follow(Entry object, Entry holder, Instant at) {
        proofs = new ConcurrentHashMap<>();
        boolean server = object.kind() == Kind.MESSAGING_SERVER;
        boolean agent = object.kind().isAgent();
        plain = !server && !agent;
        if (plain) {
            return;
        }
        boolean whole = server || !holder.place().equals(object.place());
        Place home = server ? object.place() : object.place().parent().orElseThrow();
        save = new Save(home, whole ? Optional.empty() : Optional.of(object.place()), holder.revision(), at);
        pulse.await(() -> !isPending(), AT_ONCE);
    }

    /** Forgets the last save, because something new is being typed or the visitor has seen enough. */
    public void forget() {
        save = null;
        plain = false;
    }

    /** Whether something was saved that no engine has to obey. */
    public boolean isPlain() {
        return plain;
    }

    /** Whether a save is being followed. */
    public boolean isFollowing() {
        return save != null;
    }

    /** The revision that is wanted now. */
    public long getRevision() {
        Save last = save;
        return last == null ? 0 : last.revision();
    }

    /** Whether some part still has to obey. */
    public boolean isPending() {
        return getLines().stream().anyMatch(line -> line.tone().equals("waiting"));
    }

    /** Whether news are to be expected: some part has still to obey, or a proof is under way. */
    public boolean isWatching() {
        return isPending() || proofs.containsValue("");
    }

    /** What each part concerned does about the save. */
    public List<Line> getLines() {
        Save last = save;
        if (last == null) {
            return List.of();
        }
        Optional<Board.Server> running = pulse.server(last.server());
        if (running.isEmpty()) {
            return List.of(new Line(Kind.MESSAGING_SERVER, last.server().leaf(), "still", unheard(last.server()), ""));
        }
        var lines = new ArrayList<Line>();
        if (last.agent().isEmpty() && running.get().agents().isEmpty()) {
            lines.add(line(
                    last, Kind.MESSAGING_SERVER, last.server(), running.get().obedience()));
        }
        running.get().agents().stream()
                .filter(agent -> last.agent().map(agent.place()::equals).orElse(true))
                .forEach(agent -> lines.add(line(last, agent.kind(), agent.place(), agent.obedience())));
        if (lines.isEmpty()) {
            lines.add(new Line(Kind.MESSAGING_SERVER, last.server().leaf(), "waiting", words.of("saved.notSeen"), ""));
        }
        return lines;
    }

    // An engine that cannot be reached obeys nothing that anybody knows of.
    private String unheard(Place server) {
        return pulse.silenceOf(server)
                .filter(why -> !why.isEmpty())
                .map(why -> words.of("saved.silent", why))
                .orElseGet(() -> words.of("saved.noEngine"));
    }

    /** The state of it all in one line. */
    public String getSummary() {
        List<Line> lines = getLines();
        Optional<Line> trouble =
                lines.stream().filter(line -> line.tone().equals("bad")).findFirst();
        if (trouble.isPresent()) {
            return trouble.get().name() + ": " + trouble.get().text();
        }
        long waiting =
                lines.stream().filter(line -> line.tone().equals("waiting")).count();
        if (waiting > 0) {
            return words.of("saved.some", lines.size() - waiting, lines.size());
        }
        if (lines.stream().noneMatch(line -> line.tone().equals("good"))) {
            return lines.isEmpty() ? "" : lines.getFirst().text();
        }
        return slowest() < 0 ? words.of("saved.everywhere") : words.of("saved.everywhereAfter", slowest());
    }

    /** The gravest of the tones of its lines. */
    public String getTone() {
        return Stream.of("bad", "waiting", "good", "still")
                .filter(tone -> getLines().stream().anyMatch(line -> line.tone().equals(tone)))
                .findFirst()
                .orElse("still");
    }

    // How long the last of them took; -1 when one had obeyed before, or does not say.
    private long slowest() {
        Save last = save;
        return last == null
                ? -1
                : obediences(last).stream()
                        .filter(part -> part.state().equals("running"))
                        .mapToLong(part -> part.obeyedAt()
                                .map(at -> Duration.between(last.at(), at).toMillis())
                                .orElse(-1L))
                        .max()
                        .orElse(-1);
    }

    private List<Obedience> obediences(Save last) {
        return pulse.server(last.server()).stream()
                .flatMap(server -> server.agents().stream())
                .filter(agent -> last.agent().map(agent.place()::equals).orElse(true))
                .map(Board.Agent::obedience)
                .toList();
    }

    /** Why a value of this option that was saved is not obeyed, as the engine says it; "" when it says nothing of it. */
    String refusal(OptionFacts option) {
        return getLines().stream()
                .filter(line -> line.tone().equals("bad"))
                .map(Line::text)
                .filter(text -> text.contains(option.label() + ": ") || text.contains(": " + option.name() + " "))
                .findFirst()
                .orElse("");
    }

    /** Shows what each agent does, or the one line. */
    public void toggle() {
        open = !open;
    }

    public boolean isOpen() {
        return open;
    }

    private Line line(Save last, Kind kind, Place place, Obedience part) {
        String name = place.leaf();
        if (part.leavesAt().isPresent()) {
            return new Line(
                    kind, name, "waiting", leaving(place, part.leavesAt().get()), "");
        }
        return switch (part.state()) {
            case "disabled", "stopped" -> new Line(kind, name, "still", words.of("saved.notRunning"), "");
            case "refused", "failed", "broken" -> new Line(kind, name, "bad", part.reason(), "");
            default ->
                part.obeyed() >= last.revision()
                        ? new Line(kind, name, "good", obeyed(last, part), proof(last, kind, place))
                        : new Line(
                                kind, name, "waiting", words.of("saved.waiting", last.revision(), part.obeyed()), "");
        };
    }

    private String leaving(Place place, Instant until) {
        return words.of("leaving", pulse.sessions(place), TIME.format(until.atZone(ZoneId.systemDefault())));
    }

    private String obeyed(Save last, Obedience part) {
        if (part.obeyedAt().isEmpty()) {
            return words.of("saved.obeyed", part.obeyed());
        }
        Instant since = part.obeyedAt().get();
        String time = TIME.format(since.atZone(ZoneId.systemDefault()));
        long after = Duration.between(last.at(), since).toMillis();
        return after < 0
                ? words.of("saved.obeyedSince", part.obeyed(), time)
                : words.of("saved.obeyedAfter", part.obeyed(), time, after);
    }

    private String proof(Save last, Kind kind, Place agent) {
        if (!kind.isAgent()) {
            return "";
        }
        if (proofs.putIfAbsent(agent, "") == null) {
            Map<Place, String> into = proofs;
            Thread.ofVirtual().name("proof of " + agent.leaf()).start(() -> prove(last.server(), kind, agent, into));
        }
        return proofs.getOrDefault(agent, "");
    }

    private void prove(Place server, Kind kind, Place agent, Map<Place, String> into) {
        try {
            into.put(agent, pulse.prove(server, kind));
        } catch (IOException silent) {
            into.put(agent, String.valueOf(silent.getMessage()));
        }
    }
}
