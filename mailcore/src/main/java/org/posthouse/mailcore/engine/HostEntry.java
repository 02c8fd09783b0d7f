package org.posthouse.mailcore.engine;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells consoles, on the Host Server object, where this engine's status board is and what runs there. */
final class HostEntry {

    private static final Logger LOG = LoggerFactory.getLogger(HostEntry.class);

    private final Supplier<Directory> directory;
    private final Map<String, List<String>> wanted;

    HostEntry(Supplier<Directory> directory, URI board, String version) {
        this.directory = directory;
        this.wanted = Map.of(
                "posthouseStatusUrl", List.of(board.toString()),
                "posthouseEngine", List.of("Posthouse " + version + ", Java " + Runtime.version()));
    }

    /** Writes what differs, in the background: nothing waits for it, and the next change would try again. */
    void announce(List<Entry> hosts) {
        hosts.stream()
                .filter(host -> wanted.entrySet().stream()
                        .anyMatch(each -> !host.values(each.getKey()).equals(each.getValue())))
                .forEach(host -> Thread.ofVirtual().name("host entry").start(() -> save(host)));
    }

    private void save(Entry host) {
        try {
            var before = Map.of(
                    "posthouseStatusUrl", host.values("posthouseStatusUrl"),
                    "posthouseEngine", host.values("posthouseEngine"));
            directory.get().save(host.place(), before, wanted, host.revision());
        } catch (DirectoryException refused) {
            LOG.info("The Host Server object could not be written: {}", refused.getMessage());
        }
    }
}
