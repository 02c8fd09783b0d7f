package org.posthouse.schema.agent;

/**
 * A TCP port on which an agent listens.
 *
 * @param protocol its name in logs, such as "imap"
 * @param number the port, where it is fixed; 0 where an option sets it
 * @param option the option of the agent that sets the port, where a value of 0 keeps it closed; "" where it is fixed
 * @param tls whether TLS comes from the first octet; such a port is open only while the server has TLS
 */
public record PortUse(String protocol, int number, String option, boolean tls) {

    /** A port that no option changes, in plain text. */
    public static PortUse fixed(String protocol, int number) {
        return new PortUse(protocol, number, "", false);
    }

    /** A port that no option changes, with TLS from the first octet. */
    public static PortUse fixedTls(String protocol, int number) {
        return new PortUse(protocol, number, "", true);
    }

    /** A port that an option sets, in plain text. */
    public static PortUse set(String protocol, String option) {
        return new PortUse(protocol, 0, option, false);
    }

    /** A port that an option sets, with TLS from the first octet. */
    public static PortUse setTls(String protocol, String option) {
        return new PortUse(protocol, 0, option, true);
    }
}
