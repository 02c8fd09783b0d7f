package org.posthouse.webadmin.guard;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;

/**
 * Puts the security headers on every answer, before anything can be written, and keeps redirects relative.
 *
 * <p>Scripts are left to PrimeFaces, which sends a policy of its own with a fresh nonce for each page; browsers obey both
 * policies at once. So this one must not name scripts on pages, and must forbid them elsewhere. It stands in {@code
 * web.xml} and not in an annotation, because what stands there comes before every annotated filter.
 */
public final class SecurityHeaders implements Filter {
    // Widgets of PrimeFaces set style attributes, so inline style cannot be forbidden.
    private static final String PAGES =
            "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
                    + "connect-src 'self'; media-src 'none'; object-src 'none'; frame-src 'none'; worker-src 'none'; "
                    + "manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    private static final String NOT_PAGES =
            "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    // Carry a version in their address and no secret: a browser may keep them.
    private static final String RESOURCES = "/jakarta.faces.resource/";
    private static final Set<String> REFUSED = Set.of("TRACE", "TRACK");

    /** For the container. */
    public SecurityHeaders() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            if (REFUSED.contains(asked.getMethod())) {
                answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
                return;
            }
            mark(asked.getRequestURI().substring(asked.getContextPath().length()), asked.isSecure(), answer);
        }
        chain.doFilter(
                request, response instanceof HttpServletResponse answer ? new RelativeRedirects(answer) : response);
    }

    /**
     * Sends visitors on by a path alone (RFC 9110 10.2.2), where the container would put the Host of the request before
     * it: that may be any name, and behind a proxy it is not the one that the visitor used.
     */
    private static final class RelativeRedirects extends HttpServletResponseWrapper {

        RelativeRedirects(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            if (!location.startsWith("/") || location.startsWith("//")) {
                super.sendRedirect(location);
                return;
            }
            resetBuffer();
            setStatus(SC_FOUND);
            setHeader("Location", location);
            flushBuffer();
        }
    }

    private static void mark(String path, boolean secure, HttpServletResponse answer) {
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("X-Frame-Options", "DENY");
        answer.setHeader("Referrer-Policy", "same-origin");
        answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        answer.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        answer.addHeader("Content-Security-Policy", isPage(path) ? PAGES : NOT_PAGES);
        if (secure) {
            answer.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (!path.startsWith(RESOURCES)) {
            answer.setHeader("Cache-Control", "no-store");
        }
    }

    private static boolean isPage(String path) {
        return !path.startsWith("/api") && !path.startsWith(RESOURCES) && !path.equals("/health");
    }
}
