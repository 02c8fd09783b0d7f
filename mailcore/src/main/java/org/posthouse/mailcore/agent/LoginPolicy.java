package org.posthouse.mailcore.agent;

import java.net.InetAddress;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.panel.AgentSecurity;
import org.posthouse.schema.tree.Kind;

/**
 * Whether an agent takes a password over one connection: the one rule for SMTP, POP, and IMAP, for the capabilities they
 * announce as well as for the commands. See decision 44.
 *
 * @param page the Security page of the agent
 * @param tlsOffered whether the server has a certificate, so that the client could turn to TLS
 */
public record LoginPolicy(AgentSecurity page, boolean tlsOffered) {

    /** The policy of an agent of a server as these settings say. */
    public static LoginPolicy of(Snapshot now, Kind agent, TlsKeys tls) {
        AgentSecurity page = now.server()
                .agent(agent)
                .map(each -> each.page(AgentSecurity.class))
                .orElse(AgentSecurity.DEFAULT);
        return new LoginPolicy(page, tls.context().isPresent());
    }

    /** Whether a password may be sent over this connection as it is now. */
    public boolean admits(Connection connection) {
        return connection.secure() || admitsPlain(connection.peer());
    }

    /** Whether a password may come from this address in plain text. */
    public boolean admitsPlain(InetAddress peer) {
        if (peer.isLoopbackAddress()) {
            return page.plainLoginLocal();
        }
        return switch (page.plainLoginRemote()) {
            case ALLOWED -> true;
            case WHILE_TLS_IS_OFF -> !tlsOffered;
            case REFUSED -> false;
        };
    }

    /**
     * Why a password is not taken, as a sentence without a period.
     *
     * @param command the command of the protocol that turns to TLS
     */
    public String refusal(String command) {
        return tlsOffered
                ? "Use " + command + " before you sign in"
                : "Signing in without TLS is not allowed here, and this server offers no TLS";
    }
}
