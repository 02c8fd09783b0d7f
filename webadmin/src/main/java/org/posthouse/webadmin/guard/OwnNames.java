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

/**
 * Answers only requests that call the console by a name of its own, and others with 421 (RFC 9110 15.5.20): a page of
 * another site whose name was pointed at this address is not served, and no name that a client makes up gets into an
 * answer. {@code /health} answers by any name, because load balancers ask by address. A request with an unusable Host header is answered with 400
 * (RFC 9112 3.2).
 */
public final class OwnNames implements Filter {

    private static final int MISDIRECTED = 421;
    // The same in org.posthouse.webadmin.boot.RequestPaths: the two share no class.
    private static final String NO_HOST = "host.invalid";

    @Inject
    private ConsoleNames names;

    /** For the container. */
    public OwnNames() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && !asked.getServletPath().equals("/health")
                && !names.has(asked.getServerName(), asked.getLocalAddr())) {
            boolean nameless = asked.getServerName().equals(NO_HOST);
            answer.setStatus(nameless ? HttpServletResponse.SC_BAD_REQUEST : MISDIRECTED);
            answer.setContentType("text/plain");
            answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
            answer.getWriter().println(nameless ? """
                    The Host header of the request is empty, malformed, or repeated.""" : """
                    This console does not know the host name in this address. Use the name or the address of its host, \
                    or enter the name as the Public Address on the Connection page of the WebAdmin Server.""");
            return;
        }
        chain.doFilter(request, response);
    }
}
