package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Page;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.Listing;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.confirmation.Pending;
import org.posthouse.webadmin.console.ConsoleServer;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.Inquiry;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.table.Slice;
import org.posthouse.webadmin.table.TableQuery;

/**
 * The objects of the tree. Each is named by its distinguished name, in the query or in the path, where a slash is
 * {@code %2F} and a backslash, which escapes commas and the like (RFC 4514 2.4), is {@code %5C}:
 * {@code /api/objects/cn%3Danna,o%3DAcme} or {@code /api/objects?dn=cn%3Danna,o%3DAcme}.
 */
@Path("/objects")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ObjectsResource {

    private static final int MOST = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final SequencedMap<String, Listing.By> ORDERS = orders();
    private static final Columns<Entry> FOUND = Columns.<Entry>none()
            .text("name", Entry::name)
            .text("kind", entry -> entry.kind().label())
            .text("givenName", entry -> entry.value("givenName").orElse(""))
            .text("lastName", entry -> entry.value("sn").orElse(""))
            .text("description", entry -> entry.value("description").orElse(""));

    @Context
    private @Nullable UriInfo uri;

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private Confirmations confirmations;

    @Inject
    private ConsoleServer server;

    @Inject
    private Inquiry inquiry;

    @Inject
    private Caller caller;

    @Inject
    private ChangeServices changeServices;

    private static SequencedMap<String, Listing.By> orders() {
        var orders = new LinkedHashMap<String, Listing.By>();
        orders.put("name", Listing.By.NAME);
        orders.put("kind", Listing.By.KIND);
        orders.put("givenName", Listing.By.FIRST_NAME);
        orders.put("lastName", Listing.By.LAST_NAME);
        orders.put("description", Listing.By.DESCRIPTION);
        return orders;
    }

    /** One object with all its options; of the tree's root when no name is given. */
    @GET
    public Response get(@QueryParam("dn") @DefaultValue("") String dn) {
        Directory directory = installed.shown();
        return shown(directory, there(directory, place(dn)));
    }

    /** As above, named in the path. */
    @GET
    @Path("/{dn}")
    public Response getNamed(@PathParam("dn") String dn) {
        return get(dn);
    }

    /** What stands in a container, page by page. */
    @GET
    @Path("/children")
    public JsonObject children(
            @QueryParam("dn") @DefaultValue("") String dn,
            @QueryParam("text") @DefaultValue("") String text,
            @QueryParam("kind") List<String> kinds,
            @QueryParam("size") @DefaultValue("100") int size,
            @QueryParam("after") @DefaultValue("") String after) {
        if (ListParameters.areIn(uri)) {
            return table(place(dn), kinds(kinds));
        }
        Page page =
                installed.shown().children(place(dn), new Query(text, kinds(kinds), Math.clamp(size, 1, MOST), after));
        return Json.createObjectBuilder(list(page.entries()))
                .add("next", page.next())
                .build();
    }

    private JsonObject table(Place container, Set<Kind> kinds) {
        TableQuery query = ListParameters.of(uri, List.copyOf(ORDERS.keySet()));
        Listing.Listed found = installed
                .shown()
                .list(
                        container,
                        new Listing(
                                query.filter(),
                                kinds,
                                ORDERS.getOrDefault(query.column(), Listing.By.NAME),
                                query.isDescending(),
                                query.from(),
                                query.size()));
        return Json.createObjectBuilder(list(found.entries()))
                .add("matches", found.matches())
                .add("page", query.page())
                .add("next", "")
                .build();
    }

    /** As above, named in the path. */
    @GET
    @Path("/{dn}/children")
    public JsonObject childrenNamed(
            @PathParam("dn") String dn,
            @QueryParam("text") @DefaultValue("") String text,
            @QueryParam("kind") List<String> kinds,
            @QueryParam("size") @DefaultValue("100") int size,
            @QueryParam("after") @DefaultValue("") String after) {
        return children(dn, text, kinds, size, after);
    }

    /** Objects of the whole tree by name or mail address; also with the parameters of the other lists. */
    @GET
    @Path("/find")
    public JsonObject find(
            @QueryParam("text") @DefaultValue("") String text,
            @QueryParam("kind") List<String> kinds,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        if (ListParameters.areIn(uri)) {
            return found(text, kinds(kinds));
        }
        return list(installed.shown().find(text, kinds(kinds), Math.clamp(limit, 1, MOST)));
    }

    private JsonObject found(String text, Set<Kind> kinds) {
        TableQuery query = ListParameters.of(uri, FOUND.names());
        String sought = query.filter().isEmpty() ? text : query.filter();
        // One more than are shown tells whether these are all.
        List<Entry> all = installed.shown().find(sought, kinds, MOST + 1);
        Slice<Entry> slice = FOUND.slice(
                all.stream().limit(MOST).toList(), new TableQuery("", query.sort(), query.page(), query.size()));
        return Json.createObjectBuilder(list(slice.rows()))
                .add("matches", slice.matches())
                .add("page", query.page())
                .add("complete", all.size() <= MOST)
                .build();
    }

    /** Creates an object; a messaging server with its agents at once. With {@code ?plan} only says what would come of it. */
    @POST
    public Response create(@QueryParam("plan") @Nullable String plan, JsonObject request) {
        ChangeService changes = changeServices.by(caller.directory(), caller.name());
        var making = new Making(changes);
        if (isPlan(plan)) {
            return Response.ok(told(making.plan(request))).build();
        }
        Making.Wanted wanted = making.wanted(request);
        JsonArray warnings = mailboxWarnings(wanted);
        Entry created = making.make(wanted);
        JsonObjectBuilder text = Json.createObjectBuilder(ObjectText.of(changes.directory(), created));
        if (!warnings.isEmpty()) {
            text.add("warnings", warnings);
        }
        return Response.fromResponse(shown(created, text.build())).status(201).build();
    }

    // Asked before the user is there, whose own mailbox it is afterward.
    private JsonArray mailboxWarnings(Making.Wanted wanted) {
        return wanted.made().kind() == Kind.USER
                ? PlanText.warnings(inquiry.withMailboxes(wanted.plan()))
                : JsonValue.EMPTY_JSON_ARRAY;
    }

    /** Changes options, provided that the object is still at the revision seen. With {@code ?plan} only says what would change. */
    @PATCH
    public Response change(
            @QueryParam("dn") @DefaultValue("") String dn,
            @QueryParam("plan") @Nullable String plan,
            @HeaderParam("If-Match") @DefaultValue("") String match,
            JsonObject request) {
        Directory directory = installed.directory();
        Entry entry = there(place(dn));
        long seen = request.get("revision") instanceof JsonNumber number ? number.longValue() : seen(match);
        boolean now = AtOnce.isWanted(entry, request);
        if (isPlan(plan)) {
            return Response.ok(told(changing().plan(entry, seen, request))).build();
        }
        Entry changed = changing().change(entry, seen, request);
        JsonObjectBuilder text = Json.createObjectBuilder(ObjectText.of(directory, changed));
        if (now) {
            text.add("now", AtOnce.carryOut(pulse, changed, request));
        }
        waiting(changed.place())
                .ifPresent(pending -> text.add("confirm", ConfirmationsResource.text(pending, confirmations, server)));
        return shown(changed, text.build());
    }

    /** As above, named in the path. */
    @PATCH
    @Path("/{dn}")
    public Response changeNamed(
            @PathParam("dn") String dn,
            @QueryParam("plan") @Nullable String plan,
            @HeaderParam("If-Match") @DefaultValue("") String match,
            JsonObject request) {
        return change(dn, plan, match, request);
    }

    /** Deletes an object with everything in it; a successor takes over where a postmaster goes. */
    @DELETE
    @Consumes(MediaType.WILDCARD)
    public Response delete(
            @QueryParam("dn") @DefaultValue("") String dn,
            @QueryParam("revision") @DefaultValue("") String revision,
            @QueryParam("successor") @DefaultValue("") String successor,
            @QueryParam("plan") @Nullable String plan,
            @HeaderParam("If-Match") @DefaultValue("") String match) {
        long seen = seen(revision.isEmpty() ? match : revision);
        if (isPlan(plan)) {
            return Response.ok(told(changing().planOfDeletion(there(place(dn)), seen, successor)))
                    .build();
        }
        Place gone = place(dn);
        changing().delete(there(gone), seen, successor);
        return confirmations
                .on(gone)
                .map(pending -> Response.ok(Json.createObjectBuilder()
                                .add("confirm", ConfirmationsResource.text(pending, confirmations, server))
                                .build())
                        .build())
                .orElseGet(() -> Response.noContent().build());
    }

    // The pages of some agents keep their options on the messaging server.
    private Optional<Pending> waiting(Place changed) {
        return confirmations.on(changed).or(() -> changed.parent().flatMap(confirmations::on));
    }

    /** As above, named in the path. */
    @DELETE
    @Path("/{dn}")
    @Consumes(MediaType.WILDCARD)
    public Response deleteNamed(
            @PathParam("dn") String dn,
            @QueryParam("revision") @DefaultValue("") String revision,
            @QueryParam("successor") @DefaultValue("") String successor,
            @QueryParam("plan") @Nullable String plan,
            @HeaderParam("If-Match") @DefaultValue("") String match) {
        return delete(dn, revision, successor, plan, match);
    }

    private Changing changing() {
        return new Changing(changeServices.by(caller.directory(), caller.name()));
    }

    private JsonObject told(Plan plan) {
        return PlanText.of(inquiry.complete(plan, PATIENCE));
    }

    // The parameter may stand there without a value.
    private static boolean isPlan(@Nullable String plan) {
        return plan != null && !plan.equals("false");
    }

    private Entry there(Place place) {
        return there(installed.directory(), place);
    }

    private static Entry there(Directory directory, Place place) {
        return directory.read(place).orElseThrow(() -> new Missing(place));
    }

    private Place place(String dn) {
        Place root = installed.directory().root();
        Place place = dn.isBlank() ? root : named(dn);
        if (!place.isWithin(root)) {
            throw new Missing(place);
        }
        return place;
    }

    private static Place named(String dn) {
        try {
            return Place.of(dn);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("\"" + dn + "\" " + malformed.getMessage(), malformed);
        }
    }

    private static Response shown(Directory directory, Entry entry) {
        return shown(entry, ObjectText.of(directory, entry));
    }

    private static Response shown(Entry entry, JsonObject text) {
        return Response.ok(text)
                .tag(new EntityTag(Long.toString(entry.revision())))
                .build();
    }

    private static JsonObject list(List<Entry> entries) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        entries.forEach(entry -> all.add(ObjectText.brief(entry)));
        return Json.createObjectBuilder().add("entries", all).build();
    }

    private static Set<Kind> kinds(List<String> names) {
        var kinds = EnumSet.noneOf(Kind.class);
        names.forEach(name -> kinds.add(Making.kind(name)));
        return kinds;
    }

    // RFC 9110 13.1.1: the tag in quotes.
    private static long seen(String match) {
        String number = match.strip().replaceFirst("^W/", "").replace("\"", "");
        if (number.isEmpty()) {
            throw new IllegalArgumentException(
                    "Specify the revision that you read: member or parameter revision, or If-Match");
        }
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("The revision must be a number, not " + number, malformed);
        }
    }
}
