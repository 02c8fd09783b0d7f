package org.posthouse.mailcore.smtp;

import org.posthouse.schema.value.DomainName;

/** Answers a host that asks for the mail waiting for its domain (RFC 1985). */
final class Etrn {

    private Etrn() {}

    static Reply answer(SmtpServer server, String argument) {
        // "@domain" asks for the subdomains too, "#queue" for a queue by name: there is none to be named here.
        String name = argument.startsWith("@") ? argument.substring(1) : argument;
        DomainName domain;
        try {
            domain = new DomainName(name);
        } catch (IllegalArgumentException malformed) {
            return Reply.of(501, "5.5.4", "Specify a domain");
        }
        int waiting = server.desk().runNow().applyAsInt(domain.ascii());
        return waiting == 0
                ? Reply.of(251, "2.0.0", "No messages waiting for " + domain)
                : Reply.of(253, "2.0.0", waiting + " pending messages for " + domain + " started");
    }
}
