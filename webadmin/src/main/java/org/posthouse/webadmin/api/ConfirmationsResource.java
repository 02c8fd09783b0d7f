package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.confirmation.Pending;
import org.posthouse.webadmin.console.ConsoleServer;
import org.posthouse.webadmin.console.Keeping;
import org.posthouse.webadmin.listener.Endpoint;
import org.posthouse.webadmin.login.Installed;

/** Changes that wait to be confirmed, because they could lock administrators out. */
@Path("/confirmations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ConfirmationsResource {

    @Inject
    private Confirmations confirmations;

    @Inject
    private ConsoleServer server;

    @Inject
    private Keeping keeping;

    @Inject
    private Installed installed;

    @Context
    private @Nullable HttpServletRequest request;

    @Context
    private @Nullable SecurityContext caller;

    /** All that waits. */
    @GET
    public JsonObject all() {
        insistOnAdministrator();
        JsonArrayBuilder all = Json.createArrayBuilder();
        confirmations.all().forEach(pending -> all.add(text(pending)));
        return Json.createObjectBuilder().add("confirmations", all).build();
    }

    /** Keeps a change: by an administrator, and where the console is to stay. */
    @POST
    @Path("/{id}")
    public JsonObject keep(@PathParam("id") String id) {
        insistOnAdministrator();
        Pending pending = confirmations.get(id);
        keeping.keep(id, Objects.requireNonNull(request), who());
        return ended(pending, true);
    }

    /** Takes a change back: by an administrator, or by who made it. */
    @DELETE
    @Path("/{id}")
    public JsonObject takeBack(@PathParam("id") String id) {
        Pending pending = confirmations.get(id);
        if (!pending.by().equals(who().toString())) {
            insistOnAdministrator();
        }
        confirmations.takeBack(pending, who().toString());
        return ended(pending, false);
    }

    private static JsonObject ended(Pending pending, boolean kept) {
        return Json.createObjectBuilder()
                .add("id", pending.id())
                .add("object", pending.object().toString())
                .add("kept", kept)
                .build();
    }

    private void insistOnAdministrator() {
        if (!installed.directory().isAdministrator(who())) {
            throw new NotAllowed(who().leaf() + " is not an administrator");
        }
    }

    private Place who() {
        return Place.of(Objects.requireNonNull(caller).getUserPrincipal().getName());
    }

    private JsonObject text(Pending pending) {
        return text(pending, confirmations, server);
    }

    /** What is told of a change that waits. */
    static JsonObject text(Pending pending, Confirmations confirmations, ConsoleServer server) {
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("id", pending.id())
                .add("object", pending.object().toString())
                .add("by", pending.by())
                .add("until", pending.until().toString())
                .add("seconds", confirmations.left(pending).toSeconds());
        JsonArrayBuilder options = Json.createArrayBuilder();
        pending.parts().forEach(part -> options.add(part.option()));
        JsonArrayBuilder at = Json.createArrayBuilder();
        server.proving(pending).stream().map(Endpoint::called).forEach(at::add);
        return text.add("options", options).add("at", at).build();
    }
}
