package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.Found;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Moment;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.AfterInterruption;
import org.posthouse.webadmin.plan.Inquiry;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.undo.WayBack;

/** The history of every change: found, compared, proven whole. Moments are numbers of changes, times, days, or "now". */
@Path("/history")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {

    private static final int MOST = 500;

    @Inject
    private Installed installed;

    @Inject
    private Inquiry inquiry;

    @Inject
    private Caller caller;

    @Inject
    private ChangeServices changeServices;

    /** Changes that fit every filter given, the newest first; the member "next" is the parameter "before" of the next page. */
    @GET
    public JsonObject list(
            @Context UriInfo asked,
            @QueryParam("before") @DefaultValue("0") long before,
            @QueryParam("size") @DefaultValue("50") int size)
            throws IOException {
        Found found = installed.history().find(filter(asked), before, Math.clamp(size, 1, MOST));
        JsonArrayBuilder changes = Json.createArrayBuilder();
        found.changes().forEach(change -> changes.add(HistoryText.of(change)));
        return Json.createObjectBuilder()
                .add("changes", changes)
                .add("total", found.total())
                .add("next", found.next())
                .build();
    }

    /** One change with everything it did. */
    @GET
    @Path("/{number}")
    public Response get(@PathParam("number") long number) {
        return installed
                .history()
                .change(number)
                .map(change -> Response.ok(HistoryText.of(change).build()).build())
                .orElseGet(() -> Answers.no(404, "missing", "There is no change " + number));
    }

    /** What differs between two moments, object by object. */
    @GET
    @Path("/compare")
    public JsonObject compare(
            @QueryParam("from") @DefaultValue("0") String from,
            @QueryParam("to") @DefaultValue("now") String to,
            @QueryParam("object") @DefaultValue("") String object,
            @QueryParam("skip") @DefaultValue("0") int skip,
            @QueryParam("size") @DefaultValue("500") int size) {
        History history = installed.history();
        long after = Moment.of(history, from, ZoneOffset.UTC);
        long until = Moment.of(history, to, ZoneOffset.UTC);
        History.Compared compared = history.compare(
                Math.min(after, until), Math.max(after, until), object, skip, Math.clamp(size, 1, MOST));
        JsonArrayBuilder differences = Json.createArrayBuilder();
        compared.differences().forEach(each -> differences.add(HistoryText.of(each)));
        return Json.createObjectBuilder()
                .add("from", Math.min(after, until))
                .add("to", Math.max(after, until))
                .add("differences", differences)
                .add("touched", compared.objects())
                .build();
    }

    /** Whether the history is as it was written; reads all of it. */
    @GET
    @Path("/verify")
    public JsonObject verify() {
        try {
            return installed.history().verify().json();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The history cannot be read", unreadable);
        }
    }

    /** Takes one change back, as far as it still fits. With {@code ?plan} only says what would come of it. */
    @POST
    @Path("/undo")
    public Response undo(
            @QueryParam("entry") long entry,
            @QueryParam("plan") @Nullable String plan,
            @QueryParam("ifInterrupted") @DefaultValue("finish") String ifInterrupted) {
        AfterInterruption after = AfterInterruption.of(ifInterrupted);
        Optional<Change> change = installed.history().change(entry);
        if (change.isEmpty()) {
            return Answers.no(404, "missing", "There is no change " + entry);
        }
        Directory directory = caller.directory("Undoes entry " + entry);
        return goBack(directory, new WayBack(installed.history(), directory).undo(change.get()), plan, after);
    }

    /**
     * Returns {@code object} and all below it, or everything, to a {@code moment}. With {@code ?plan} only says what would
     * come of it.
     */
    @POST
    @Path("/return")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response goBack(
            @QueryParam("plan") @Nullable String plan,
            @QueryParam("ifInterrupted") @DefaultValue("finish") String ifInterrupted,
            JsonObject request) {
        AfterInterruption after = AfterInterruption.of(ifInterrupted);
        String wish =
                request.get("moment") instanceof JsonNumber number ? number.toString() : Wish.text(request, "moment");
        if (wish.isBlank()) {
            throw new IllegalArgumentException(
                    "Specify the member \"moment\": the number of a change, a date, or a time");
        }
        String object = Wish.text(request, "object");
        long moment = Moment.of(installed.history(), wish, ZoneOffset.UTC);
        Directory directory =
                caller.directory("Returns " + (object.isBlank() ? "everything" : object) + " to after entry " + moment);
        return goBack(directory, new WayBack(installed.history(), directory).returnTo(moment, object), plan, after);
    }

    private Response goBack(Directory directory, WayBack.Steps way, @Nullable String only, AfterInterruption after) {
        ChangeService changes = changeServices.by(directory, caller.name(), after);
        Plan plan = inquiry.complete(changes.plan(way.steps()));
        boolean done = !isPlan(only) && !plan.isEmpty();
        if (done) {
            changes.apply(plan);
        }
        JsonArrayBuilder misfits = Json.createArrayBuilder();
        way.misfits().forEach(misfit -> misfits.add(HistoryText.of(misfit)));
        return Response.ok(Json.createObjectBuilder()
                        .add("done", done)
                        .add("plan", PlanText.of(plan))
                        .add("misfits", misfits)
                        .build())
                .build();
    }

    // The parameter may stand there without a value.
    private static boolean isPlan(@Nullable String plan) {
        return plan != null && !plan.equals("false");
    }

    /** What the parameters of a request ask for. */
    static Filter filter(UriInfo asked) {
        MultivaluedMap<String, String> parameters = asked.getQueryParameters();
        return Filter.asked(name -> Objects.requireNonNullElse(parameters.getFirst(name), ""), ZoneOffset.UTC);
    }
}
