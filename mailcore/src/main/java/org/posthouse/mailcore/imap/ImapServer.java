package org.posthouse.mailcore.imap;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.posthouse.mailcore.people.LoginGuard;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.TlsKeys;

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
        return ALWAYS + startTls + (mayLogIn(connection) ? " AUTH=PLAIN AUTH=LOGIN" : " LOGINDISABLED");
    }

    /** Whether a password may be said here: never in the clear where it could be said under TLS. See decision 14. */
    boolean mayLogIn(Connection connection) {
        return connection.secure()
                || connection.peer().isLoopbackAddress()
                || certificate().isEmpty();
    }
}
