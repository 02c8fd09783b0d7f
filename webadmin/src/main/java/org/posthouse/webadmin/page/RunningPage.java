package org.posthouse.webadmin.page;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.advice.Adviser;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Overview;
import org.posthouse.webadmin.pulse.Overview.Line;
import org.posthouse.webadmin.pulse.Overview.Part;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.pulse.Verdict;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.words.Words;

/** "Health": every server with every agent, its desired and its actual state, fifty servers a page. */
@Named
@ViewScoped
public class RunningPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String WITHOUT = "without-";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private Links links;

    @Inject
    private Pulse pulse;

    @Inject
    private Installed installed;

    @Inject
    private KnownConfiguration lastKnown;

    @Inject
    private TablePage tablePage;

    private String text = "";
    private String state = "";
    private String proven = "";
    private String proof = "";
    private transient @Nullable FacesContext lookedIn;
    private transient @Nullable Overview overview;
    private transient @Nullable Table<Line> table;

    /** Gives engines that were never asked a moment to speak. */
    public void open() {
        pulse.settle();
    }

    /** Everything as it is in this request: one look serves the whole page. */
    public Overview getOverview() {
        FacesContext request = FacesContext.getCurrentInstance();
        Overview known = overview;
        if (known == null || !request.equals(lookedIn)) {
            known = banner.during(() -> Optional.of(look()), Optional.<Overview>empty())
                    .orElseGet(this::asKnown);
            overview = known;
            lookedIn = request;
            table = null;
        }
        return known;
    }

    // Engines still speak while the directory is unavailable: what was read last is compared with what they say.
    private Overview asKnown() {
        return pulse.overview(lastKnown.entries(), server -> Optional.empty());
    }

    /** Since when the desired state shown may be out of date, in words; "" while it is as the directory says. */
    public String getAge() {
        return !getOverview().lines().isEmpty() && banner.isDirectoryAway()
                ? words.of("home.age", words.time(lastKnown.readAt()))
                : "";
    }

    private Overview look() {
        var sight = new Sight(visitor.directory());
        return pulse.overview(
                lastKnown.keep(visitor.directory().configuration(), installed.asOf()),
                server -> sight.shown(server) == Kind.UNKNOWN
                        ? Optional.of(words.of("unknown.short"))
                        : Optional.empty());
    }

    private boolean matches(Line line) {
        String sought = text.toLowerCase(Locale.ROOT);
        return (sought.isEmpty()
                        || named(line)
                                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(sought)))
                && isChosen(line);
    }

    private Stream<String> named(Line line) {
        return Stream.concat(
                Stream.of(line.server().name(), host(line)),
                line.agents().keySet().stream().map(words::kind));
    }

    private boolean isChosen(Line line) {
        return state.startsWith(WITHOUT)
                ? line.agents().keySet().stream()
                        .noneMatch(kind -> kind.name().equals(state.substring(WITHOUT.length())))
                : state.isEmpty() || line.parts().anyMatch(part -> isChosen(part.verdict()));
    }

    private boolean isChosen(Verdict verdict) {
        return state.equals("care") ? verdict.needsCare() : verdict.word().equals(state);
    }

    /** The servers that the filter lets through, those that need attention first. */
    public Table<Line> getTable() {
        getOverview();
        Table<Line> known = table;
        if (known == null) {
            Columns<Line> columns = Columns.<Line>none()
                    .text("name", line -> line.server().name())
                    .ranked("state", line -> "", Comparator.comparing(Line::worst));
            for (Kind kind : getOverview().kinds()) {
                columns = columns.ranked(
                        kind.name(),
                        line -> "",
                        Comparator.comparingInt(line -> rank(line.agents().get(kind))));
            }
            known = tablePage.inOrder(
                    "servers",
                    getOverview().lines().stream().filter(this::matches).toList(),
                    columns);
            table = known;
        }
        return known;
    }

    // A server without such an agent comes last.
    private static int rank(@Nullable Part agent) {
        return agent == null
                ? Verdict.values().length
                : List.of(Verdict.values()).indexOf(agent.verdict());
    }

    /** Whether there is no server at all, rather than none that matches. */
    public boolean isBare() {
        return getOverview().lines().isEmpty();
    }

    /** "200 servers and 3,000 agents: 3,194 in sync, 4 pending, 2 rejected". */
    public String getSummary() {
        var counts = getOverview().counts();
        List<String> parts = Stream.of(
                        Verdict.OBEYS, Verdict.LAGS, Verdict.REFUSES, Verdict.UNREACHABLE, Verdict.WAITS, Verdict.RESTS)
                .filter(verdict -> verdict == Verdict.OBEYS || counts.containsKey(verdict))
                .map(verdict -> words.of("running.count." + verdict.word(), counts.getOrDefault(verdict, 0L)))
                .toList();
        return words.of(
                "running.summary", getOverview().servers(), getOverview().agents(), words.joined(parts));
    }

    /** The tone of the whole: "good" while nothing needs care. */
    public String getTone() {
        return getOverview().lines().stream()
                .map(line -> tone(line.worst()))
                .filter(tone -> tone.equals("bad") || tone.equals("waiting"))
                .findFirst()
                .orElse("good");
    }

    /** The choices of the filter. */
    public List<String> getStates() {
        return Stream.concat(
                        Stream.of("", "care", "refuses", "lags", "unreachable", "waits", "rests", "obeys"),
                        Adviser.NEEDED.stream().map(kind -> WITHOUT + kind.name()))
                .toList();
    }

    /** A choice in words. */
    public String stateLabel(String choice) {
        return choice.startsWith(WITHOUT)
                ? words.of("running.state.without", words.kind(Kind.valueOf(choice.substring(WITHOUT.length()))))
                : words.of("running.state." + (choice.isEmpty() ? "all" : choice));
    }

    /** The agent of this kind; null when the server has none. */
    public @Nullable Part agent(Line line, Kind kind) {
        return line.agents().get(kind);
    }

    /** The parts of a server about which there is something to say. */
    public List<Part> reasons(Line line) {
        List<Part> said = line.parts()
                .filter(part -> part.verdict().needsCare())
                .filter(part -> !reason(line, part).isEmpty())
                .toList();
        // What is true of the whole server is said once.
        Part server = line.server();
        boolean same = said.contains(server)
                && said.stream()
                        .allMatch(part -> part.verdict() == server.verdict()
                                && part.reason().equals(server.reason()));
        return same ? List.of(server) : said;
    }

    /** Why a part is not as wanted. */
    public String reason(Line line, Part part) {
        if (part.verdict() == Verdict.LAGS) {
            return words.of("running.lagging", part.wanted(), part.obeyed())
                    + (part.reason().isEmpty() ? "" : " " + words.reason(part.reason()));
        }
        if (part.verdict() != Verdict.UNREACHABLE || line.host().isEmpty()) {
            return words.reason(part.reason());
        }
        Place host = line.host().get();
        return pulse.hasEngine(host)
                ? words.of(
                        pulse.silence(host).isEmpty() ? "running.unheard" : "running.silent",
                        host.leaf(),
                        pulse.silence(host))
                : words.of("running.never", host.leaf());
    }

    /** The name of a server's host. */
    public String host(Line line) {
        return line.host().map(Place::leaf).orElse("–");
    }

    /** The tone of a verdict. */
    public String tone(Verdict verdict) {
        return switch (verdict) {
            case OBEYS -> "good";
            case LAGS -> "waiting";
            case REFUSES, UNREACHABLE, WAITS -> "bad";
            case RESTS -> "still";
        };
    }

    /** A verdict in a word. */
    public String verdict(Verdict verdict) {
        return words.of("running.verdict." + verdict.word());
    }

    /** The revision obeyed, and the one wanted when that is another; nothing where none is obeyed. */
    public String revision(Part part) {
        return switch (part.verdict()) {
            case OBEYS -> Long.toString(part.obeyed());
            case REFUSES, LAGS ->
                part.obeyed() < part.wanted() ? part.obeyed() + " → " + part.wanted() : "" + part.obeyed();
            case UNREACHABLE -> "? → " + part.wanted();
            case WAITS, RESTS -> "";
        };
    }

    /** Since when, as a time of today or as a day. */
    public String since(Part part) {
        return part.since().map(this::moment).orElse("");
    }

    private String moment(Instant at) {
        var local = at.atZone(ZoneId.systemDefault());
        return local.toLocalDate().equals(LocalDate.now(ZoneId.systemDefault())) ? TIME.format(local) : words.day(at);
    }

    /** An id that stays with a part when the page is drawn again, so that the focus does too. */
    public String id(Part part) {
        return Integer.toHexString(part.place().hashCode());
    }

    /** Has the agent named by the request's parameter "agent" show its settings in force over a real session. */
    public void prove() {
        String asked = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault("agent", "");
        proof = banner.during(() -> prove(asked), "");
    }

    private String prove(String dn) {
        Optional<Entry> agent = links.object(dn).filter(entry -> entry.kind().isAgent());
        proven = agent.map(Entry::place)
                .map(place ->
                        place.leaf() + ", " + place.parent().map(Place::leaf).orElse(""))
                .orElse("");
        if (agent.isEmpty()) {
            return words.of("running.gone");
        }
        try {
            return pulse.prove(
                    agent.get().place().parent().orElseThrow(), agent.get().kind());
        } catch (IOException silent) {
            return words.of("saved.noProof", String.valueOf(silent.getMessage()));
        }
    }

    /** The agent proved last: "SMTP Agent, mail1". */
    public String getProven() {
        return proven;
    }

    /** What the last proof showed. */
    public String getProof() {
        return proof;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text.strip();
    }

    public String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state == null || !getStates().contains(state) ? "" : state;
    }
}
