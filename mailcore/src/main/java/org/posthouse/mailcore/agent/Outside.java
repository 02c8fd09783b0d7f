package org.posthouse.mailcore.agent;

/**
 * Where the services of the outside world are: 25, 53 and 443 everywhere, but in tests and laboratories that play the whole
 * Internet on loopback addresses, where nobody may be root.
 *
 * @param smtpPort where other mail hosts take mail
 * @param dnsPort where the server's Resolver(s) answer
 * @param policyPort where domains publish what they demand of senders (MTA-STS)
 */
public record Outside(int smtpPort, int dnsPort, int policyPort) {

    /** The Internet. */
    public static final Outside USUAL = new Outside(25, 53, 443);

    /** With policies at the usual port. */
    public Outside(int smtpPort, int dnsPort) {
        this(smtpPort, dnsPort, 443);
    }
}
