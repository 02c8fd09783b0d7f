package org.posthouse.mailcore.snmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.FolderSpace;
import org.posthouse.mailcore.status.ServerBoard;
import org.posthouse.schema.panel.ServerSnmp;
import org.posthouse.schema.value.AddressText;
import org.posthouse.schema.value.TrapDestination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * The SNMP side of one messaging server, as its page SNMP Configuration wants it: answers managers, and tells of trouble.
 *
 * <p>Names and destinations hold at once; another port, address or key opens a new port before the old one closes, unless
 * both are the same. It goes on while agents are down, for that is what it has to tell.
 */
public final class SnmpAgent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SnmpAgent.class);
    private static final Instant BOOTS_SINCE = Instant.parse("2020-01-01T00:00:00Z");
    // RFC 3411 5: the first bit says that the format is known; then the number of who gives names, and "octets".
    private static final byte[] ENGINE_PREFIX = {(byte) 0x80, 0, 0x1F, (byte) 0x88, 5};
    private static final int ENGINE_OCTETS = 12;

    private record Wanted(InetSocketAddress at, Keys keys) {}

    /**
     * Where it is.
     *
     * @param listening where the agents of this engine listen
     * @param board how the server stands now
     * @param free octets free on the volume of its files
     * @param folders the space of each of its folders
     * @param version of Posthouse
     * @param clock its clock
     */
    public record Surroundings(
            Listening listening,
            Supplier<Optional<ServerBoard>> board,
            LongSupplier free,
            Supplier<List<FolderSpace>> folders,
            String version,
            Clock clock) {}

    private final Supplier<Snapshot> inForce;
    private final Surroundings with;
    private final LiveTree tree;
    private final Instant since;
    private Trouble trouble = new Trouble();
    private @Nullable Wanted opened;
    private volatile @Nullable Door door;

    /** Nothing is opened yet. */
    public SnmpAgent(Supplier<Snapshot> inForce, Surroundings with) {
        this.inForce = inForce;
        this.with = with;
        this.since = with.clock().instant();
        this.tree = new LiveTree(this::cells, with.clock());
    }

    private Watched watched() {
        return new Watched(
                inForce.get(),
                with.board().get(),
                with.version(),
                with.free().getAsLong(),
                with.folders().get(),
                since,
                with.clock().instant());
    }

    private NavigableMap<OID, Variable> cells() {
        var cells = new Cells();
        Watched now = watched();
        StandardMibs.put(cells, now);
        PosthouseMib.put(cells, now);
        return cells.all();
    }

    /** Listens as these settings want it. Throws {@link AgentRefused} with the reason, and then nothing changed. */
    public void adopt(Snapshot now) {
        ServerSnmp page = now.server().page(ServerSnmp.class);
        if (!page.snmpEnabled() || !now.server().status().enabled()) {
            close();
            return;
        }
        var wanted = new Wanted(with.listening().at(now, page.snmpPort()), Keys.of(page));
        if (!wanted.equals(opened)) {
            reopen(wanted, now);
        }
    }

    /** Whether it listens. */
    public boolean isOpen() {
        return door != null;
    }

    private void reopen(Wanted wanted, Snapshot now) {
        Wanted before = opened;
        Door left = door;
        if (left != null && before != null && before.at().equals(wanted.at())) {
            left.close();
            left = null;
        }
        try {
            door = open(wanted, now);
            opened = wanted;
            LOG.info("SNMP of {} at {}", now.server().name(), wanted.at());
            tell(SnmpConstants.coldStart);
        } catch (IOException | RuntimeException refused) {
            if (left == null && before != null) {
                restore(before, now);
            }
            throw new AgentRefused(
                    "snmpPort",
                    "SNMP cannot listen at " + AddressText.of(wanted.at().getAddress()) + ":"
                            + wanted.at().getPort() + ": " + refused.getMessage() + ".");
        } finally {
            if (left != null && left != door) {
                left.close();
            }
        }
    }

    private Door open(Wanted wanted, Snapshot now) throws IOException {
        int boots = Math.toIntExact(
                Duration.between(BOOTS_SINCE, with.clock().instant()).toSeconds());
        return Door.open(
                wanted.at(), engine(now), boots, wanted.keys(), tree, () -> tell(SnmpConstants.authenticationFailure));
    }

    // What had to close first, because it was at the same port, opens again.
    private void restore(Wanted before, Snapshot now) {
        door = null;
        opened = null;
        try {
            door = open(before, now);
            opened = before;
        } catch (IOException | RuntimeException gone) {
            LOG.debug("SNMP of {} cannot continue as before", now.server().name(), gone);
        }
    }

    // Named after the server's place, so that it is the same wherever and whenever the server runs.
    private static byte[] engine(Snapshot now) {
        try {
            byte[] name = MessageDigest.getInstance("SHA-256")
                    .digest(now.server().place().toString().getBytes(UTF_8));
            byte[] engine = new byte[ENGINE_PREFIX.length + ENGINE_OCTETS];
            System.arraycopy(ENGINE_PREFIX, 0, engine, 0, ENGINE_PREFIX.length);
            System.arraycopy(name, 0, engine, ENGINE_PREFIX.length, ENGINE_OCTETS);
            return engine;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Looks whether something became worse, and tells it. */
    public synchronized void look() {
        if (door == null) {
            trouble = new Trouble();
            return;
        }
        trouble.since(watched()).forEach(news -> tell(news.kind(), news.details()));
    }

    private void tell(OID kind) {
        tell(kind, List.of());
    }

    // On a thread of its own: names of destinations are looked up, and whoever caused the news must not wait for that.
    private void tell(OID kind, List<VariableBinding> details) {
        Door out = door;
        List<TrapDestination> destinations =
                inForce.get().server().page(ServerSnmp.class).snmpTrapDestinations();
        if (out == null || destinations.isEmpty()) {
            return;
        }
        var what = new ArrayList<VariableBinding>(
                Door.beginning(Duration.between(since, with.clock().instant()).toMillis() / 10, kind));
        what.addAll(details);
        Thread.ofVirtual().name("snmp-notification").start(() -> out.tell(destinations, what));
    }

    @Override
    public void close() {
        Door left = door;
        door = null;
        opened = null;
        if (left != null) {
            left.close();
        }
    }
}
