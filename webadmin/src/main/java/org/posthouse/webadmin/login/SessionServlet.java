package org.posthouse.webadmin.login;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * How long the visitor stays signed in, for the page to warn before the end: {@code GET /session} answers {@code
 * {"left": seconds}} and changes nothing; {@code POST} counts as activity first.
 */
@WebServlet(name = "session", urlPatterns = "/session")
public class SessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Visitor visitor;

    /** For the container. */
    public SessionServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getWriter().println("{\"left\": " + visitor.left().toSeconds() + "}");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        visitor.act();
        doGet(request, response);
    }
}
