package org.posthouse.mailcore.pop;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.posthouse.mailcore.people.LoginGuard;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.TlsKeys;

/**
 * What all sessions of one POP Agent share.
 *
 * @param open accounts whose inbox a session has to itself, RFC 1939 4
 */
record PopServer(
        Supplier<Snapshot> inForce,
        People people,
        Store store,
        TlsKeys tls,
        LoginGuard guard,
        LongAdder logins,
        Set<String> open) {

    /** Whether a password may be said here: never in the clear where it could be said under TLS. See decision 14. */
    boolean mayLogIn(Connection connection) {
        return connection.secure()
                || connection.peer().isLoopbackAddress()
                || tls.context().isEmpty();
    }
}
