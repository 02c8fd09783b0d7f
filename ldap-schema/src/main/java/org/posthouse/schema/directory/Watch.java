package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPException;
import java.time.Duration;
import java.util.function.Consumer;

/** One way to learn of changes. Opened again after it broke. */
sealed interface Watch permits Push, Polling {

    /** Its name for people. */
    String manner();

    /** Begins to report changes; calls {@code ended}, so that {@link #beat} is called soon, when it breaks. */
    void open(Consumer<Noticed> report, Runnable ended) throws LDAPException;

    /** How often {@link #beat} is to be called. */
    Duration pace();

    /** Looks for changes that were not reported, and whether the connection is still alive. */
    void beat() throws LDAPException;

    /** Ends it, whatever state it is in. */
    void close();

    /** The best that the server announces. */
    static Watch best(Server server, Counter counter) {
        if (server.abilities().persistentSearch()) {
            return Push.persistentSearch(server, counter);
        }
        if (server.abilities().contentSync()) {
            return Push.contentSync(server, counter);
        }
        return new Polling(server, counter);
    }
}
