package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.pulse.DirectoryAlarm;
import org.posthouse.webadmin.pulse.DirectoryAlarm.Alarm;
import org.posthouse.webadmin.undo.RollbackDecision;
import org.posthouse.webadmin.undo.WayBack;

/** A directory that is older than its history: what differs, and the two answers. */
@Path("/history/directory")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RollbackResource {

    @Inject
    private Installed installed;

    @Inject
    private DirectoryAlarm alarm;

    @Inject
    private Caller caller;

    @Inject
    private ChangeServices changeServices;

    /** Whether the directory is older than its history; if it is, since when, and the change that says what differs. */
    @GET
    public JsonObject get() {
        JsonObjectBuilder text = text(alarm.get());
        new RollbackDecision(installed.history(), installed.directory())
                .difference()
                .ifPresent(change -> text.add("difference", HistoryText.of(change)));
        return text.build();
    }

    /** The alarm as the API says it. */
    static JsonObjectBuilder text(Optional<Alarm> alarm) {
        JsonObjectBuilder text = Answers.JSON.createObjectBuilder().add("older", alarm.isPresent());
        alarm.ifPresent(found -> text.add("shown", found.shown())
                .add("known", found.known())
                .add("since", found.since().toString())
                .add("entry", found.entry())
                .add("hosts", Answers.JSON.createArrayBuilder(found.hosts())));
        return text;
    }

    /** Brings the directory back to what the history knows. With {@code ?plan} only says what would be done. */
    @POST
    @Path("/restore")
    public Response restore(@QueryParam("plan") @Nullable String only) {
        if (installed.history().rollback().isEmpty()) {
            return Answers.no(409, "not-older", "The directory is not older than the history of this console");
        }
        Directory directory = caller.directory("Restores the directory to what the history knows");
        var decision = new RollbackDecision(installed.history(), directory);
        WayBack.Steps way = decision.way();
        ChangeService changes = changeServices.by(directory, caller.name());
        Plan plan = changes.plan(way.steps());
        boolean done = only == null || only.equals("false");
        if (done) {
            decision.restore(alarm.applied(), () -> changes.apply(plan));
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

    /** Accepts the directory as it is: engines follow it from now on. */
    @POST
    @Path("/accept")
    public Response accept() {
        if (alarm.get().isEmpty()) {
            return Answers.no(409, "not-older", "The directory is not older than the history of this console");
        }
        new RollbackDecision(installed.history(), caller.directory("")).accept(alarm.applied());
        return Response.ok(Json.createObjectBuilder().add("done", true).build()).build();
    }
}
