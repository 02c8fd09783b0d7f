package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The connections to a directory server that are bound as one account. Every request passes the {@link Availability} of
 * the server: during an outage it throws DirectoryDown at once instead of waiting. Safe for use by several threads.
 */
final class Connections implements AutoCloseable {

    // So long a request waits for the probe that may end an outage.
    private static final Duration PATIENCE = Duration.ofMillis(200);
    // When an answer takes longer, a probe finds out whether the server responds at all.
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Clock CLOCK = Clock.systemUTC();

    /** One request. */
    interface Request<T> {

        /** Sends it and waits for the answer. */
        T send() throws LDAPException;
    }

    private final LDAPConnectionPool pool;
    private final Dialling dialling;
    private final Availability availability;
    private final AtomicBoolean closed = new AtomicBoolean();

    Connections(LDAPConnectionPool pool, Dialling dialling, Availability availability) {
        this.pool = pool;
        this.dialling = dialling;
        this.availability = availability;
        availability.join();
    }

    /** Whether the server responds. */
    Availability availability() {
        return availability;
    }

    /** An answer takes long. */
    void suspect() {
        availability.suspect(dialling::probe);
    }

    /** Sends a request over whatever connection, unless there is an outage. */
    <T> T send(Request<T> request) throws LDAPException {
        return send(availability, dialling, PATIENCE, () -> {
            try {
                return request.send();
            } catch (LDAPException failure) {
                // Connections that are closed here tell nothing of the server.
                throw closed.get()
                        ? new LDAPException(ResultCode.USER_CANCELED, String.valueOf(failure.getMessage()), failure)
                        : failure;
            }
        });
    }

    static <T> T send(Availability availability, Dialling dialling, Duration patience, Request<T> request)
            throws LDAPException {
        availability.enter(dialling::probe, patience);
        var answer = new CompletableFuture<T>();
        availability.expect(answer);
        Thread asking =
                Thread.ofVirtual().name("directory-request").start(() -> ask(availability, dialling, request, answer));
        try {
            return await(availability, dialling, answer);
        } finally {
            availability.expectNoMore(answer);
            // Closes the socket of a request that nobody waits for anymore.
            asking.interrupt();
        }
    }

    // An outage that is found meanwhile ends the waiting.
    private static <T> void ask(
            Availability availability, Dialling dialling, Request<T> request, CompletableFuture<T> answer) {
        Instant asked = CLOCK.instant();
        try {
            T got = request.send();
            availability.answered(asked);
            if (!answer.complete(got) && got instanceof Closeable unwanted) {
                unwanted.close();
            }
        } catch (LDAPException failure) {
            availability.failed(failure, asked, dialling::probe);
            answer.completeExceptionally(failure);
        } catch (RuntimeException | Error | IOException failure) {
            answer.completeExceptionally(failure);
        }
    }

    // Whoever is interrupted waits on: what becomes of a request must be known.
    private static <T> T await(Availability availability, Dialling dialling, CompletableFuture<T> answer)
            throws LDAPException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(LATE.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException late) {
                    availability.check(dialling::probe);
                } catch (InterruptedException stopped) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof LDAPException failure) {
                throw failure;
            }
            throw failed.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(failed);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    RootDSE getRootDSE() throws LDAPException {
        return send(() -> told(pool.getRootDSE()));
    }

    Schema getSchema() throws LDAPException {
        return send(() -> told(pool.getSchema()));
    }

    private static <T> T told(@Nullable T answer) throws LDAPException {
        if (answer == null) {
            throw new LDAPException(ResultCode.NO_RESULTS_RETURNED, "The server does not describe itself");
        }
        return answer;
    }

    @Nullable
    SearchResultEntry getEntry(String dn, String... attributes) throws LDAPException {
        return send(() -> Optional.ofNullable(pool.getEntry(dn, attributes))).orElse(null);
    }

    SearchResult search(SearchRequest request) throws LDAPException {
        return send(() -> pool.search(request));
    }

    LDAPResult add(Entry entry) throws LDAPException {
        return send(() -> pool.add(new AddRequest(entry)));
    }

    LDAPResult modify(ModifyRequest request) throws LDAPException {
        return send(() -> pool.modify(request));
    }

    LDAPResult modify(String dn, List<Modification> changes) throws LDAPException {
        return modify(new ModifyRequest(dn, changes));
    }

    LDAPResult delete(DeleteRequest request) throws LDAPException {
        return send(() -> pool.delete(request));
    }

    ExtendedResult processExtendedOperation(ExtendedRequest request) throws LDAPException {
        return send(() -> pool.processExtendedOperation(request));
    }

    /** A connection for several requests that belong together; it goes back by one of the next two. */
    LDAPConnection getConnection() throws LDAPException {
        return send(pool::getConnection);
    }

    void releaseConnection(LDAPConnection connection) {
        pool.releaseConnection(connection);
    }

    void releaseConnectionAfterException(LDAPConnection connection, LDAPException failure) {
        pool.releaseConnectionAfterException(connection, failure);
    }

    /** Closes it: an outage was found while it was in use. */
    void giveUp(LDAPConnection connection) {
        pool.releaseDefunctConnection(connection);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pool.close();
            availability.leave();
        }
    }
}
