package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.file.Export;
import org.posthouse.webadmin.login.Installed;

/** The configuration as a file. */
@Path("/export")
@RequestScoped
public class ExportResource {

    /** RFC 9512. */
    static final String YAML = "application/yaml";

    @Inject
    private Installed installed;

    /** An object with all below it, the whole tree when none is named; with {@code users} and {@code comments} if asked. */
    @GET
    @Produces(YAML)
    public Response export(
            @QueryParam("dn") @Nullable String dn,
            @QueryParam("users") @Nullable String users,
            @QueryParam("comments") @Nullable String comments) {
        Place place = dn == null || dn.isBlank() ? installed.directory().root() : Place.of(dn);
        Export export = Export.of(installed.directory(), place, isAsked(users), isAsked(comments));
        StreamingOutput text = out -> {
            var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            export.to(writer);
            writer.flush();
        };
        return Response.ok(text, YAML)
                .header("Content-Disposition", "attachment; filename=\"posthouse.yaml\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Whether a parameter stands there, be it without a value. */
    static boolean isAsked(@Nullable String parameter) {
        return parameter != null && !parameter.equals("false");
    }
}
