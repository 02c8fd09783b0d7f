package org.posthouse.webadmin.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/**
 * Takes a path as it was sent. {@code org.posthouse.webadmin.boot.RequestPaths} replaces what the HTTP server would answer
 * with an empty 400; here a backslash and a slash within a name come back, and what means nothing is refused in words.
 */
@Provider
@PreMatching
public class RequestPath implements ContainerRequestFilter {

    // Noncharacters of Unicode, which no name contains. The same in org.posthouse.webadmin.boot.RequestPaths.
    private static final String BACKSLASH = "%EF%B7%90";
    private static final String NULL = "%EF%B7%91";
    private static final String PERCENT = "%EF%B7%92";
    private static final String DOT = "%EF%B7%93";
    private static final String SLASH = "%EF%B7%94";
    private static final String OTHER = "%EF%B7%95";

    @Override
    public void filter(ContainerRequestContext asked) {
        URI sent = asked.getUriInfo().getRequestUri();
        String path = sent.getRawPath();
        if (path.contains(NULL)) {
            refuse(asked, "The path contains a null character (%00)");
        } else if (path.contains(PERCENT)) {
            int at = path.indexOf(PERCENT);
            String rest = path.substring(at + PERCENT.length());
            refuse(
                    asked,
                    "The path contains \"%" + rest.substring(0, Math.min(2, rest.length()))
                            + "\", which is not an escape sequence (RFC 3986 2.1); write % as %25");
        } else if (path.contains(OTHER)) {
            refuse(asked, "The path contains octets that are not UTF-8");
        } else if (path.contains(DOT)) {
            refuse(asked, "The path contains a segment \".\" or \"..\"; enter the path without it");
        } else if (path.contains(BACKSLASH) || path.contains(SLASH)) {
            String legal = sent.toString().replace(BACKSLASH, "%5C").replace(SLASH, "%2F");
            asked.setRequestUri(asked.getUriInfo().getBaseUri(), URI.create(legal));
        }
    }

    private static void refuse(ContainerRequestContext asked, String reason) {
        asked.abortWith(Answers.no(400, "malformed", reason));
    }
}
