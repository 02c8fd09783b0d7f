package org.posthouse.webadmin.advice;

import java.util.List;

/**
 * Where the mail of a domain goes by DNS.
 *
 * @param state what is known
 * @param hosts the mail hosts, best first
 */
public record Route(State state, List<String> hosts) {

    /** Nothing is known. */
    public static final Route UNKNOWN = new Route(State.UNKNOWN, List.of());

    /** What is known of a domain. */
    public enum State {
        /** Nobody was asked yet, or no resolver or no engine answered. */
        UNKNOWN,
        /** It has no MX record, or one that says that it takes no mail (RFC 7505). */
        NONE,
        /** One of its mail hosts has an address of the server's host. */
        HERE,
        ELSEWHERE
    }
}
