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
import java.nio.charset.StandardCharsets;
import org.posthouse.schema.login.Attempt;
import org.posthouse.webadmin.api.Tokens;
import org.posthouse.webadmin.login.Visitor;

/**
 * Keeps threads free for those who have signed in: a caller who is not known holds one of some places while its request is
 * read and answered, and pages take only small forms from it. Answers 429 (RFC 6585 4), 413, and 411 at once, without
 * reading what is still on its way.
 */
public class UnknownCallers implements Filter {

    // The console has 200 threads, see domain.xml. Who sends slowly does not keep those from its address out who only
    // read.
    private final Places sending = new Places(60, 30);
    private final Places reading = new Places(100, 60);

    private static final long LARGEST_FORM = 64 * 1024;
    private static final String BEARER = "Bearer ";

    @Inject
    private Visitor visitor;

    @Inject
    private Tokens tokens;

    /** For the container. */
    public UnknownCallers() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked)
                || !(response instanceof HttpServletResponse answer)
                || isKnown(asked)) {
            chain.doFilter(request, response);
            return;
        }
        int refusal = refusal(asked);
        String source = Attempt.source(asked.getRemoteAddr());
        Places places = hasBody(asked) ? sending : reading;
        if (refusal == 0 && !places.enter(source)) {
            refusal = 429;
            answer.setHeader("Retry-After", "5");
        }
        if (refusal != 0) {
            refuse(answer, refusal);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.leave(source);
        }
    }

    private static void refuse(HttpServletResponse answer, int refusal) throws IOException {
        String reason = switch (refusal) {
            case 411 -> "Send the length of the request";
            case 413 -> "The request is larger than " + LARGEST_FORM / 1024 + " KB";
            default -> "Too many requests without a sign-in are in progress; try again in 5 seconds";
        };
        answer.setStatus(refusal);
        answer.setHeader("Connection", "close");
        answer.setContentType("application/json");
        answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
        answer.getWriter().println("{\"error\":\"refused\",\"reason\":\"" + reason + "\"}");
    }

    private boolean isKnown(HttpServletRequest asked) {
        String authorization = asked.getHeader("Authorization");
        // Without a session nobody is asked for: asking the visitor would begin one.
        return (asked.getSession(false) != null && visitor.isSignedIn())
                || (authorization != null
                        && authorization.startsWith(BEARER)
                        && tokens.holder(
                                        authorization.substring(BEARER.length()).strip())
                                .isPresent());
    }

    // The API has limits of its own for each resource.
    private static int refusal(HttpServletRequest asked) {
        if (!asked.getMethod().equals("POST") || asked.getServletPath().startsWith("/api")) {
            return 0;
        }
        long length = asked.getContentLengthLong();
        return length > LARGEST_FORM ? 413 : length < 0 && asked.getHeader("Transfer-Encoding") != null ? 411 : 0;
    }

    private static boolean hasBody(HttpServletRequest asked) {
        return asked.getContentLengthLong() > 0 || asked.getHeader("Transfer-Encoding") != null;
    }
}
