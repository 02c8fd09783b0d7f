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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lets nobody past the login page who is not signed in, and remembers which page was asked for. REST has a lock of its
 * own and is passed through.
 */
@WebFilter(filterName = "visitorsOnly", urlPatterns = "/*", asyncSupported = true)
public class Doorkeeper implements Filter {

    private static final List<String> OPEN = List.of("/login", "/setup", "/health", "/trouble");

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
        chain.doFilter(request, response);
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
        boolean live = "partial/ajax".equals(asked.getHeader("Faces-Request"));
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

    private static String wish(HttpServletRequest asked, boolean live) {
        if (live || !asked.getMethod().equals("GET")) {
            return "?ended=true";
        }
        String query = asked.getQueryString() == null ? "" : "?" + asked.getQueryString();
        String wish = asked.getServletPath() + pathInfo(asked) + query;
        return wish.equals("/") || wish.equals("/index.xhtml")
                ? ""
                : "?to=" + URLEncoder.encode(wish, StandardCharsets.UTF_8);
    }

    private static String pathInfo(HttpServletRequest asked) {
        return asked.getPathInfo() == null ? "" : asked.getPathInfo();
    }
}
