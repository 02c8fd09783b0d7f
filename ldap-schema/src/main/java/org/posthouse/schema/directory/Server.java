package org.posthouse.schema.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.value.Place;

/** The directory server at the other end: connections that come back by themselves, and searches in pages. */
final class Server implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 16;
    // So long a first connection waits for the probe that may end an outage.
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    // What is handed over one by one comes in steps of this size. What is held at once comes in two, or in very large
    // ones, since a server may do the whole search again for each step.
    private static final int STEP = 500;
    private static final int STRIDE = 20_000;
    private static final Duration BIND = Duration.ofSeconds(15);

    private final DirectoryAddress address;
    private final Dialling dialling;
    private final Connections pool;
    private final Abilities abilities;
    private final NameIndex names = new NameIndex();
    private final SecretValues secrets;
    private volatile @Nullable Boolean signed;

    private Server(DirectoryAddress address, Dialling dialling, Connections pool, Abilities abilities) {
        this.address = address;
        this.dialling = dialling;
        this.pool = pool;
        this.abilities = abilities;
        this.secrets = new SecretValues(this);
    }

    /** The names of the children of large containers. */
    NameIndex names() {
        return names;
    }

    static Server connect(DirectoryAddress address) {
        var availability = Availability.of(address.url());
        try {
            var dialling = Dialling.to(address);
            var pool = new Connections(
                    Connections.send(availability, dialling, PATIENCE, () -> pool(dialling, address)),
                    dialling,
                    availability);
            return opened(address, dialling, pool);
        } catch (LDAPException failure) {
            throw Reasons.of(failure, address);
        }
    }

    private static Server opened(DirectoryAddress address, Dialling dialling, Connections pool) throws LDAPException {
        try {
            return new Server(address, dialling, pool, Abilities.of(Objects.requireNonNull(pool.getRootDSE())));
        } catch (LDAPException | DirectoryException failure) {
            pool.close();
            throw failure;
        }
    }

    private static LDAPConnectionPool pool(Dialling dialling, DirectoryAddress address) throws LDAPException {
        var pool = new LDAPConnectionPool(dialling.servers(), bind(address), 1, MOST_CONNECTIONS);
        pool.setConnectionPoolName("directory");
        // A restarted server leaves dead connections behind: the operation is tried once more on a new one.
        pool.setRetryFailedOperationsDueToInvalidConnections(true);
        return pool;
    }

    private static BindRequest bind(DirectoryAddress address) {
        return new SimpleBindRequest(address.bindDn(), address.password());
    }

    DirectoryAddress address() {
        return address;
    }

    /** Seals and opens the values of secret options. */
    SecretValues secrets() {
        return secrets;
    }

    Abilities abilities() {
        return abilities;
    }

    Connections pool() {
        return pool;
    }

    /**
     * Whether objects can carry a {@link Signature}: a server whose schema is older than this version cannot. Asks the
     * server once.
     */
    boolean isSigned() {
        Boolean known = signed;
        if (known == null) {
            try {
                var object = pool.getSchema().getObjectClass("posthouseObject");
                known = object != null
                        && List.of(object.getOptionalAttributes()).contains(Shape.CHANGED_BY);
            } catch (LDAPException unreadable) {
                return false;
            }
            signed = known;
        }
        return known;
    }

    /** The schema was extended: what it knows is asked again. */
    void forgetSchema() {
        signed = null;
    }

    /** A connection of its own, not bound. */
    LDAPConnection dial() throws LDAPException {
        return pool.send(() -> dialling.servers().getConnection());
    }

    /**
     * A connection of its own without a time limit on answers, bound as the service account. Binding has a time limit: a
     * server that fell silent just now would be waited for without end, even after it responds again.
     */
    LDAPConnection listen() throws LDAPException {
        LDAPConnection connection = pool.send(() -> dialling.patient().getConnection());
        try {
            BindRequest bind = bind(address);
            bind.setResponseTimeoutMillis(BIND.toMillis());
            pool.send(() -> connection.bind(bind));
            return connection;
        } catch (LDAPException | DirectoryDown failure) {
            connection.close();
            throw failure;
        }
    }

    DirectoryException reason(LDAPException failure) {
        return Reasons.of(failure, address);
    }

    /** The entry at a place. */
    Optional<SearchResultEntry> entry(Place place, String... attributes) {
        try {
            @Nullable SearchResultEntry entry = pool.getEntry(place.toString(), attributes);
            return Optional.ofNullable(entry);
        } catch (LDAPException failure) {
            throw reason(failure);
        }
    }

    /** At most {@code limit} entries; whether there were more is told by getting that many. */
    List<SearchResultEntry> some(Place base, SearchScope scope, Filter filter, int limit, String... attributes) {
        var request = new SearchRequest(base.toString(), scope, filter, attributes);
        request.setDerefPolicy(DereferencePolicy.NEVER);
        request.setSizeLimit(limit);
        try {
            return found(pool.search(request).getSearchEntries());
        } catch (LDAPException failure) {
            if (failure instanceof LDAPSearchException more
                    && failure.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return found(more.getSearchEntries());
            }
            if (failure.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return List.of();
            }
            throw reason(failure);
        }
    }

    /** Every entry that matches; none when the base does not exist. */
    List<SearchResultEntry> all(Place base, SearchScope scope, Filter filter, String... attributes) {
        var request = new SearchRequest(base.toString(), scope, filter, attributes);
        request.setDerefPolicy(DereferencePolicy.NEVER);
        try {
            return abilities.paged()
                    ? inSteps(request)
                    : found(pool.search(request).getSearchEntries());
        } catch (LDAPException failure) {
            if (failure.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return List.of();
            }
            throw reason(failure);
        }
    }

    /** As {@link #all}, handed over one by one, so that a container of any size fits into memory. */
    void each(Place base, SearchScope scope, Filter filter, String[] attributes, Consumer<SearchResultEntry> to) {
        if (!abilities.paged()) {
            all(base, scope, filter, attributes).forEach(to);
            return;
        }
        var request = new SearchRequest(base.toString(), scope, filter, attributes);
        request.setDerefPolicy(DereferencePolicy.NEVER);
        try {
            inSteps(request, STEP, to);
        } catch (LDAPException failure) {
            throw reason(failure);
        }
    }

    /** As {@link #each}, in steps that suit entries of which little is asked. */
    void survey(Place base, Filter filter, String[] attributes, Consumer<SearchResultEntry> to) {
        var request = new SearchRequest(base.toString(), SearchScope.SUB, filter, attributes);
        request.setDerefPolicy(DereferencePolicy.NEVER);
        try {
            if (abilities.paged()) {
                inSteps(request, STRIDE, to);
            } else {
                found(pool.search(request).getSearchEntries()).forEach(to);
            }
        } catch (LDAPException failure) {
            if (!failure.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw reason(failure);
            }
        }
    }

    // All steps go over one connection: slapd remembers a paged search with the connection it came from.
    private List<SearchResultEntry> inSteps(SearchRequest request) throws LDAPException {
        var found = new ArrayList<SearchResultEntry>();
        inSteps(request, STRIDE, found::add);
        return found;
    }

    private void inSteps(SearchRequest request, int further, Consumer<SearchResultEntry> to) throws LDAPException {
        LDAPConnection connection = pool.getConnection();
        try {
            @Nullable ASN1OctetString mark = null;
            do {
                request.setControls(new SimplePagedResultsControl(mark == null ? STEP : further, mark));
                SearchResult step = pool.send(() -> connection.search(request));
                found(step.getSearchEntries()).forEach(to);
                mark = mark(step);
            } while (mark != null);
            pool.releaseConnection(connection);
        } catch (LDAPException failure) {
            pool.releaseConnectionAfterException(connection, failure);
            throw failure;
        } catch (DirectoryDown outage) {
            pool.giveUp(connection);
            throw outage;
        }
    }

    /** The SDK's list, which it never leaves null for a search without a listener. */
    static List<SearchResultEntry> found(@Nullable List<SearchResultEntry> entries) {
        return entries == null ? List.of() : entries;
    }

    /** Where a paged search goes on; null at its end. */
    static @Nullable ASN1OctetString mark(SearchResult step) throws LDAPException {
        var control = SimplePagedResultsControl.get(step);
        return control != null && control.moreResultsToReturn() ? control.getCookie() : null;
    }

    @Override
    public void close() {
        pool.close();
    }
}
