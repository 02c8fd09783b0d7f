package org.posthouse.webadmin.boot.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import com.unboundid.ldap.sdk.controls.PersistentSearchChangeType;
import com.unboundid.ldap.sdk.controls.PersistentSearchRequestControl;
import com.unboundid.ldap.sdk.controls.PostReadRequestControl;
import com.unboundid.ldap.sdk.controls.PostReadResponseControl;
import com.unboundid.ldap.sdk.controls.ServerSideSortRequestControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.controls.SortKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One instance serves all tests; those that need another start make it. */
class EmbeddedDirectoryTest {

    private static final String SYSTEM = "o=Internet Services,dc=posthouse";

    @TempDir
    static Path home;

    private static EmbeddedDirectory directory;
    private static LDAPConnection product;

    @BeforeAll
    static void start() throws Exception {
        directory = Instance.start(home);
        product = Instance.connect(home);
        product.add("dn: " + SYSTEM, "objectClass: organization", "o: Internet Services");
        add("cn=admin,dc=posthouse", "userPassword: secret of admin");
        add("cn=ann,dc=posthouse", "userPassword: secret of ann", "mail: ann@example.com");
        product.add(
                "dn: cn=Administrators," + SYSTEM,
                "objectClass: groupOfNames",
                "cn: Administrators",
                "member: cn=admin,dc=posthouse");
    }

    @AfterAll
    static void stop() {
        product.close();
        directory.close();
    }

    @Test
    void aChangeIsMadeOnlyOnTheRevisionSeen() throws Exception {
        add("cn=revised,dc=posthouse", "objectClass: posthouseThing", "posthouseRevision: 1");
        assertEquals("2", bumped("cn=revised,dc=posthouse", 1));
        var late = assertThrows(LDAPException.class, () -> bumped("cn=revised,dc=posthouse", 1));
        assertEquals(ResultCode.ASSERTION_FAILED, late.getResultCode());
    }

    private static String bumped(String dn, int seen) throws LDAPException {
        var change = new ModifyRequest(dn, new Modification(ModificationType.INCREMENT, "posthouseRevision", "1"));
        change.addControl(new AssertionRequestControl(Filter.createEqualityFilter("posthouseRevision", "" + seen)));
        change.addControl(new PostReadRequestControl("posthouseRevision"));
        var answer = there(PostReadResponseControl.get(product.modify(change)));
        return there(answer.getEntry().getAttributeValue("posthouseRevision"));
    }

    @Test
    void aPersistentSearchHearsOfAChange() throws Exception {
        try (var listening = Instance.connect(home)) {
            var heard = new LinkedBlockingQueue<String>();
            var search = new SearchRequest(
                    new Ear(heard), "dc=posthouse", SearchScope.SUB, Filter.createPresenceFilter("objectClass"));
            search.addControl(
                    new PersistentSearchRequestControl(PersistentSearchChangeType.allChangeTypes(), true, true));
            var running = listening.asyncSearch(search);
            // The search has no answer of its own, but requests of one connection are taken in order.
            listening.getRootDSE();
            add("cn=heard,dc=posthouse");
            assertEquals("cn=heard,dc=posthouse", heard.poll(60, TimeUnit.SECONDS));
            assertFalse(running.isDone(), "it goes on listening");
        }
    }

    private record Ear(LinkedBlockingQueue<String> heard) implements AsyncSearchResultListener {

        @Override
        public void searchEntryReturned(SearchResultEntry entry) {
            heard.add(entry.getDN());
        }

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {
            throw new AssertionError("no referral expected: " + reference);
        }

        @Override
        public void searchResultReceived(AsyncRequestID request, SearchResult result) {
            heard.add("ended: " + result);
        }
    }

    @Test
    void anonymousUsersSeeTheRootDseAndNothingElse() throws Exception {
        try (var nobody = connect()) {
            assertNotNull(nobody.getRootDSE());
            assertEquals(List.of(), found(nobody, "dc=posthouse", "(objectClass=*)"));
            assertNull(nobody.getEntry("cn=schema"));
            assertThrows(LDAPException.class, () -> nobody.add("dn: cn=x,dc=posthouse", "objectClass: person"));
        }
    }

    @Test
    void usersSeeThemselvesAndChangeTheirPasswordOnly() throws Exception {
        try (var ann = connect("cn=ann,dc=posthouse", "secret of ann")) {
            assertEquals(List.of("cn=ann,dc=posthouse"), found(ann, "dc=posthouse", "(objectClass=person)"));
            var entry = there(ann.getEntry("cn=ann,dc=posthouse", "*"));
            assertFalse(entry.hasAttribute("userPassword"), "a hash is nobody's business");
            ann.modify("cn=ann,dc=posthouse", replace("userPassword", "another secret"));
            assertThrows(LDAPException.class, () -> ann.modify("cn=ann,dc=posthouse", replace("mail", "x@y.z")));
        }
        connect("cn=ann,dc=posthouse", "another secret").close();
        product.modify("cn=ann,dc=posthouse", replace("userPassword", "secret of ann"));
    }

    @Test
    void administratorsChangeEverythingBelowTheRoot() throws Exception {
        try (var admin = connect("cn=admin,dc=posthouse", "secret of admin")) {
            admin.add("dn: cn=new,dc=posthouse", "objectClass: person", "cn: new", "sn: new");
            admin.modify("cn=new,dc=posthouse", replace("userPassword", "given by admin"));
            connect("cn=new,dc=posthouse", "given by admin").close();
            assertEquals(List.of("cn=new,dc=posthouse"), found(admin, "dc=posthouse", "(description=*)(sn=new)"));
            admin.delete("cn=new,dc=posthouse");
            assertThrows(LDAPException.class, () -> found(admin, "cn=config", "(objectClass=*)"));
        }
    }

    @Test
    void passwordsAreHashedWithAStrongScheme() throws Exception {
        add("cn=hashed,dc=posthouse", "userPassword: plain as day");
        var entry = there(product.getEntry("cn=hashed,dc=posthouse", "userPassword"));
        var stored = there(entry.getAttributeValue("userPassword"));
        assertTrue(stored.startsWith("{PBKDF2-HMAC-SHA512}210000:"), stored);
    }

    @Test
    void wrongPasswordsNeitherLockNorChangeAnAccount() throws Exception {
        add("cn=guessed,dc=posthouse", "userPassword: the right one");
        var before = there(product.getEntry("cn=guessed,dc=posthouse", "*", "+"));
        for (var guess = 0; guess < 12; guess++) {
            assertThrows(LDAPException.class, () -> connect("cn=guessed,dc=posthouse", "wrong"));
        }
        connect("cn=guessed,dc=posthouse", "the right one").close();
        assertEquals(before, there(product.getEntry("cn=guessed,dc=posthouse", "*", "+")));
    }

    @Test
    void childrenArePagedAndSortedByTheServer() throws Exception {
        product.add("dn: ou=many,dc=posthouse", "objectClass: organizationalUnit", "ou: many");
        for (var name : List.of("c", "a", "b")) {
            add("cn=" + name + ",ou=many,dc=posthouse");
        }
        var search = new SearchRequest(
                "ou=many,dc=posthouse", SearchScope.ONE, Filter.createPresenceFilter("objectClass"), "cn");
        search.addControl(new ServerSideSortRequestControl(true, new SortKey("cn")));
        search.addControl(new SimplePagedResultsControl(2, new ASN1OctetString()));
        var page = there(product.search(search).getSearchEntries());
        assertEquals(
                List.of("a", "b"),
                page.stream().map(e -> e.getAttributeValue("cn")).toList());
    }

    @Test
    void whatIsOpenToOthersIsNothingButTheLoopbackPort() throws Exception {
        var port = URI.create(directory.url()).getPort();
        var another = new ServerSocket();
        try (another) {
            another.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port));
        }
        for (var secret : List.of("directory.properties", "directory/service-account.password")) {
            var rights = Files.getPosixFilePermissions(home.resolve(secret));
            assertEquals("rw-------", PosixFilePermissions.toString(rights));
        }
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("directory"))));
    }

    @Test
    void aSecondStartIsToldWhichProcessHasTheHome() {
        var refused = assertThrows(DirectoryUnavailable.class, () -> Instance.start(home));
        var pid = Long.toString(ProcessHandle.current().pid());
        assertTrue(String.valueOf(refused.getMessage()).contains("process " + pid), refused.getMessage());
    }

    @Test
    void aNewVersionsStartFindsEverythingAndLeavesNoTraceInTheJvm(@TempDir Path other) throws Exception {
        var properties = System.getProperties().stringPropertyNames();
        var providers = List.of(Security.getProviders());
        var handlers = List.<Handler>of(Logger.getLogger("").getHandlers());
        String url;
        try (var older = Instance.start(other, "older-schema.ldif");
                var connection = Instance.connect(other)) {
            url = older.url();
            connection.add("dn: o=kept,dc=posthouse", "objectClass: organization", "o: kept");
        }
        try (var newer = Instance.start(other);
                var connection = Instance.connect(other)) {
            assertEquals(url, newer.url());
            assertEquals(List.of("o=kept,dc=posthouse"), found(connection, "dc=posthouse", "(o=kept)"));
            theNewIndexIsInUse(connection);
        }
        assertEquals(properties, System.getProperties().stringPropertyNames());
        assertEquals(providers, List.of(Security.getProviders()));
        assertEquals(handlers, List.of(Logger.getLogger("").getHandlers()));
    }

    // OpenDJ explains in this attribute how it would search. An index that does not know all entries is not asked.
    private static void theNewIndexIsInUse(LDAPConnection connection) throws LDAPException {
        var plan = connection.search("dc=posthouse", SearchScope.SUB, "(posthouseRevision=7)", "debugsearchindex");
        assertTrue(there(plan.getSearchEntries()).toString().contains("[INDEX:posthouseRevision"), plan::toString);
    }

    private static <T> T there(@Nullable T value) {
        assertNotNull(value);
        return value;
    }

    private static void add(String dn, String... more) throws Exception {
        var name = dn.substring(3, dn.indexOf(','));
        var lines = new java.util.ArrayList<>(
                List.of("dn: " + dn, "objectClass: inetOrgPerson", "cn: " + name, "sn: " + name));
        lines.addAll(List.of(more));
        product.add(lines.toArray(String[]::new));
    }

    private static Modification replace(String attribute, String value) {
        return new Modification(ModificationType.REPLACE, attribute, value);
    }

    private static List<String> found(LDAPConnection who, String base, String filter) throws LDAPException {
        try {
            var text = filter.contains(")(") ? "(|" + filter + ")" : filter;
            return there(who.search(base, SearchScope.SUB, text, "1.1").getSearchEntries()).stream()
                    .map(SearchResultEntry::getDN)
                    .toList();
        } catch (LDAPSearchException refused) {
            if (refused.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return List.of();
            }
            throw refused;
        }
    }

    private static LDAPConnection connect() throws LDAPException {
        return new LDAPConnection("127.0.0.1", URI.create(directory.url()).getPort());
    }

    private static LDAPConnection connect(String dn, String password) throws LDAPException {
        return new LDAPConnection("127.0.0.1", URI.create(directory.url()).getPort(), dn, password);
    }
}
