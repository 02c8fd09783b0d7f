package org.posthouse.schema.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import com.unboundid.ldap.sdk.controls.EntryChangeNotificationControl;
import com.unboundid.ldap.sdk.controls.PersistentSearchChangeType;
import com.unboundid.ldap.sdk.controls.PersistentSearchRequestControl;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Noticed.Changed;
import org.posthouse.schema.directory.Noticed.Everything;
import org.posthouse.schema.value.Place;

/**
 * The server reports changes on a search that never ends, over a connection of its own: by the persistent search of the
 * Internet-Draft (OpenDJ, 389 Directory Server) or by the content synchronisation of RFC 4533 (OpenLDAP).
 *
 * <p>Under load OpenDJ drops a report now and then, without a word, so the numbers of the changes are counted as well.
 */
final class Push implements Watch {

    // TCP alone tells of a dead connection after hours.
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Server server;
    private final Polling counting;
    private final boolean synchronising;

    private @Nullable LDAPConnection connection;

    @SuppressWarnings({"UnusedVariable", "FieldCanBeLocal"}) // it never completes by itself; its listener is told all
    private @Nullable AsyncRequestID search;

    private long heardAt;
    private volatile @Nullable LDAPException ended;
    private Consumer<Noticed> report = notice -> {};
    private Runnable end = () -> {};

    private Push(Server server, Counter counter, boolean synchronising) {
        this.server = server;
        this.counting = new Polling(server, counter);
        this.synchronising = synchronising;
    }

    static Push persistentSearch(Server server, Counter counter) {
        return new Push(server, counter, false);
    }

    static Push contentSync(Server server, Counter counter) {
        return new Push(server, counter, true);
    }

    @Override
    public String manner() {
        return synchronising ? "content synchronisation" : "persistent search";
    }

    @Override
    public Duration pace() {
        return counting.pace();
    }

    @Override
    public void open(Consumer<Noticed> to, Runnable wake) throws LDAPException {
        report = to;
        end = wake;
        ended = null;
        counting.open(to, wake);
        heardAt = System.nanoTime();
        LDAPConnection fresh = server.listen();
        connection = fresh;
        var request = new SearchRequest(
                new Arrivals(),
                server.address().root().toString(),
                SearchScope.SUB,
                Filter.createPresenceFilter("objectClass"),
                Shape.PENDING,
                Shape.REVISION);
        request.addControl(
                synchronising
                        ? new ContentSyncRequestControl(true, ContentSyncRequestMode.REFRESH_AND_PERSIST, now(), true)
                        : new PersistentSearchRequestControl(
                                PersistentSearchChangeType.allChangeTypes(), true, true, true));
        search = fresh.asyncSearch(request);
    }

    // The server's state of this moment (slapd's contextCSN) as a cookie: without it the search would begin by sending
    // every object there is.
    private @Nullable ASN1OctetString now() throws LDAPException {
        SearchResultEntry root = server.pool().getEntry(server.address().root().toString(), "contextCSN");
        String[] states = root == null ? null : root.getAttributeValues("contextCSN");
        return states == null ? null : new ASN1OctetString("rid=000,csn=" + String.join(";", states));
    }

    @Override
    public void beat() throws LDAPException {
        LDAPException why = ended;
        if (why != null) {
            throw why;
        }
        LDAPConnection open = connection;
        if (open == null || !open.isConnected()) {
            throw new LDAPException(ResultCode.SERVER_DOWN, server.address().url() + " closed the connection");
        }
        counting.beat();
        if (System.nanoTime() - heardAt > SILENCE.toNanos()) {
            listen(open);
        }
    }

    private void listen(LDAPConnection open) throws LDAPException {
        var alive = new SearchRequest(
                server.address().root().toString(),
                SearchScope.BASE,
                Filter.createPresenceFilter("objectClass"),
                "1.1");
        alive.setResponseTimeoutMillis(SILENCE.toMillis());
        open.search(alive);
        heardAt = System.nanoTime();
    }

    @Override
    public void close() {
        Optional.ofNullable(connection).ifPresent(LDAPConnection::close);
        connection = null;
    }

    private void changed(SearchResultEntry found) {
        report.accept(counting.learn(found));
        try {
            EntryChangeNotificationControl change = EntryChangeNotificationControl.get(found);
            if (change != null && change.getPreviousDN() != null) {
                report.accept(new Changed(Place.of(change.getPreviousDN())));
            }
        } catch (LDAPException malformed) {
            report.accept(new Everything());
        }
    }

    private final class Arrivals implements AsyncSearchResultListener {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public void searchEntryReturned(SearchResultEntry found) {
            changed(found);
        }

        @Override
        public void searchReferenceReturned(SearchResultReference elsewhere) {}

        @Override
        public void searchResultReceived(AsyncRequestID request, SearchResult result) {
            ended = new LDAPException(result);
            end.run();
        }
    }
}
