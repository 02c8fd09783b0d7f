package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.setup.Installation;
import org.posthouse.webadmin.setup.SetUp;
import org.posthouse.webadmin.setup.SetupToken;

/** The first set-up without a browser; whoever shows the one-time token may do it. */
@Path("/setup")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SetUpResource {

    // Of a tree without a messaging server nothing needs a domain.
    private static final DomainName NO_DOMAIN = new DomainName("localhost");

    @Inject
    private Installed installed;

    @Inject
    private Caller caller;

    /** Answers of the set-up page in JSON; 201 when everything stands. */
    @POST
    public Response run(@HeaderParam("X-Setup-Token") @Nullable String token, JsonObject answers) {
        var expected = new SetupToken(installed.home(), installed.clock());
        if (token == null || !expected.isRight(token)) {
            return Answers.no(
                    403, "notAllowed", "The set-up token is wrong or has expired; a new start prints another");
        }
        var installation = new Installation(installed.directoryFor(new Author("", caller.address(), Author.By.SETUP)));
        installation.run(setUp(answers));
        expected.withdraw();
        Directory directory = installed.directory();
        return Response.status(201)
                .entity(Json.createObjectBuilder()
                        .add("root", directory.root().toString())
                        .add("revision", directory.configVersion())
                        .build())
                .build();
    }

    private static SetUp setUp(JsonObject answers) {
        var problems = new ArrayList<Problem>();
        boolean createServer = !answers.containsKey("createServer") || answers.getBoolean("createServer");
        DomainName domain = createServer
                ? parsed(problems, "officialDomain", Wish.text(answers, "officialDomain"), DomainName::new, NO_DOMAIN)
                : NO_DOMAIN;
        var resolvers = new ArrayList<IpAddress>();
        for (String text : Wish.list(answers, "resolvers")) {
            parsed(problems, "resolvers", text, address -> resolvers.add(new IpAddress(address)), false);
        }
        var agents = new LinkedHashSet<Kind>();
        Wish.list(answers, "agents").forEach(name -> agents.add(Making.kind(name)));
        var setUp = new SetUp(
                Wish.text(answers, "adminName"),
                Wish.text(answers, "adminPassword"),
                Wish.text(answers, "organization"),
                Wish.text(answers, "userContainer"),
                Wish.text(answers, "serverName"),
                domain,
                List.copyOf(resolvers),
                Wish.text(answers, "hostName"),
                createServer,
                agents);
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
        return setUp;
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
