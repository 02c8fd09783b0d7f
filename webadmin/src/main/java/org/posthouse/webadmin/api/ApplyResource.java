package org.posthouse.webadmin.api;

import static org.posthouse.webadmin.api.ExportResource.isAsked;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.change.Progress;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.console.ConsoleServer;
import org.posthouse.webadmin.file.Differences;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.AfterInterruption;
import org.posthouse.webadmin.plan.Inquiry;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.pulse.Pulse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tree to a file: planned, checked and carried out as any other change. */
@Path("/apply")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ApplyResource {

    private static final Logger LOG = LoggerFactory.getLogger(ApplyResource.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

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

    /**
     * Applies the file in the body. With {@code ?plan} only says what would come of it; with {@code ?prune} what the
     * file's lists do not name goes. {@code ?ifInterrupted} says what happens when a crash comes in between: {@code finish} or
     * {@code roll-back}. Throws Faulty with everything that is wrong.
     */
    @POST
    public JsonObject apply(
            @QueryParam("plan") @Nullable String plan,
            @QueryParam("prune") @Nullable String prune,
            @QueryParam("ifInterrupted") @DefaultValue("finish") String ifInterrupted,
            InputStream body)
            throws IOException {
        AfterInterruption after = AfterInterruption.of(ifInterrupted);
        byte[] file = body.readNBytes(Differences.LARGEST + 1);
        Directory directory = caller.directory("Applies a file");
        ChangeService changes = changeServices.by(directory, caller.name());
        Differences differences = Differences.of(directory, file, isAsked(prune), Place.of(caller.name()));
        pulse.settle();
        Plan planned = inquiry.complete(differences.plan(changes), PATIENCE);
        Instant began = installed.clock().instant();
        if (!isAsked(plan) && !planned.isEmpty()) {
            changeServices
                    .by(directory, caller.name(), new Progress(planned.parts()), after)
                    .apply(planned);
            LOG.info(
                    "{} applied a file: {} objects written",
                    caller.name(),
                    planned.steps().size());
        }
        return Json.createObjectBuilder()
                .add("applied", !isAsked(plan) && !planned.isEmpty())
                .add("began", began.toString())
                .add("plan", PlanText.of(planned))
                .add("confirm", confirm(planned))
                .add("notes", Json.createArrayBuilder(differences.notes()))
                .add(
                        "servers",
                        Json.createArrayBuilder(differences.servers(planned).stream()
                                .map(Place::toString)
                                .toList()))
                .build();
    }

    /** How far the file that is being applied is written. */
    @GET
    public JsonObject progress() {
        Progress progress = changeServices.progress();
        return Json.createObjectBuilder()
                .add("begun", progress.begun())
                .add("total", progress.total())
                .build();
    }

    // What takes itself back unless it is confirmed.
    private JsonArrayBuilder confirm(Plan planned) {
        JsonArrayBuilder waits = Json.createArrayBuilder();
        planned.steps().stream()
                .flatMap(step -> confirmations.on(step.place()).stream())
                .forEach(pending -> waits.add(ConfirmationsResource.text(pending, confirmations, server)));
        return waits;
    }
}
