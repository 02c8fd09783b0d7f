package org.posthouse.mailcore.agent;

/**
 * Where the services of the outside world are: 25 and 53 everywhere, but in tests and laboratories that play the whole
 * Internet on loopback addresses, where nobody may be root.
 *
 * @param smtpPort where other mail hosts take mail
 * @param dnsPort where the server's Resolver(s) answer
 */
public record Outside(int smtpPort, int dnsPort) {

    /** The Internet. */
    public static final Outside USUAL = new Outside(25, 53);
}
