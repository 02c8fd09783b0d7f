package org.posthouse.mailcore.engine;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells consoles, on the Host Server object, where this engine's status board is and what runs there.
 *
 * <p>Written once for a run. An engine that finds another's board there afterwards leaves it and says so: two that
 * corrected each other would fill the directory with changes.
 */
final class HostEntry {

    private static final Logger LOG = LoggerFactory.getLogger(HostEntry.class);

    private static final String BOARD = "posthouseStatusUrl";
    private static final String ENGINE = "posthouseEngine";

    private final Supplier<Directory> directory;
    private final Map<String, List<String>> wanted;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Set<Place> written = new HashSet<>();
    private final Set<String> rivals = new HashSet<>();

    HostEntry(Supplier<Directory> directory, URI board, String version) {
        this.directory = directory;
        this.wanted = Map.of(
                BOARD, List.of(board.toString()),
                ENGINE, List.of("Posthouse " + version + ", Java " + Runtime.version()));
    }

    /** Writes what differs, in the background: nothing waits for it, and the next change would try again. */
    void announce(List<Entry> hosts) {
        hosts.stream()
                .filter(this::differs)
                .map(Entry::place)
                .forEach(host -> Thread.ofVirtual().name("host entry").start(() -> write(host)));
    }

    private void write(Place place) {
        oneAtATime.lock();
        try {
            directory.get().read(place).filter(this::differs).ifPresent(host -> {
                if (written.contains(place) && host.value(BOARD).isPresent()) {
                    complain(host);
                } else {
                    save(host);
                }
            });
        } catch (DirectoryException refused) {
            LOG.info("The Host Server object could not be written: {}", refused.getMessage());
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean differs(Entry host) {
        return wanted.entrySet().stream()
                .anyMatch(each -> !host.values(each.getKey()).equals(each.getValue()));
    }

    private void complain(Entry host) {
        String board = host.value(BOARD).orElse("");
        if (rivals.add(board)) {
            LOG.warn(
                    "Another engine runs as host {}, with its status board at {}. Only one engine may run the messaging "
                            + "servers of a host: stop one of them, or start it with another --host-name.",
                    host.name(),
                    board);
        }
    }

    private void save(Entry host) {
        var before = Map.of(BOARD, host.values(BOARD), ENGINE, host.values(ENGINE));
        directory.get().save(host.place(), before, wanted, host.revision());
        written.add(host.place());
    }
}
