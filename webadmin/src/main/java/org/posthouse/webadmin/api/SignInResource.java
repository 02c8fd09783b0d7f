package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;

/** Gives an administrator a token for name and password, and makes it worthless again. */
@Path("/sign-in")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SignInResource {

    @Inject
    private Installed installed;

    @Inject
    private Credentials credentials;

    @Inject
    private Tokens tokens;

    @Context
    private @Nullable HttpServletRequest request;

    /** {@code {"user", "password"}} to {@code {"token", "expires", "dn"}}. */
    @POST
    public Response signIn(JsonObject given) {
        String address = Objects.requireNonNull(request).getRemoteAddr();
        Optional<Place> who = credentials.check(Wish.text(given, "user"), Wish.text(given, "password"), address);
        if (who.isEmpty()) {
            return Answers.no(401, "signIn", "Name or password is wrong");
        }
        if (!installed.directory().isAdministrator(who.get())) {
            return Answers.no(403, "notAllowed", who.get().leaf() + " is not an administrator");
        }
        Tokens.Token token = tokens.give(who.get());
        return Response.ok(Json.createObjectBuilder()
                        .add("token", token.text())
                        .add("expires", token.until().toString())
                        .add("dn", who.get().toString())
                        .build())
                .build();
    }

    /** Signs out: the token of this request is not accepted any more. 400 where the request came without one. */
    @DELETE
    @Consumes(MediaType.WILDCARD)
    public Response signOut(@HeaderParam("Authorization") @DefaultValue("") String authorization) {
        if (!authorization.startsWith("Bearer ")) {
            return Answers.no(400, "malformed", "Send the token to revoke: Authorization: Bearer TOKEN");
        }
        tokens.withdraw(authorization.substring(7).strip());
        return Response.noContent().build();
    }
}
