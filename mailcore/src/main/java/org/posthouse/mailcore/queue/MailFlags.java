package org.posthouse.mailcore.queue;

/** The bits of {@link Envelope#flags()}: NetMail's below 65536, our own above. */
public final class MailFlags {

    /** It has octets outside ASCII: BODY=8BITMIME. */
    public static final int EIGHT_BIT = 4;

    /** Reports shall carry the whole mail: RET=FULL (RFC 3461 4.3). */
    public static final int RETURN_FULL = 1 << 16;

    /** Reports shall carry its header alone: RET=HDRS (RFC 3461 4.3). */
    public static final int RETURN_HEADER = 1 << 17;

    /** Header or addresses are in UTF-8: SMTPUTF8 (RFC 6531). */
    public static final int INTERNATIONAL = 1 << 18;

    private MailFlags() {}
}
