package org.posthouse.webadmin.api;

import static org.posthouse.webadmin.api.ExportResource.isAsked;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.Moment;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.undo.HistoryFile;

/** The history as files: what was changed, and the tree as it stood at a moment. */
@Path("/history/export")
@RequestScoped
public class HistoryExportResource {

    @Inject
    private Installed installed;

    /** Every change that fits, the oldest first, as LDIF; parameters as those of the list. */
    @GET
    @Produces(HistoryFile.LDIF)
    public Response changes(@Context UriInfo asked) {
        Filter filter = HistoryResource.filter(asked);
        return file(HistoryFile.changes(installed.history(), filter));
    }

    /**
     * The tree at a {@code moment}, or {@code object} and all below it, with {@code users} if asked: as a file to be
     * applied, or {@code as=ldif}.
     */
    @GET
    @Path("/state")
    @Produces({ExportResource.YAML, HistoryFile.LDIF})
    public Response state(
            @QueryParam("moment") @DefaultValue("now") String moment,
            @QueryParam("object") @DefaultValue("") String object,
            @QueryParam("as") @DefaultValue("apply") String as,
            @QueryParam("users") @Nullable String users) {
        long number = Moment.of(installed.history(), moment, ZoneOffset.UTC);
        Place top = object.isBlank() ? installed.directory().root() : Place.of(object);
        return file(HistoryFile.state(installed.history(), installed.directory(), number, top, as, isAsked(users)));
    }

    private static Response file(HistoryFile file) {
        StreamingOutput text = out -> {
            var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            file.content().to(writer);
            writer.flush();
        };
        return Response.ok(text, file.type())
                .header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }
}
