package org.posthouse.mailcore.engine;

import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells consoles, on the Host Server object, where this engine's status board is and what runs there.
 *
 * <p>The engine that holds the {@link HostLease} names its board; one that does not adds its own as a rival, for consoles
 * to show both.
 */
final class HostEntry {

    private static final Logger LOG = LoggerFactory.getLogger(HostEntry.class);

    private static final String BOARD = "posthouseStatusUrl";
    private static final String ENGINE = "posthouseEngine";
    private static final String RIVAL = "posthouseRivalUrl";

    private final Supplier<Directory> directory;
    private final BooleanSupplier older;
    private final String board;
    private final Map<String, List<String>> wanted;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Set<Place> written = new HashSet<>();

    /** Writes to this directory; while it is older than the settings in use, without handing out a revision. */
    HostEntry(Supplier<Directory> directory, BooleanSupplier older, URI board, String version) {
        this.directory = directory;
        this.older = older;
        this.board = board.toString();
        this.wanted = Map.of(
                BOARD, List.of(this.board),
                ENGINE, List.of("Posthouse " + version + ", Java " + Runtime.version()));
    }

    /** An address of a host as other hosts see it; empty where its engine has said none but its loopback. */
    static Optional<InetAddress> address(Entry host) {
        try {
            return host.value(BOARD)
                    .map(url -> String.valueOf(URI.create(url).getHost()).replaceAll("[\\[\\]]", ""))
                    .map(InetAddress::ofLiteral)
                    .filter(address -> !address.isLoopbackAddress());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * Writes what differs, in the background: nothing waits for it, and the next change would try again.
     *
     * @param serves whether this engine serves the host
     */
    void announce(List<Entry> hosts, boolean serves) {
        hosts.stream()
                .filter(host -> serves ? differs(host) : !isRival(host))
                .map(Entry::place)
                .forEach(host -> Thread.ofVirtual().name("host entry").start(() -> write(host, serves)));
    }

    private void write(Place place, boolean serves) {
        oneAtATime.lock();
        try {
            directory.get().read(place).ifPresent(host -> {
                if (serves && differs(host)) {
                    save(host);
                } else if (!serves && !isRival(host)) {
                    compete(host);
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

    private boolean isRival(Entry host) {
        return host.values(RIVAL).contains(board);
    }

    private void compete(Entry host) {
        change(
                host,
                Map.of(
                        RIVAL,
                        Stream.concat(host.values(RIVAL).stream(), Stream.of(board))
                                .toList()));
        written.add(host.place());
    }

    // Rivals that still run say so again.
    private void save(Entry host) {
        var all = new HashMap<>(wanted);
        all.put(RIVAL, List.of());
        change(host, all);
        written.add(host.place());
    }

    private void change(Entry host, Map<String, List<String>> after) {
        var before = new HashMap<String, List<String>>();
        after.keySet().forEach(attribute -> before.put(attribute, host.values(attribute)));
        if (older.getAsBoolean()) {
            directory.get().mark(host.place(), after);
        } else {
            directory.get().save(host.place(), before, after, host.revision());
        }
    }

    /** Leaves the object to the other engine, before this one stops, where there are two. */
    void withdraw() {
        oneAtATime.lock();
        try {
            written.forEach(place -> directory
                    .get()
                    .read(place)
                    .filter(host -> !host.values(RIVAL).isEmpty())
                    .ifPresent(this::leave));
        } catch (DirectoryException refused) {
            LOG.info("The Host Server object could not be written: {}", refused.getMessage());
        } finally {
            oneAtATime.unlock();
        }
    }

    // Whoever finds no board named will name its own.
    private void leave(Entry host) {
        List<String> others =
                host.values(RIVAL).stream().filter(each -> !each.equals(board)).toList();
        boolean named = host.value(BOARD).filter(board::equals).isPresent();
        change(host, named ? Map.of(BOARD, List.of(), RIVAL, others) : Map.of(RIVAL, others));
    }
}
