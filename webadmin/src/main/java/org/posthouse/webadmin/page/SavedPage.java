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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Board.Obedience;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;

/**
 * What became of a save: for the server and each agent concerned, the revision wanted, the one applied and since when, and
 * a proof. It stays until it is dismissed or something else is typed.
 */
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

    private record Part(Kind kind, Place place, Obedience state) {}

    private record Save(Place server, Optional<Place> agent, long revision, Instant at, List<String> options) {}

    @Inject
    private Pulse pulse;

    @Inject
    private Words words;

    private transient @Nullable Save save;
    private transient Map<Place, String> proofs = new ConcurrentHashMap<>();
    private boolean plain;
    private boolean open;

    /** Follows a save of these options; waits a moment, because most are applied before the page is drawn. */
    void follow(Entry object, Entry holder, Instant at, List<OptionFacts> options) {
        proofs = new ConcurrentHashMap<>();
        boolean server = object.kind() == Kind.MESSAGING_SERVER;
        boolean agent = object.kind().isAgent();
        plain = !server && !agent;
        if (plain) {
            return;
        }
        boolean whole = server || !holder.place().equals(object.place());
        Place home = server ? object.place() : object.place().parent().orElseThrow();
        save = new Save(
                home,
                whole ? Optional.empty() : Optional.of(object.place()),
                holder.revision(),
                at,
                options.stream().map(OptionFacts::name).toList());
        pulse.await(() -> !isPending(), AT_ONCE);
    }

    /** Forgets the last save, because something new is being typed or the visitor dismissed it. */
    public void forget() {
        save = null;
        plain = false;
    }

    /** Whether something was saved that no engine has to apply. */
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

    /** Whether some part still has to apply it. */
    public boolean isPending() {
        return getLines().stream().anyMatch(line -> line.tone().equals("waiting"));
    }

    /** Whether news are to be expected: some part has still to apply it, or a proof is under way. */
    public boolean isWatching() {
        return isPending() || proofs.containsValue("");
    }

    /** After how many milliseconds to look again: soon while news are expected, now and then as long as it is shown. */
    public int getPace() {
        return isWatching() ? 700 : 5_000;
    }

    /** What each part concerned does about the save: the server first, then its agents. */
    public List<Line> getLines() {
        Save last = save;
        if (last == null) {
            return List.of();
        }
        if (pulse.server(last.server()).isEmpty()) {
            return List.of(new Line(Kind.MESSAGING_SERVER, last.server().leaf(), "bad", unheard(last.server()), ""));
        }
        List<Line> lines = parts(last).stream().map(part -> line(last, part)).toList();
        return lines.isEmpty()
                ? List.of(
                        new Line(Kind.MESSAGING_SERVER, last.server().leaf(), "waiting", words.of("saved.notSeen"), ""))
                : lines;
    }

    private List<Part> parts(Save last) {
        var parts = new ArrayList<Part>();
        pulse.server(last.server()).ifPresent(server -> {
            if (last.agent().isEmpty()) {
                parts.add(new Part(Kind.MESSAGING_SERVER, server.place(), server.obedience()));
            }
            server.agents().stream()
                    .filter(agent -> last.agent().map(agent.place()::equals).orElse(true))
                    .forEach(agent -> parts.add(new Part(agent.kind(), agent.place(), agent.obedience())));
        });
        return parts;
    }

    // What nobody reports on is not applied as far as anybody knows.
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
        String whole = lines.size() == 1 ? "saved.applied" : "saved.everywhere";
        return slowest() < 0 ? words.of(whole) : words.of(whole + "After", slowest());
    }

    /** Whether no line on the wire depends on what was saved, so that none is shown. */
    public boolean isUnprovable() {
        Save last = save;
        return last != null
                && parts(last).stream()
                        .filter(part -> part.kind().isAgent())
                        .allMatch(part -> last.options().stream()
                                .allMatch(option -> part.kind().evidence(option) == Evidence.NONE));
    }

    /** The gravest of the tones of its lines. */
    public String getTone() {
        return Stream.of("bad", "waiting", "good", "still")
                .filter(tone -> getLines().stream().anyMatch(line -> line.tone().equals(tone)))
                .findFirst()
                .orElse("still");
    }

    // How long the last of them took; -1 when all had applied it before, or do not say.
    private long slowest() {
        Save last = save;
        return last == null
                ? -1
                : parts(last).stream()
                        .map(Part::state)
                        .filter(part -> part.state() == State.RUNNING || part.state() == State.IDLE)
                        .mapToLong(part -> part.obeyedAt()
                                .map(at -> Duration.between(last.at(), at).toMillis())
                                .orElse(-1L))
                        .max()
                        .orElse(-1);
    }

    /** Why the value of this option in the directory is not in force, as the engine reports it; "" when it is. */
    String refusal(Entry object, OptionFacts option) {
        Stream<Obedience> concerned = object.kind() == Kind.MESSAGING_SERVER
                ? pulse.server(object.place()).stream()
                        .flatMap(server -> Stream.concat(
                                Stream.of(server.obedience()),
                                server.agents().stream()
                                        .filter(agent -> !isOf(agent.kind(), option))
                                        .map(Board.Agent::obedience)))
                : pulse.agent(object.place()).stream().map(Board.Agent::obedience);
        return concerned
                .flatMap(state -> state.refusals().stream())
                .filter(refusal -> refusal.option().equals(option.name()))
                .filter(refusal -> refusal.revision() >= getRevision())
                .map(Board.Refusal::reason)
                .findFirst()
                .orElse("");
    }

    // An agent's own option of this name is another one.
    private static boolean isOf(Kind agent, OptionFacts option) {
        return agent.panels().stream()
                .flatMap(panel -> panel.option(option.name()).stream())
                .findAny()
                .isPresent();
    }

    /** Shows what each agent does, or the one line. */
    public void toggle() {
        open = !open;
    }

    public boolean isOpen() {
        return open;
    }

    private Line line(Save last, Part part) {
        Obedience state = part.state();
        if (state.leavesAt().isPresent()) {
            return line(part, "waiting", leaving(part.place(), state.leavesAt().get()));
        }
        if (state.tried() < last.revision()) {
            return line(part, "waiting", words.of("saved.waiting", last.revision(), state.obeyed()));
        }
        if (state.isRefused(last.revision())) {
            return line(part, "bad", refused(part));
        }
        return switch (state.state()) {
            case DISABLED -> line(part, "still", words.of("saved.disabled"));
            case STOPPED -> line(part, "still", words.of("saved.notRunning"));
            case WAITING -> line(part, "bad", words.of("saved.waits", state.reason()));
            case STARTING, STOPPING, FAILED, REFUSED, BROKEN, UNKNOWN ->
                line(part, "waiting", words.of("saved.waiting", last.revision(), state.obeyed()));
            case RUNNING, IDLE ->
                state.obeyed() >= last.revision()
                        ? new Line(part.kind(), part.place().leaf(), "good", applied(last, state), proof(last, part))
                        : line(part, "waiting", words.of("saved.waiting", last.revision(), state.obeyed()));
        };
    }

    private static Line line(Part part, String tone, String text) {
        return new Line(part.kind(), part.place().leaf(), tone, text, "");
    }

    // The label says which of the page's fields is meant.
    private String refused(Part part) {
        return part.state().refusals().stream()
                .findFirst()
                .map(refusal -> part.kind().panels().stream()
                                .flatMap(panel -> panel.option(refusal.option()).stream())
                                .map(option -> words.label(option) + ": ")
                                .findFirst()
                                .orElse("")
                        + words.reason(refusal.reason()))
                .orElseGet(() -> words.reason(part.state().why()));
    }

    private String leaving(Place place, Instant until) {
        return words.of("leaving", pulse.sessions(place), TIME.format(until.atZone(ZoneId.systemDefault())));
    }

    private String applied(Save last, Obedience part) {
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

    private String proof(Save last, Part part) {
        List<String> options = last.options().stream()
                .filter(option -> part.kind().evidence(option) != Evidence.NONE)
                .toList();
        if (!part.kind().isAgent() || options.isEmpty()) {
            return "";
        }
        if (proofs.putIfAbsent(part.place(), "") == null) {
            Map<Place, String> into = proofs;
            Thread.ofVirtual().name("proof of " + part.place().leaf()).start(() -> prove(last, part, options, into));
        }
        return words.reason(proofs.getOrDefault(part.place(), ""));
    }

    private void prove(Save last, Part part, List<String> options, Map<Place, String> into) {
        var lines = new LinkedHashSet<String>();
        try {
            for (String option : options) {
                lines.add(pulse.prove(last.server(), part.kind(), option));
            }
            lines.remove("");
            into.put(part.place(), lines.isEmpty() ? words.of("saved.noEvidence") : String.join(" · ", lines));
        } catch (IOException silent) {
            into.put(part.place(), String.valueOf(silent.getMessage()));
        }
    }
}
