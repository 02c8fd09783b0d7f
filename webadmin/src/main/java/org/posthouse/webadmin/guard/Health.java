package org.posthouse.webadmin.guard;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /health}: answers as long as the console can answer at all; says nothing about the mail system. */
@WebServlet(name = "health", urlPatterns = "/health")
public final class Health extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** For the container. */
    public Health() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getWriter().println("{\"status\": \"UP\"}");
    }
}
