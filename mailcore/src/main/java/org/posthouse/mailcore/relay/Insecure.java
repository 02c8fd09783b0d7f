package org.posthouse.mailcore.relay;

/** A host may not have the mail now, because it is not as safe to speak to as it should be. */
final class Insecure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final String NOT_OFFERED = "451 4.7.4 ";
    private static final String NOT_TRUSTED = "451 4.7.5 ";

    private final String reply;

    private Insecure(String reply) {
        super(reply, null, false, false);
        this.reply = reply;
    }

    /** It has no TLS (RFC 3463 3.8, X.7.4). */
    static Insecure withoutTls(Demand demand, String why) {
        return new Insecure(NOT_OFFERED + demand.by() + " demands TLS, and " + why);
    }

    /** It is not known to be the right one (RFC 3463 3.8, X.7.5). */
    static Insecure unproven(Demand demand, String why) {
        return new Insecure(NOT_TRUSTED + demand.by() + ": " + why);
    }

    /** As a delivery report has it. */
    String reply() {
        return reply;
    }
}
