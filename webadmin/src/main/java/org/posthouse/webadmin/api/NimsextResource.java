package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.DirectoryAlarm;
import org.posthouse.webadmin.setup.Installation;
import org.posthouse.webadmin.setup.SetupToken;
import org.posthouse.webadmin.undo.RollbackDecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** NetMail's NIMSExt: makes again what of the mail system's own objects is lost; whoever shows the one-time token may. */
@Path("/nimsext")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class NimsextResource {

    private static final Logger LOG = LoggerFactory.getLogger(NimsextResource.class);

    @Inject
    private Installed installed;

    @Inject
    private DirectoryAlarm alarm;

    @Inject
    private Caller caller;

    /** {@code {"administrator"}}: answers what was made; nothing when nothing was lost. */
    @POST
    public Response run(@HeaderParam("X-Setup-Token") @Nullable String token, JsonObject request) {
        var expected = new SetupToken(installed.home(), installed.clock());
        if (token == null || !expected.isRight(token)) {
            return Answers.no(
                    403, "notAllowed", "The token is wrong or has expired; posthouse nimsext creates a new one");
        }
        Directory directory = installed.directoryFor(new Author("", caller.address(), Author.By.SETUP));
        String administrator = Wish.text(request, "administrator");
        var restored = new RollbackDecision(installed.history(), directory)
                .withNewNumbers(alarm.applied(), () -> new Installation(directory).restore(administrator));
        expected.withdraw();
        JsonArrayBuilder made = Json.createArrayBuilder();
        restored.made().forEach(place -> made.add(place.toString()));
        LOG.info("Re-created by nimsext: {}", restored.made());
        return Response.ok(Json.createObjectBuilder()
                        .add("made", made)
                        .add("newSecret", restored.newSecret())
                        .build())
                .build();
    }
}
