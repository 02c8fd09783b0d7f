package org.posthouse.webadmin.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.login.SignInDelayed;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;

/**
 * Lets administrators in: by a token of {@link SignInResource}, or by HTTP Basic (RFC 7617) over HTTPS or loopback.
 *
 * <p>Cookies are not looked at, and no browser is asked for a password: nothing can be done in an administrator's name
 * by a page of another site.
 */
@Provider
public class Gate implements ContainerRequestFilter {

    private static final List<String> OPEN = List.of("sign-in", "setup", "nimsext", "join");

    @Inject
    private Installed installed;

    @Inject
    private Tokens tokens;

    @Inject
    private Credentials credentials;

    @Inject
    private Caller caller;

    @Context
    private @Nullable HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext asked) {
        HttpServletRequest from = Objects.requireNonNull(request);
        caller.asks(from);
        if (!from.isSecure() && !from.getRemoteAddr().matches("127\\..*|::1|0:0:0:0:0:0:0:1")) {
            asked.abortWith(Answers.no(403, "notAllowed", "Credentials are accepted over HTTPS only"));
            return;
        }
        String path = asked.getUriInfo().getPath().replaceAll("^/|/$", "");
        // Whoever ends a sign-in shows that it is theirs.
        if (OPEN.contains(path) && !(path.equals("sign-in") && asked.getMethod().equals("DELETE"))) {
            return;
        }
        try {
            Optional<Place> who = who(String.valueOf(asked.getHeaderString("Authorization")), from.getRemoteAddr());
            if (who.isEmpty()) {
                asked.abortWith(Answers.no(401, "signIn", "Sign in with a name and password, or send a token"));
            } else if (!isForManagers(asked) && !installed.shown().isAdministrator(who.get())) {
                asked.abortWith(Answers.no(403, "notAllowed", who.get().leaf() + " is not an administrator"));
            } else {
                asked.setSecurityContext(new Known(who.get(), from.isSecure()));
                caller.is(who.get());
            }
        } catch (SignInDelayed delay) {
            asked.abortWith(new Refusals.OfSignIns().toResponse(delay));
        } catch (DirectoryException failure) {
            asked.abortWith(new Refusals.OfDirectory().toResponse(failure));
        }
    }

    // Server Managers need not be administrators; the engine knows who they are. Who made a change may take it back.
    private static boolean isForManagers(ContainerRequestContext asked) {
        String path = asked.getUriInfo().getPath().replaceAll("^/|/$", "");
        return path.equals("rmbox") || path.startsWith("confirmations/");
    }

    private Optional<Place> who(String authorization, String address) {
        if (authorization.startsWith("Bearer ")) {
            return tokens.holder(authorization.substring(7).strip());
        }
        if (!authorization.startsWith("Basic ")) {
            return Optional.empty();
        }
        try {
            String decoded = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : credentials.check(decoded.substring(0, colon), decoded.substring(colon + 1), address);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private record Known(Place user, boolean secure) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return user::toString;
        }

        @Override
        public boolean isUserInRole(String role) {
            return role.equals("administrator");
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public String getAuthenticationScheme() {
            return "DIRECTORY";
        }
    }
}
