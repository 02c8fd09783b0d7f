package org.posthouse.webadmin.boot.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexesTest {

    private static final String BY_A_PART_OF_ANY_NAME =
            "(|(cn=*resden*)(ou=*resden*)(o=*resden*)(mail=*resden*)(sn=*resden*)(givenName=*resden*))";

    @TempDir
    private Path home;

    @Test
    void aHomeOfAnOlderVersionGetsItsNewIndexesFilledAndOnlyOnce() throws Exception {
        try (var older = Instance.start(home, ofAnOlderVersion());
                var connection = Instance.connect(home)) {
            connection.add("dn: ou=Dresden,dc=posthouse", "objectClass: organizationalUnit", "ou: Dresden");
            assertFalse(isLookedUp(connection), "what this test begins with at " + older.url());
        }
        try (var said = new Said();
                var newer = Instance.start(home);
                var connection = Instance.connect(home)) {
            assertTrue(said.isFilling(), "the older version's home at " + newer.url());
            assertTrue(isLookedUp(connection));
            assertEquals(List.of("ou=Dresden,dc=posthouse"), found(connection));
        }
        try (var said = new Said();
                var again = Instance.start(home);
                var connection = Instance.connect(home)) {
            assertFalse(said.isFilling(), "filled already at " + again.url());
            assertTrue(isLookedUp(connection));
            assertEquals(List.of("ou=Dresden,dc=posthouse"), found(connection));
        }
    }

    private static Indexes ofAnOlderVersion() {
        var kinds = new HashMap<>(Indexes.WANTED.kinds());
        kinds.put("o", List.of("equality"));
        kinds.put("ou", List.of("equality"));
        kinds.remove("givenName");
        return new Indexes(kinds);
    }

    // OpenDJ explains in this attribute how it would search.
    private static boolean isLookedUp(LDAPConnection connection) throws LDAPException {
        var plan = connection.search("dc=posthouse", SearchScope.SUB, BY_A_PART_OF_ANY_NAME, "debugsearchindex");
        var text = Objects.requireNonNull(plan.getSearchEntries()).toString();
        return !text.contains("NOT-INDEXED") && text.contains("final=[COUNT:");
    }

    private static List<String> found(LDAPConnection connection) throws LDAPException {
        var answer = connection.search("dc=posthouse", SearchScope.SUB, BY_A_PART_OF_ANY_NAME, "1.1");
        return Objects.requireNonNull(answer.getSearchEntries()).stream()
                .map(SearchResultEntry::getDN)
                .toList();
    }

    /** What a start says to the log. */
    private static final class Said extends Handler implements AutoCloseable {

        private static final Logger LOG = Logger.getLogger(EmbeddedDirectory.class.getName());
        private final List<String> lines = new ArrayList<>();

        Said() {
            LOG.addHandler(this);
        }

        boolean isFilling() {
            return lines.stream().anyMatch(line -> line.startsWith("Building indexes"));
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            LOG.removeHandler(this);
        }
    }
}
