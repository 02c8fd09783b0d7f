package org.posthouse.mailcore.imap;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.posthouse.mailcore.agent.LoginPolicy;
import org.posthouse.mailcore.people.LoginGuard;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.tree.Kind;

/** What all sessions of one IMAP Agent share. */
record ImapServer(
        Supplier<Snapshot> inForce, People people, Store store, TlsKeys tls, LoginGuard guard, LongAdder logins) {

    static final String ALWAYS = "IMAP4rev1 LITERAL+ SASL-IR ID ENABLE";
    static final String SIGNED_IN = ALWAYS
            + " IDLE NAMESPACE UIDPLUS MOVE UNSELECT CHILDREN LIST-EXTENDED LIST-STATUS SPECIAL-USE"
            + " CREATE-SPECIAL-USE ESEARCH CONDSTORE WITHIN APPENDLIMIT=" + RequestReader.LARGEST_MESSAGE;

    Optional<SSLContext> certificate() {
        return tls.context();
    }

    /** What may be used now. RFC 3501 7.2.1. */
    String capabilities(Connection connection, boolean signedIn) {
        if (signedIn) {
            return SIGNED_IN;
        }
        String startTls = !connection.secure() && certificate().isPresent() ? " STARTTLS" : "";
        return ALWAYS + startTls + (loginPolicy().admits(connection) ? " AUTH=PLAIN AUTH=LOGIN" : " LOGINDISABLED");
    }

    /** Why no message can be added; empty when there is as much free space as the NMAP Agent wants. */
    Optional<Tagged> shortOfSpace() {
        long least = inForce.get().page(Kind.NMAP_AGENT, NmapParameters.class).minimumSpace() << 10;
        long free = store.free();
        return free >= least
                ? Optional.empty()
                : Optional.of(Tagged.no("[UNAVAILABLE] The disk of the server is full: " + (free >> 20) + " MB free, "
                        + Math.max(1, least >> 20) + " MB required; try again later"));
    }

    /** Which connections may carry a password. */
    LoginPolicy loginPolicy() {
        return LoginPolicy.of(inForce.get(), Kind.IMAP_AGENT, tls);
    }
}
