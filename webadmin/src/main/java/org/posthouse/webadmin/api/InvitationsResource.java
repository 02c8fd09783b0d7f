package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException.Misplaced;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.join.Admission;
import org.posthouse.webadmin.join.Command;
import org.posthouse.webadmin.join.Invitations;
import org.posthouse.webadmin.login.Installed;

/** One-time tokens by which hosts join. */
@Path("/invitations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class InvitationsResource {

    @Inject
    private Installed installed;

    @Inject
    private Invitations invitations;

    @Inject
    private Admission admission;

    @Context
    private @Nullable SecurityContext caller;

    @Context
    private @Nullable HttpServletRequest request;

    /** {@code {"in"}}, a Host Server or a container: a token, shown this once, and the command that uses it. */
    @POST
    public Response give(JsonObject asked) {
        Place in = Place.of(Wish.text(asked, "in"));
        Entry there = installed.shown().read(in).orElseThrow(() -> new Missing(in));
        if (!admission.isPossibleIn(there)) {
            throw new Misplaced(Kind.HOST_SERVER, there.kind());
        }
        Invitations.Given given = invitations.give(
                in, Objects.requireNonNull(caller).getUserPrincipal().getName());
        String address = Command.address(Objects.requireNonNull(request).getServerName(), given.token());
        return Response.status(201)
                .entity(Json.createObjectBuilder()
                        .add("id", given.id())
                        .add("url", address)
                        .add("command", Command.line(address))
                        .add("expires", given.until().toString())
                        .add("otherMachines", admission.isForOthers())
                        .build())
                .build();
    }

    /** What became of a token. */
    @GET
    public Response fate(@QueryParam("id") @DefaultValue("") String id) {
        Optional<Invitations.Fate> fate = invitations.fate(id);
        if (fate.isEmpty()) {
            return Answers.no(404, "missing", "This token does not exist");
        }
        JsonObjectBuilder text =
                Json.createObjectBuilder().add("expires", fate.get().until().toString());
        fate.get().joined().ifPresent(host -> text.add("joined", host.toString()));
        fate.get().used().ifPresent(used -> text.add("used", used.toString()));
        return Response.ok(text.build()).build();
    }
}
