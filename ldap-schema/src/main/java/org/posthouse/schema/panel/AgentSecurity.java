package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Section;

/**
 * Who may sign in to an agent without TLS. The same page for the SMTP, POP, and IMAP Agents; a sign-in over TLS is always
 * allowed.
 */
@Panel(
        name = "agent-security",
        title = "Security",
        intro = "Who can sign in without TLS. Such a connection sends the password in plain text.")
public record AgentSecurity(
        @Section(name = "signIn", title = "Sign-in without TLS")
        @Option(
                id = 35,
                attribute = "posthousePlainLoginLocal",
                label = "Sign-In Without TLS from This Host",
                fallback = "TRUE",
                effect = LIVE,
                help = "Lets programs on this host, which connect from a loopback address, sign in without TLS. "
                        + "Turn this off if a proxy on this host forwards connections from other hosts.")
        boolean plainLoginLocal,

        @Option(
                id = 36,
                attribute = "posthousePlainLoginRemote",
                label = "Sign-In Without TLS from Other Hosts",
                fallback = "while_tls_is_off",
                initial = "refused",
                effect = LIVE,
                help = "When mail programs on other hosts can sign in without TLS: never, always, or only while "
                        + "SSL and TLS of the server is off. A new agent never allows it.")
        Remote plainLoginRemote) {

    /** When other hosts may send a password in plain text. */
    public enum Remote {
        /** Never. */
        REFUSED,
        /** Only where the server has no TLS to offer. */
        WHILE_TLS_IS_OFF,
        /** Always. */
        ALLOWED
    }

    /** What holds where an agent's entry says nothing. */
    public static final AgentSecurity DEFAULT = new AgentSecurity(true, Remote.WHILE_TLS_IS_OFF);
}
