package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.listener.OwnServer;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.setup.Installation;
import org.posthouse.webadmin.setup.ListeningAgents;
import org.posthouse.webadmin.setup.SetUp;
import org.posthouse.webadmin.setup.SetupToken;

/** The first set-up without a browser; whoever shows the one-time token may do it. */
@Path("/setup")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SetUpResource {

    // Agents listen within seconds; whoever waits longer wants to know why.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Inject
    private Installed installed;

    @Inject
    private Caller caller;

    @Inject
    private Pulse pulse;

    /** What the set-up proposes: the host that the engine of this console serves. */
    @GET
    public Response proposal(@HeaderParam("X-Setup-Token") @Nullable String token) {
        if (!isRight(token)) {
            return refused();
        }
        return Response.ok(Json.createObjectBuilder()
                        .add("hostName", OwnServer.host())
                        .build())
                .build();
    }

    private boolean isRight(@Nullable String token) {
        return token != null && new SetupToken(installed.home(), installed.clock()).isRight(token);
    }

    private static Response refused() {
        return Answers.no(
                403, "notAllowed", "The setup token is wrong or has expired. Restart Posthouse to get a new one");
    }

    /**
     * Answers of the set-up page in JSON; 201 when everything is created. It waits until the agents listen, for 15 seconds
     * at most, and tells how each of them stands.
     */
    @POST
    public Response run(@HeaderParam("X-Setup-Token") @Nullable String token, JsonObject answers) {
        if (!isRight(token)) {
            return refused();
        }
        var author = new Author("", caller.address(), Author.By.SETUP);
        var installation = new Installation(installed.directoryFor(author), installed.home(), installed.clock());
        SetUp setUp = setUp(answers, installation);
        installation.run(setUp);
        new SetupToken(installed.home(), installed.clock()).withdraw();
        Directory directory = installed.directory();
        boolean served = setUp.hostName().equalsIgnoreCase(OwnServer.host());
        JsonArrayBuilder agents = Json.createArrayBuilder();
        new ListeningAgents(pulse, directory, setUp)
                .await(served ? PATIENCE : Duration.ZERO)
                .forEach(agent -> agents.add(Json.createObjectBuilder()
                        .add("kind", agent.kind().name())
                        .add("name", agent.kind().label())
                        .add("listening", Json.createArrayBuilder(agent.listening()))
                        .add("reason", agent.reason())));
        return Response.status(201)
                .entity(Json.createObjectBuilder()
                        .add("root", directory.root().toString())
                        .add("revision", directory.configVersion())
                        .add("hostName", setUp.hostName())
                        .add("engineHost", OwnServer.host())
                        .add("agents", agents)
                        .build())
                .build();
    }

    private static SetUp setUp(JsonObject answers, Installation installation) {
        var problems = new ArrayList<Problem>();
        boolean createServer = answers.getBoolean("createServer", true);
        DomainName domain = createServer ? domain(problems, Wish.text(answers, "officialDomain")) : SetUp.NO_DOMAIN;
        var resolvers = new ArrayList<IpAddress>();
        for (String text : Wish.list(answers, "resolvers")) {
            parsed(problems, "resolvers", text, address -> resolvers.add(new IpAddress(address)), false);
        }
        var agents = new LinkedHashSet<Kind>();
        Wish.list(answers, "agents").forEach(name -> agents.add(agent(problems, name)));
        var setUp = new SetUp(
                Wish.text(answers, "adminName"),
                Wish.text(answers, "adminPassword"),
                Wish.text(answers, "organization"),
                Wish.text(answers, "userContainer"),
                Wish.text(answers, "serverName"),
                domain,
                List.copyOf(resolvers),
                answers.containsKey("hostName") ? Wish.text(answers, "hostName") : OwnServer.host(),
                createServer,
                answers.containsKey("agents") ? agents : SetUp.AGENTS,
                answers.getBoolean("tls", true),
                answers.getBoolean("verifyAddresses", true));
        problems.addAll(installation.problems(setUp));
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
        return setUp;
    }

    private static DomainName domain(List<Problem> problems, String text) {
        if (text.isBlank()) {
            problems.add(new Problem("officialDomain", text, "is required"));
            return SetUp.NO_DOMAIN;
        }
        return parsed(problems, "officialDomain", text, DomainName::new, SetUp.NO_DOMAIN);
    }

    private static Kind agent(List<Problem> problems, String name) {
        Kind kind = parsed(problems, "agents", name, Making::kind, Kind.NMAP_AGENT);
        if (!kind.isAgent() || !kind.isCreatable()) {
            problems.add(new Problem("agents", name, "is not an agent that can be created"));
            return Kind.NMAP_AGENT;
        }
        return kind;
    }

    private static <T> T parsed(
            List<Problem> problems, String option, String text, Function<String, T> reader, T otherwise) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException malformed) {
            problems.add(new Problem(option, text, String.valueOf(malformed.getMessage())));
            return otherwise;
        }
    }
}
