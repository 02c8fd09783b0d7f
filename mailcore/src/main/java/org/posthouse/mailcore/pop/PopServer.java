package org.posthouse.mailcore.pop;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.posthouse.mailcore.agent.LoginPolicy;
import org.posthouse.mailcore.people.LoginGuard;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.tree.Kind;

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

    /** Which connections may carry a password. */
    LoginPolicy loginPolicy() {
        return LoginPolicy.of(inForce.get(), Kind.POP_AGENT, tls);
    }
}
