package org.posthouse.mailcore.snmp;

import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.ServerBoard;
import org.posthouse.mailcore.status.Standing;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.schema.status.State;
import org.snmp4j.smi.OID;

/**
 * The system group (RFC 3418), the Network Services Monitoring MIB (RFC 2788) with a row for the server and one for each
 * agent, and the Mail Monitoring MIB (RFC 2789) with a row for the server's queue. What is not counted is not there.
 */
final class StandardMibs {

    static final OID SYSTEM = new OID("1.3.6.1.2.1.1");
    private static final OID APPLICATION = new OID("1.3.6.1.2.1.27.1.1");
    private static final OID MTA = new OID("1.3.6.1.2.1.28.1.1");
    /** The application layer alone, RFC 3418 sysServices. */
    private static final int APPLICATION_LAYER = 64;

    private StandardMibs() {}

    static void put(Cells cells, Watched watched) {
        system(cells, watched);
        watched.board().ifPresent(board -> {
            application(cells, watched, 1, board.place().leaf(), board.standing(), Map.of());
            board.agents()
                    .forEach(agent -> application(
                            cells,
                            watched,
                            PosthouseMib.row(agent.kind()),
                            board.place().leaf() + " " + agent.kind().label(),
                            agent.standing(),
                            agent.live().get().figures()));
            mta(cells, board);
        });
    }

    private static void system(Cells cells, Watched watched) {
        String name = watched.settings().server().name();
        String organization = watched.page().snmpOrganization();
        cells.text(
                scalar(1),
                "Posthouse " + watched.version() + ", messaging server " + name
                        + (organization.isBlank() ? "" : ", " + organization));
        cells.put(scalar(2), PosthouseMib.ROOT);
        cells.ticks(scalar(3), watched.ticks(watched.now()));
        cells.text(scalar(4), watched.page().snmpContact());
        cells.text(
                scalar(5),
                watched.page().snmpName().isBlank() ? name : watched.page().snmpName());
        cells.text(scalar(6), watched.page().snmpLocation());
        cells.number(scalar(7), APPLICATION_LAYER);
    }

    private static OID scalar(int number) {
        return Cells.cell(SYSTEM, number, 0);
    }

    private static void application(
            Cells cells, Watched watched, int row, String name, Standing standing, Map<String, Long> figures) {
        cells.text(Cells.cell(APPLICATION, 2, row), name);
        cells.text(Cells.cell(APPLICATION, 4, row), watched.version());
        cells.ticks(Cells.cell(APPLICATION, 5, row), watched.ticks(standing.obeyedAt()));
        cells.number(Cells.cell(APPLICATION, 6, row), operating(standing.state()));
        cells.ticks(Cells.cell(APPLICATION, 7, row), watched.ticks(standing.obeyedAt()));
        if (figures.containsKey("sessions")) {
            cells.gauge(Cells.cell(APPLICATION, 8, row), figures.getOrDefault("sessions", 0L));
            cells.counter(Cells.cell(APPLICATION, 10, row), figures.getOrDefault("accepted", 0L));
        }
        if (figures.containsKey("refused")) {
            cells.counter(Cells.cell(APPLICATION, 14, row), figures.getOrDefault("refused", 0L));
        }
        cells.text(Cells.cell(APPLICATION, 16, row), standing.reason());
    }

    // RFC 2788 applOperStatus: up(1), down(2), halted(3), congested(4), restarting(5), quiescing(6).
    private static int operating(State state) {
        return switch (state) {
            case RUNNING, IDLE -> 1;
            case FAILED, REFUSED, BROKEN, WAITING -> 2;
            case DISABLED, STOPPED, UNKNOWN -> 3;
            case STARTING -> 5;
            case STOPPING -> 6;
        };
    }

    private static void mta(Cells cells, ServerBoard board) {
        Map<String, Long> queue = board.queue().get();
        if (queue.isEmpty()) {
            return;
        }
        cells.counter(Cells.cell(MTA, 1, 1), queue.getOrDefault("taken", 0L));
        cells.gauge(Cells.cell(MTA, 2, 1), queue.getOrDefault("waiting", 0L));
        cells.counter(Cells.cell(MTA, 3, 1), queue.getOrDefault("delivered", 0L) + queue.getOrDefault("relayed", 0L));
        board.statistics().ifPresent(counted -> volumes(cells, counted));
    }

    // RFC 2789 2: volumes in units of 1,024 octets. What is stored now is counted in messages only.
    private static void volumes(Cells cells, Tally counted) {
        kilo(cells, 4, counted, Count.OCTETS_RECEIVED_LOCAL, Count.OCTETS_RECEIVED_REMOTE);
        kilo(cells, 6, counted, Count.OCTETS_STORED_LOCAL, Count.OCTETS_SENT_REMOTE);
        sum(counted, Count.RECIPIENTS_RECEIVED_LOCAL, Count.RECIPIENTS_RECEIVED_REMOTE)
                .ifPresent(sum -> cells.counter(Cells.cell(MTA, 7, 1), sum));
        sum(counted, Count.RECIPIENTS_STORED_LOCAL, Count.RECIPIENTS_SENT_REMOTE)
                .ifPresent(sum -> cells.counter(Cells.cell(MTA, 9, 1), sum));
    }

    private static void kilo(Cells cells, int column, Tally counted, Count... counts) {
        sum(counted, counts).ifPresent(octets -> cells.counter(Cells.cell(MTA, column, 1), octets / 1024));
    }

    private static OptionalLong sum(Tally counted, Count... counts) {
        return Stream.of(counts)
                .map(counted::of)
                .flatMapToLong(OptionalLong::stream)
                .reduce(Long::sum);
    }
}
