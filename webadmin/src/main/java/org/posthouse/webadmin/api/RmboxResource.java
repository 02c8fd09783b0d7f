package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.Declined;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.table.Slice;
import org.posthouse.webadmin.table.TableQuery;

/** Removes mailboxes for those who are Server Managers of their server; the engine checks that they are. */
@Path("/rmbox")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RmboxResource {

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Context
    private @Nullable SecurityContext caller;

    @Context
    private @Nullable UriInfo uri;

    /**
     * {@code {"server", "mailboxes", "dryRun", "handOverTo"}}, the server by its name or distinguished name: looks at each
     * mailbox; without a dry run, removes it, or hands its mail over to a user of the server. A request without {@code dryRun}
     * is a dry run.
     */
    @POST
    public JsonObject remove(JsonObject request) {
        List<String> mailboxes = Wish.list(request, "mailboxes");
        if (mailboxes.isEmpty()) {
            throw new IllegalArgumentException("Specify at least one mailbox in \"mailboxes\"");
        }
        boolean forReal = JsonValue.FALSE.equals(request.get("dryRun"));
        Place server = server(Wish.text(request, "server"));
        Place manager = Place.of(who());
        JsonArrayBuilder told = Json.createArrayBuilder();
        String heir = request.containsKey("handOverTo") ? Wish.text(request, "handOverTo") : "";
        mailboxes.forEach(
                mailbox -> told.add(one(server, manager, mailbox, forReal ? Optional.of(heir) : Optional.empty())));
        return Json.createObjectBuilder()
                .add("dryRun", !forReal)
                .add("mailboxes", told)
                .build();
    }

    /** The mailboxes of former users of a server: those that are set aside, and those whose name no user has. */
    @GET
    public JsonObject setAside(@QueryParam("server") @DefaultValue("") String server) {
        try {
            return page(pulse.formerMailboxes(server(server), Place.of(who())));
        } catch (Declined declined) {
            throw new Refused(List.of(new Problem("server", server, String.valueOf(declined.getMessage()))));
        }
    }

    private JsonObject page(JsonObject all) {
        if (!ListParameters.areIn(uri)) {
            return all;
        }
        Columns<JsonObject> columns = Columns.<JsonObject>none()
                .text("mailbox", mailbox -> mailbox.getString("mailbox"))
                .text("owner", mailbox -> mailbox.getString("owner"))
                .number("messages", mailbox -> mailbox.getJsonNumber("messages").longValue())
                .number("octets", mailbox -> mailbox.getJsonNumber("octets").longValue())
                .text("since", mailbox -> mailbox.getString("since"))
                .text("opened", mailbox -> mailbox.getString("opened"));
        TableQuery query = ListParameters.of(uri, columns.names());
        Slice<JsonObject> slice = columns.slice(all.getJsonArray("mailboxes").getValuesAs(JsonObject.class), query);
        return Json.createObjectBuilder(all)
                .add("mailboxes", Json.createArrayBuilder(slice.rows()))
                .add("matches", slice.matches())
                .add("page", query.page())
                .build();
    }

    private Place server(String named) {
        if (named.contains("=")) {
            return Place.of(named);
        }
        List<Place> found = installed.directory().configuration().stream()
                .filter(entry -> entry.kind() == Kind.MESSAGING_SERVER)
                .filter(entry -> entry.name().equalsIgnoreCase(named.strip()))
                .map(Entry::place)
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "There is no messaging server called \"" + named + "\""
                            : "Several messaging servers are called \"" + named + "\"; specify the distinguished name");
        }
        return found.getFirst();
    }

    // One that is refused does not keep the others from being removed; what was done is told of each.
    // Without an heir it is only looked at; with the heir "", removed.
    private JsonObject one(Place server, Place manager, String mailbox, Optional<String> heir) {
        try {
            boolean handed = heir.filter(to -> !to.isEmpty()).isPresent();
            JsonObject found = handed
                    ? pulse.handOver(server, manager, mailbox, heir.get())
                    : pulse.rmbox(server, manager, mailbox, heir.isPresent());
            return Json.createObjectBuilder(found)
                    .add("removed", heir.isPresent())
                    .build();
        } catch (Declined declined) {
            return Json.createObjectBuilder()
                    .add("mailbox", mailbox)
                    .add("removed", false)
                    .add("reason", String.valueOf(declined.getMessage()))
                    .build();
        }
    }

    private String who() {
        var context = caller;
        return context == null ? "" : context.getUserPrincipal().getName();
    }
}
