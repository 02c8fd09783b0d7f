package org.posthouse.webadmin.guard;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page for whatever could not be answered. It says what the visitor can do next and nothing of what went on inside;
 * a fault of ours goes to the log under a number that the page shows.
 */
@WebServlet(name = "trouble", urlPatterns = "/trouble")
public final class Trouble extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    /** For the container. */
    public Trouble() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        response.setStatus(status);
        response.addHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().print(page(title(status), advice(status, request)));
    }

    private static String title(int status) {
        return switch (status) {
            case 401, 403 -> "This is not yours to see";
            case 404 -> "There is nothing here";
            case 405 -> "That cannot be done here";
            default -> status < 500 ? "That request was not understood" : "Something failed on our side";
        };
    }

    private static String advice(int status, HttpServletRequest request) {
        if (status < 500) {
            return "The address may be old or mistyped.";
        }
        var number = UUID.randomUUID().toString().substring(0, 8);
        var cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown ? thrown : null;
        LOG.error("Fault {} at {}", number, request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), cause);
        return "It stands in the log as fault " + number + ". What you had saved before is safe.";
    }

    private static String page(String title, String advice) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s - Posthouse</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; margin: 20vh auto 0; max-width: 32rem; padding: 0 1rem;
                  color: CanvasText; background: Canvas; color-scheme: light dark; }
                h1 { font-size: 1.5rem; font-weight: 600; }
                </style></head>
                <body><main><h1>%1$s</h1><p>%2$s</p><p><a href="/">Back to the console</a></p></main></body>
                </html>
                """.formatted(title, advice);
    }
}
