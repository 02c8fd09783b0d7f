package org.posthouse.webadmin.guard;

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
import org.posthouse.webadmin.console.ConsoleServer;

/** Leads whoever comes without TLS to HTTPS, when the WebAdmin Server object wants it; {@code /health} answers as ever. */
@WebFilter(filterName = "towardsTls", urlPatterns = "/*", asyncSupported = true)
public class TowardsTls implements Filter {

    private static final int PERMANENT = 308; // RFC 9110 15.4.9: with the same method.

    @Inject
    private ConsoleServer server;

    /** For the container. */
    public TowardsTls() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && !asked.isSecure()
                && !asked.getServletPath().equals("/health")
                && server.redirects()) {
            String query = asked.getQueryString() == null ? "" : "?" + asked.getQueryString();
            String name = asked.getServerName().contains(":")
                    ? "[" + asked.getServerName().replaceAll("[\\[\\]]", "") + "]"
                    : asked.getServerName();
            answer.setStatus(PERMANENT);
            answer.setHeader("Location", "https://" + name + ":" + server.httpsPort() + asked.getRequestURI() + query);
            return;
        }
        chain.doFilter(request, response);
    }
}
