package org.posthouse.webadmin.guard;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page for whatever could not be answered, in the console's look and the visitor's language. It says what the visitor
 * can do next and nothing of what went on inside; a fault of ours goes to the log under a number that the page shows. It
 * is written without Faces, which may be what failed.
 */
@WebServlet(name = "trouble", urlPatterns = "/trouble")
public final class Trouble extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
    private static final String EXPIRED = "jakarta.faces.application.ViewExpiredException";

    /** For the container. */
    public Trouble() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        String kind = kind(status, request);
        Locale language = Locale.forLanguageTag(language(request));
        ResourceBundle words = ResourceBundle.getBundle(
                "org.posthouse.webadmin.words.words",
                language,
                Trouble.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        String number = kind.equals("failed") ? logged(request) : "";
        response.setStatus(status);
        response.addHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'");
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .print(page(
                        language,
                        cookie(request, "posthouse-theme").orElse("system"),
                        request.getContextPath(),
                        words.getString("trouble." + kind),
                        new MessageFormat(words.getString("trouble." + kind + ".help"), language)
                                .format(new Object[] {number}),
                        words.getString("trouble.home")));
    }

    private static String kind(int status, HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION_TYPE) instanceof Class<?> type
                && type.getName().equals(EXPIRED)) {
            return "expired";
        }
        return switch (status) {
            case 401, 403 -> "forbidden";
            case 404 -> "missing";
            case 405 -> "method";
            default -> status < 500 ? "malformed" : "failed";
        };
    }

    private static String logged(HttpServletRequest request) {
        var number = UUID.randomUUID().toString().substring(0, 8);
        var cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown ? thrown : null;
        LOG.error("Fault {} at {}", number, request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), cause);
        return number;
    }

    // As words.Look decides it, which needs Faces.
    private static String language(HttpServletRequest request) {
        return cookie(request, "posthouse-language")
                .filter(chosen -> chosen.equals("de") || chosen.equals("en"))
                .orElseGet(() -> request.getLocale().getLanguage().equals("de") ? "de" : "en");
    }

    private static Optional<String> cookie(HttpServletRequest request, String name) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    private static String page(Locale language, String theme, String context, String title, String help, String home) {
        String dark = switch (theme) {
            case "dark" -> "all";
            case "light" -> "not all";
            default -> "(prefers-color-scheme: dark)";
        };
        return """
                <!DOCTYPE html>
                <html lang="%1$s">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%4$s · Posthouse</title>
                %7$s
                <link rel="stylesheet" media="%2$s" href="%3$s/jakarta.faces.resource/dark/colours.css.xhtml?ln=posthouse">
                </head>
                <body class="trouble"><header class="topbar"><a class="brand" href="%3$s/" aria-label="Posthouse">
                <img class="mark" src="%3$s/jakarta.faces.resource/mark.svg.xhtml?ln=posthouse" alt=""><span>Posthouse</span></a></header>
                <main><h1>%4$s</h1><p>%5$s</p><p><a class="ui-button" href="%3$s/">%6$s</a></p></main></body>
                </html>
                """.formatted(language.toLanguageTag(), dark, context, title, help, home, sheets(context));
    }

    private static String sheets(String context) {
        var sheets = new StringBuilder();
        for (String sheet : new String[] {"tokens", "light/colours", "ground", "controls", "frame"}) {
            sheets.append("<link rel=\"stylesheet\" href=\"%s/jakarta.faces.resource/%s.css.xhtml?ln=posthouse\">%n"
                    .formatted(context, sheet));
        }
        return sheets.toString();
    }
}
