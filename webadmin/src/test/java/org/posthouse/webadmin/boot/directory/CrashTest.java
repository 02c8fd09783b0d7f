package org.posthouse.webadmin.boot.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory runs in a process of its own here, which is killed while others write. */
class CrashTest {

    private static final int WRITERS = 4;

    @TempDir
    Path home;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final CountDownLatch enough = new CountDownLatch(150);

    /** The process to be killed: starts the directory of the home given, then waits for its end. */
    public static final class Victim {
        private Victim() {}

        public static void main(String[] home) throws IOException {
            try (var directory = Instance.start(Path.of(home[0]))) {
                System.out.println(directory.url());
                assertEquals(-1, System.in.read());
            }
        }
    }

    @Test
    void whatWasAcknowledgedBeforeTheKillIsThereAfterIt() throws Exception {
        var victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = victim.inputReader()) {
            assertTrue(String.valueOf(said.readLine()).startsWith("ldap://"), "it did not start");
            othersAreTold(victim.pid());
            writeUntilItDies(victim);
        } finally {
            victim.destroyForcibly().waitFor();
        }
        try (var _ = Instance.start(home)) {
            var lost = new TreeSet<>(acknowledged);
            lost.removeAll(found());
            assertEquals(Set.of(), lost);
        }
    }

    private void othersAreTold(long pid) {
        var refused = assertThrows(DirectoryUnavailable.class, () -> Instance.start(home));
        assertTrue(String.valueOf(refused.getMessage()).contains("process " + pid), refused.getMessage());
    }

    private void writeUntilItDies(Process victim) throws Exception {
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (var writer = 0; writer < WRITERS; writer++) {
                var name = "writer" + writer + "-";
                writers.execute(() -> write(name));
            }
            assertTrue(enough.await(120, TimeUnit.SECONDS), "too slow to learn anything");
            victim.destroyForcibly();
        }
    }

    private void write(String prefix) {
        try (var connection = Instance.connect(home)) {
            for (var number = 0; ; number++) {
                var dn = "o=" + prefix + number + ",dc=posthouse";
                connection.add("dn: " + dn, "objectClass: organization", "o: " + prefix + number);
                acknowledged.add(dn);
                enough.countDown();
            }
        } catch (LDAPException | LDIFException | IOException killed) {
            assertTrue(enough.getCount() < 150, killed::toString);
        }
    }

    private Set<String> found() throws Exception {
        try (var connection = Instance.connect(home)) {
            var entries = connection
                    .search("dc=posthouse", SearchScope.ONE, "(objectClass=organization)", "1.1")
                    .getSearchEntries();
            return List.copyOf(entries).stream().map(SearchResultEntry::getDN).collect(Collectors.toSet());
        }
    }
}
