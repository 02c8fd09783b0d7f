package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.Postmasters;
import org.posthouse.schema.login.Guesser;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Broken;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.attention.Attention;
import org.posthouse.webadmin.attention.Concern;
import org.posthouse.webadmin.attention.Sentences;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.SignInCheck;
import org.posthouse.webadmin.people.MailAccess;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.DirectoryAlarm;
import org.posthouse.webadmin.pulse.Overview;
import org.posthouse.webadmin.pulse.Overview.Line;
import org.posthouse.webadmin.pulse.Overview.Part;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.pulse.Verdict;

/** What is wanted, from the directory, beside what is obeyed, from the boards of all engines. */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class StatusResource {

    private static final Set<String> ACTS = Set.of("start", "stop", "restart", "drain", "reset");

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private MailAccess access;

    @Inject
    private DirectoryAlarm alarm;

    @Inject
    private Attention attention;

    @Inject
    private SignInCheck signIns;

    /** All hosts and all messaging servers with their agents. */
    @GET
    @Path("status")
    public JsonObject status() {
        pulse.settle();
        Directory directory = installed.shown();
        Tree tree = directory.tree();
        List<Entry> all = directory.configuration();
        var postmasters = new Postmasters(directory);
        Overview overview =
                pulse.overview(all, server -> postmasters.problem(server).map(ObjectText::sentence));
        var parts = new HashMap<Place, Part>();
        overview.lines().stream().flatMap(Line::parts).forEach(part -> parts.put(part.place(), part));
        JsonArrayBuilder hosts = Answers.JSON.createArrayBuilder();
        all.stream().filter(entry -> entry.kind() == Kind.HOST_SERVER).forEach(host -> hosts.add(host(host)));
        JsonArrayBuilder servers = Answers.JSON.createArrayBuilder();
        tree.servers().forEach(server -> servers.add(server(server, parts)));
        JsonArrayBuilder broken = Answers.JSON.createArrayBuilder();
        tree.broken().forEach(object -> broken.add(broken(object)));
        orphans(postmasters, tree).forEach(object -> broken.add(broken(object)));
        return Answers.JSON
                .createObjectBuilder()
                .add("revision", directory.configVersion())
                .add("now", installed.clock().instant().toString())
                .add("agents", agents(overview))
                .add("parts", parts(overview))
                .add("directory", RollbackResource.text(alarm.get()))
                .add("history", history())
                .add("hosts", hosts)
                .add("servers", servers)
                .add("broken", broken)
                .add("people", people(directory))
                .add("guessers", guessers(all))
                .add("attention", attention(attention.concerns(directory, overview)))
                .build();
    }

    private static JsonArrayBuilder attention(List<Concern> concerns) {
        JsonArrayBuilder list = Answers.JSON.createArrayBuilder();
        concerns.forEach(concern -> {
            JsonObjectBuilder text = Answers.JSON
                    .createObjectBuilder()
                    .add("severity", concern.severity().word())
                    .add("reason", concern.key())
                    .add("sentence", Sentences.of(concern))
                    .add("page", concern.path());
            concern.subject().ifPresent(place -> text.add("dn", place.toString()));
            list.add(text);
        });
        return list;
    }

    // By host; "" is the console itself.
    private JsonArrayBuilder guessers(List<Entry> all) {
        JsonArrayBuilder list = Answers.JSON.createArrayBuilder();
        signIns.guessers().forEach(guesser -> list.add(guesser("", guesser)));
        all.stream()
                .filter(entry -> entry.kind() == Kind.HOST_SERVER)
                .forEach(host -> pulse.board(host.place()).stream()
                        .flatMap(board -> board.guessers().stream())
                        .forEach(guesser -> list.add(guesser(host.place().toString(), guesser))));
        return list;
    }

    private static JsonObjectBuilder guesser(String host, Guesser guesser) {
        return Answers.JSON
                .createObjectBuilder()
                .add("host", host)
                .add("address", guesser.source())
                .add("names", Answers.JSON.createArrayBuilder(guesser.names()))
                .add("tries", guesser.tries())
                .add("since", guesser.since().toString())
                .add("last", guesser.last().toString());
    }

    // Nothing is said of a history that is still being read.
    private JsonObjectBuilder history() {
        JsonObjectBuilder text = Answers.JSON.createObjectBuilder();
        installed
                .history()
                .verdict()
                .ifPresent(found -> text.add("whole", found.isWhole())
                        .add(
                                "faults",
                                Answers.JSON.createArrayBuilder(found.faults().stream()
                                        .map(Object::toString)
                                        .toList())));
        return text;
    }

    private JsonObjectBuilder people(Directory directory) {
        MailAccess.State state = access.state(directory);
        JsonArrayBuilder problems = Answers.JSON.createArrayBuilder();
        state.problems()
                .forEach(problem -> problems.add(Answers.JSON
                        .createObjectBuilder()
                        .add("reason", problem.reason().name().toLowerCase(Locale.ROOT))
                        .add("kind", problem.kind().name())
                        .add("container", problem.container().toString())
                        .add("number", problem.number())
                        .add(
                                "some",
                                Json.createArrayBuilder(problem.some().stream()
                                        .map(Place::toString)
                                        .toList()))
                        .add("sentence", MailAccess.sentence(problem))));
        JsonArrayBuilder missing = Answers.JSON.createArrayBuilder();
        state.missing()
                .forEach(each -> missing.add(Answers.JSON
                        .createObjectBuilder()
                        .add("dn", each.object().toString())
                        .add("option", each.option().name())
                        .add("names", each.missing().toString())));
        return Answers.JSON
                .createObjectBuilder()
                .add("problems", problems)
                .add("missing", missing)
                .add("sentences", Json.createArrayBuilder(MailAccess.sentences(state)));
    }

    private JsonObjectBuilder host(Entry host) {
        Optional<Board> board = pulse.board(host.place());
        JsonObjectBuilder text = Answers.JSON
                .createObjectBuilder()
                .add("dn", host.place().toString())
                .add("name", host.name())
                .add("answers", board.isPresent())
                .add("reason", board.isPresent() ? "" : silence(host.place()));
        board.ifPresent(engine -> {
            text.add("version", engine.version()).add("java", engine.java()).add("directory", engine.directory());
            engine.started().ifPresent(started -> text.add("started", started.toString()));
        });
        return text;
    }

    private String silence(Place host) {
        String why = pulse.silence(host);
        return pulse.hasEngine(host) ? why : "no engine has ever run on this host";
    }

    private static JsonObjectBuilder agents(Overview overview) {
        var counts = new EnumMap<Verdict, Long>(Verdict.class);
        overview.lines().stream()
                .flatMap(line -> line.agents().values().stream())
                .forEach(agent -> counts.merge(agent.verdict(), 1L, Long::sum));
        return counts(overview.agents(), counts);
    }

    private static JsonObjectBuilder parts(Overview overview) {
        return counts(overview.servers() + overview.agents(), overview.counts())
                .add("servers", overview.servers())
                .add("agents", overview.agents())
                .add("cares", overview.cares());
    }

    private static JsonObjectBuilder counts(long all, Map<Verdict, Long> found) {
        JsonObjectBuilder counts = Answers.JSON.createObjectBuilder().add("all", all);
        for (Verdict verdict : Verdict.values()) {
            counts.add(verdict.word(), found.getOrDefault(verdict, 0L));
        }
        return counts;
    }

    private JsonObjectBuilder server(MessagingServer server, Map<Place, Part> parts) {
        Optional<Board.Server> seen = pulse.server(server.place());
        JsonArrayBuilder agents = Answers.JSON.createArrayBuilder();
        server.agents().values().stream()
                .sorted((a, b) -> a.kind().compareTo(b.kind()))
                .forEach(agent -> agents.add(agent(server, agent, parts)));
        JsonObjectBuilder text = Answers.JSON
                .createObjectBuilder()
                .add("dn", server.place().toString())
                .add("name", server.name())
                .add("host", server.identification().hostServer().toString())
                .add("enabled", server.status().enabled())
                .add("sessions", seen.map(Board.Server::sessions).orElse(0L))
                .add("verdict", part(parts, server.place()).verdict().word());
        obedience(text, server.revision(), seen.map(Board.Server::obedience), part(parts, server.place()));
        text.add("agents", agents);
        seen.flatMap(Board.Server::postmaster).ifPresent(line -> {
            JsonObjectBuilder postmaster = Answers.JSON.createObjectBuilder().add("mailbox", line.mailbox());
            line.opened().ifPresent(at -> postmaster.add("opened", at.toString()));
            text.add("postmaster", postmaster);
        });
        seen.flatMap(Board.Server::runsSince).ifPresent(since -> text.add("runsSince", since.toString()));
        seen.flatMap(Board.Server::statistics).ifPresent(statistics -> {
            JsonObjectBuilder figures = Answers.JSON.createObjectBuilder();
            StatisticsResource.figures(figures, statistics);
            text.add("statistics", figures);
        });
        seen.ifPresent(found -> text.add(
                "queue",
                Answers.JSON
                        .createObjectBuilder()
                        .add("waiting", found.queue().waiting())
                        .add("oldestSeconds", found.queue().oldestSeconds())
                        .add("taken", found.queue().taken())
                        .add("delivered", found.queue().delivered())
                        .add("relayed", found.queue().relayed())
                        .add("bounced", found.queue().bounced())));
        return text;
    }

    private JsonObjectBuilder agent(MessagingServer server, Agent agent, Map<Place, Part> parts) {
        Optional<Board.Agent> seen = pulse.agent(agent.place());
        JsonObjectBuilder text = Answers.JSON
                .createObjectBuilder()
                .add("dn", agent.place().toString())
                .add("kind", agent.kind().name())
                .add("enabled", agent.enabled())
                .add("verdict", part(parts, agent.place()).verdict().word());
        obedience(text, server.wanted(agent), seen.map(Board.Agent::obedience), part(parts, agent.place()));
        JsonObjectBuilder figures = Answers.JSON.createObjectBuilder();
        seen.ifPresent(found -> found.figures().forEach(figures::add));
        return text.add(
                        "listening",
                        Answers.JSON.createArrayBuilder(
                                seen.map(Board.Agent::listening).orElse(List.of())))
                .add(
                        "notes",
                        Answers.JSON.createArrayBuilder(
                                seen.map(Board.Agent::notes).orElse(List.of())))
                .add("figures", figures);
    }

    private static Part part(Map<Place, Part> parts, Place place) {
        return Optional.ofNullable(parts.get(place)).orElseThrow(() -> new Missing(place));
    }

    private static void obedience(JsonObjectBuilder text, long wanted, Optional<Board.Obedience> seen, Part part) {
        text.add("wanted", wanted)
                .add("obeyed", seen.map(Board.Obedience::obeyed).orElse(0L))
                // What no engine reports on is unreachable; a server without its postmaster is unknown.
                .add("state", part.state().equals("silent") ? "unreachable" : part.state())
                .add(
                        "reason",
                        seen.isEmpty() || part.state().equals(Overview.UNKNOWN)
                                ? part.reason()
                                : seen.get().why())
                .add("refusals", refusals(part));
        seen.flatMap(Board.Obedience::obeyedAt).ifPresent(since -> text.add("obeyedAt", since.toString()));
        seen.flatMap(Board.Obedience::leavesAt).ifPresent(end -> text.add("leavesAt", end.toString()));
    }

    private static JsonArrayBuilder refusals(Part part) {
        JsonArrayBuilder refusals = Answers.JSON.createArrayBuilder();
        part.refusals().forEach(refusal -> {
            JsonObjectBuilder shown = Answers.JSON
                    .createObjectBuilder()
                    .add("option", refusal.option())
                    .add("label", Answers.label(refusal.option()))
                    .add("value", refusal.value())
                    .add("reason", refusal.reason())
                    .add("revision", refusal.revision());
            refusal.since().ifPresent(since -> shown.add("since", since.toString()));
            refusals.add(shown);
        });
        return refusals;
    }

    private static Stream<Broken> orphans(Postmasters postmasters, Tree tree) {
        return tree.servers().stream()
                .map(MessagingServer::place)
                .flatMap(place -> tree.entry(place).stream())
                .flatMap(server -> postmasters.problem(server).stream()
                        .map(problem -> new Broken(server.place(), server.revision(), List.of(problem))));
    }

    private static JsonObjectBuilder broken(Broken object) {
        JsonArrayBuilder problems = Answers.JSON.createArrayBuilder();
        object.problems().forEach(problem -> problems.add(ObjectText.sentence(problem)));
        return Answers.JSON
                .createObjectBuilder()
                .add("dn", object.place().toString())
                .add("problems", problems);
    }

    /**
     * {@code {"server", "agent", "do", "grace"}}: has an agent, or all of a server's, start, stop or restart now, or drain
     * for so many seconds at most. Instead of server and agent {@code "object"} may name either.
     */
    @POST
    @Path("commands")
    public Response command(JsonObject request) {
        String act = Wish.text(request, "do");
        if (!ACTS.contains(act)) {
            throw new IllegalArgumentException("\"do\" must be one of " + String.join(", ", ACTS));
        }
        String object = Wish.text(request, "object");
        String agent = Wish.text(request, "agent");
        Duration grace = AtOnce.grace(request);
        long sessions = sessions(request, object, agent);
        String reason = object.isEmpty()
                ? pulse.command(
                        Place.of(Wish.text(request, "server")),
                        agent.isEmpty() ? "" : Making.kind(agent).name(),
                        act,
                        grace)
                : command(Place.of(object), act, grace);
        return reason.isEmpty()
                ? Response.ok(Answers.JSON
                                .createObjectBuilder()
                                .add("done", act)
                                .add("sessions", act.equals("start") || act.equals("reset") ? 0 : sessions)
                                .build())
                        .build()
                : Answers.no(409, "engine", reason);
    }

    // How many sessions were open just before: those that a stop ends, or a drain lets end.
    private long sessions(JsonObject request, String object, String agent) {
        Place place = object.isEmpty() ? Place.of(Wish.text(request, "server")) : Place.of(object);
        return agent.isEmpty()
                ? pulse.sessions(place)
                : pulse.sessions(place.child(
                        Making.kind(agent).naming(), Making.kind(agent).label()));
    }

    private String command(Place object, String act, Duration grace) {
        Kind kind = installed
                .directory()
                .read(object)
                .orElseThrow(() -> new Missing(object))
                .kind();
        if (kind != Kind.MESSAGING_SERVER && !kind.isAgent()) {
            throw new IllegalArgumentException(object.leaf() + " is neither a messaging server nor an agent");
        }
        return kind.isAgent()
                ? pulse.command(object.parent().orElseThrow(), kind.name(), act, grace)
                : pulse.command(object, "", act, grace);
    }

    /** The line on the wire that depends on an option, or the greeting without one; "" when no line depends on it. */
    @GET
    @Path("prove")
    public Response prove(
            @QueryParam("server") @DefaultValue("") String server,
            @QueryParam("agent") @DefaultValue("") String agent,
            @QueryParam("option") @DefaultValue("") String option) {
        try {
            return Response.ok(Answers.JSON
                            .createObjectBuilder()
                            .add("line", pulse.prove(Place.of(server), Making.kind(agent), option))
                            .build())
                    .build();
        } catch (IOException silent) {
            return Answers.no(409, "engine", String.valueOf(silent.getMessage()));
        }
    }
}
