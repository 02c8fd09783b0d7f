package org.posthouse.mailcore.dns;

/**
 * A host that takes mail for a domain.
 *
 * @param preference lower is asked first (RFC 5321 5.1)
 * @param name its host name, ASCII, without the last dot
 * @param secure whether the DNS vouches that it is the domain's (DNSSEC)
 */
public record MailHost(int preference, String name, boolean secure) {}
