package org.posthouse.webadmin.pulse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Tree;
import org.posthouse.webadmin.login.Installed;

/**
 * The configuration as pages look at it every few seconds. The number of the last change says whether it is still the
 * newest, which is one small question. What other LDAP tools write does not move that number, so the whole is read again
 * as well, beside the page that asks.
 */
@ApplicationScoped
public class Wanted {

    private static final Duration FRESH_FOR = Duration.ofSeconds(2);

    private static final class Known {

        private final List<Entry> entries;
        private final long version;
        private final Instant readAt;
        private @Nullable Tree tree;

        Known(List<Entry> entries, long version, Instant readAt) {
            this.entries = entries;
            this.version = version;
            this.readAt = readAt;
        }

        synchronized Tree tree() {
            Tree decoded = tree;
            if (decoded == null) {
                decoded = Tree.of(entries);
                tree = decoded;
            }
            return decoded;
        }
    }

    @Inject
    private Installed installed;

    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile @Nullable Known newest;

    /** What engines need, as {@link Directory#configuration}. Throws DirectoryException when it cannot be asked. */
    public List<Entry> configuration() {
        return newest().entries;
    }

    /** The same, decoded once for as long as it is the newest. */
    public Tree tree() {
        return newest().tree();
    }

    private Known newest() {
        Directory directory = installed.directory();
        long version = directory.configVersion();
        Known known = newest;
        if (known == null || known.version != version) {
            return read(directory, version);
        }
        boolean stale = known.readAt.plus(FRESH_FOR).isBefore(installed.clock().instant());
        if (stale && reading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("configuration").start(() -> readAgain(directory, version));
        }
        return known;
    }

    private synchronized Known read(Directory directory, long version) {
        Known known = newest;
        if (known == null || known.version != version) {
            known = new Known(
                    directory.configuration(), version, installed.clock().instant());
            newest = known;
        }
        return known;
    }

    private void readAgain(Directory directory, long version) {
        try {
            newest = new Known(
                    directory.configuration(), version, installed.clock().instant());
        } catch (DirectoryException down) {
            // Whoever asks next is told so by the question for the number.
        } finally {
            reading.set(false);
        }
    }
}
