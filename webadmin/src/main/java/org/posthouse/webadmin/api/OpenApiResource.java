package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The description of this interface for programs, OpenAPI 3.1. */
@Path("/openapi")
@RequestScoped
public class OpenApiResource {

    /** The document as committed; a test compares it with the resources. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        try (InputStream in = Objects.requireNonNull(getClass().getClassLoader())
                .getResourceAsStream("org/posthouse/webadmin/api/openapi.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
