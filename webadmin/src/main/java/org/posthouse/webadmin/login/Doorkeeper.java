package org.posthouse.webadmin.login;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lets nobody past the login page who is not signed in, and remembers which page was asked for. REST has a lock of its
 * own and is passed through.
 */
@WebFilter(filterName = "visitorsOnly", urlPatterns = "/*", asyncSupported = true)
public class Doorkeeper implements Filter {

    private static final List<String> OPEN = List.of("/login", "/setup", "/health", "/trouble", "/session");

    @Inject
    private Visitor visitor;

    /** For the container. */
    public Doorkeeper() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && !isOpen(asked.getServletPath() + pathInfo(asked))
                && !visitor.isSignedIn()) {
            turnAway(asked, answer);
            return;
        }
        if (request instanceof HttpServletRequest asked && isAct(asked)) {
            visitor.act();
        }
        chain.doFilter(request, response);
    }

    // Of partial updates of a page only Faces knows whether a poll sent them: see ActivityListener.
    private static boolean isAct(HttpServletRequest asked) {
        return !isPartial(asked) && !isOpen(asked.getServletPath() + pathInfo(asked));
    }

    private static boolean isPartial(HttpServletRequest asked) {
        return "partial/ajax".equals(asked.getHeader("Faces-Request"));
    }

    /** Whether a path is for everybody. */
    static boolean isOpen(String path) {
        String page = path.endsWith(".xhtml") ? path.substring(0, path.length() - 6) : path;
        return OPEN.contains(page)
                || path.startsWith("/jakarta.faces.resource/")
                || path.equals("/api")
                || path.startsWith("/api/");
    }

    private static void turnAway(HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        boolean live = isPartial(asked);
        String login = asked.getContextPath() + "/login" + wish(asked, live);
        if (!live) {
            answer.sendRedirect(login);
            return;
        }
        // An update of an open page cannot follow a redirect; the page itself is told to go.
        answer.setContentType("text/xml");
        answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
        answer.getWriter()
                .print("<?xml version='1.0' encoding='UTF-8'?><partial-response><redirect url=\""
                        + login.replace("&", "&amp;") + "\"></redirect></partial-response>");
    }

    // What was posted cannot be asked for again; the page that posted it can, and its address is the referrer.
    private static String wish(HttpServletRequest asked, boolean live) {
        boolean again = !live && asked.getMethod().equals("GET");
        String wish = again ? asked.getServletPath() + pathInfo(asked) + query(asked) : page(asked);
        String to = wish.isEmpty() || wish.equals("/") || wish.equals("/index.xhtml")
                ? ""
                : "to=" + URLEncoder.encode(wish, StandardCharsets.UTF_8);
        return again ? (to.isEmpty() ? "" : "?" + to) : "?ended=true" + (to.isEmpty() ? "" : "&" + to);
    }

    private static String query(HttpServletRequest asked) {
        return asked.getQueryString() == null ? "" : "?" + asked.getQueryString();
    }

    /** The path and query of the page of this console that sent a request; "" when another one did or it is unknown. */
    private static String page(HttpServletRequest asked) {
        try {
            URI page = new URI(asked.getHeader("Referer") == null ? "" : asked.getHeader("Referer"));
            String host = asked.getHeader("Host");
            if (page.getRawAuthority() == null || !page.getRawAuthority().equalsIgnoreCase(host)) {
                return "";
            }
            String path = page.getRawPath()
                    .substring(Math.min(
                            page.getRawPath().length(), asked.getContextPath().length()));
            return path + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery());
        } catch (URISyntaxException malformed) {
            return "";
        }
    }

    private static String pathInfo(HttpServletRequest asked) {
        return asked.getPathInfo() == null ? "" : asked.getPathInfo();
    }
}
