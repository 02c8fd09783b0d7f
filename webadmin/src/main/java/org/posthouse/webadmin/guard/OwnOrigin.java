package org.posthouse.webadmin.guard;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses forms that a page of another site sends to the console, with 403: such a page could sign a browser in as
 * somebody else without a cookie of ours. Browsers say where a request comes from in Sec-Fetch-Site (Fetch Metadata) or in
 * Origin (RFC 6454 7); programs that say nothing are let in. The REST API takes tokens, which no browser adds by itself.
 */
public final class OwnOrigin implements Filter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final String API = "/api/";

    @Inject
    private ConsoleNames names;

    /** For the container. */
    public OwnOrigin() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && !READING.contains(asked.getMethod())
                && !asked.getRequestURI().startsWith(API)
                && !isOwn(asked)) {
            answer.setStatus(HttpServletResponse.SC_FORBIDDEN);
            answer.setContentType("text/plain");
            answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
            answer.getWriter().println("""
                    This form comes from a page of another site. Open the console itself, and try again.""");
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean isOwn(HttpServletRequest asked) {
        String site = asked.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN_SITE.contains(site);
        }
        String origin = asked.getHeader("Origin");
        return origin == null || isHost(host(origin), asked);
    }

    private boolean isHost(@Nullable String host, HttpServletRequest asked) {
        return host != null && names.has(host, asked.getLocalAddr());
    }

    // Also "null", as browsers say of pages without an origin.
    private static @Nullable String host(String origin) {
        try {
            return URI.create(origin).getHost();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
