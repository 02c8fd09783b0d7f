package org.posthouse.mailcore.snmp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.posthouse.mailcore.status.FolderSpace;
import org.posthouse.mailcore.status.Machine;
import org.posthouse.mailcore.status.ServerBoard;
import org.posthouse.mailcore.status.Standing;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.snmp4j.smi.OID;

/** What only Posthouse has to tell: POSTHOUSE-MIB in docs/mib. Every figure of every agent is there by its name. */
final class PosthouseMib {

    // No number of our own is assigned yet: the branch that Net-SNMP keeps for private use (decision 0020).
    static final OID ROOT = new OID("1.3.6.1.4.1.8072.9999.9999.3501");
    static final OID AGENT_DOWN = new OID(ROOT).append("0.1");
    static final OID DISK_LOW = new OID(ROOT).append("0.2");
    static final OID ILLEGAL_ACCESS = new OID(ROOT).append("0.3");
    static final OID DISK_FILLING = new OID(ROOT).append("0.4");
    static final OID DISK_FREE = new OID(ROOT).append("1.5.0");
    private static final OID SERVER = new OID(ROOT).append("1");
    private static final OID AGENTS = new OID(ROOT).append("2.1");
    private static final OID FIGURES = new OID(ROOT).append("3.1");
    private static final OID FOLDERS = new OID(ROOT).append("5.1");
    private static final int SERVER_ROW = 1;

    // The place in this list is the row: it grows at its end alone.
    private static final List<String> FOLDER_ROWS =
            List.of("home", Machine.DIRECTORY, "history", "dbfDirectory", "messageStore", "tempDirectory");

    private PosthouseMib() {}

    /** The row of an agent in every table; the server itself has row 1. */
    static int row(Kind agent) {
        return agent.agentType().mibRow();
    }

    static OID agentName(Kind agent) {
        return Cells.cell(AGENTS, 2, row(agent));
    }

    static OID agentReason(Kind agent) {
        return Cells.cell(AGENTS, 6, row(agent));
    }

    static void put(Cells cells, Watched watched) {
        cells.text(scalar(1), watched.settings().server().name());
        cells.gauge(scalar(5), Math.max(0, watched.free() >> 10));
        watched.folders().forEach(folder -> folder(cells, folder, watched.now()));
        watched.board().ifPresent(board -> {
            Standing standing = board.standing();
            cells.number(scalar(2), number(standing.state()));
            cells.large(scalar(3), standing.wanted());
            cells.large(scalar(4), standing.obeyed());
            figures(cells, SERVER_ROW, board.queue().get());
            board.agents().forEach(agent -> agent(cells, agent));
        });
    }

    private static OID scalar(int number) {
        return Cells.cell(SERVER, number, 0);
    }

    private static void agent(Cells cells, ServerBoard.AgentBoard agent) {
        int row = row(agent.kind());
        Standing standing = agent.standing();
        cells.text(Cells.cell(AGENTS, 2, row), agent.kind().label());
        cells.number(Cells.cell(AGENTS, 3, row), number(standing.state()));
        cells.large(Cells.cell(AGENTS, 4, row), standing.wanted());
        cells.large(Cells.cell(AGENTS, 5, row), standing.obeyed());
        cells.text(Cells.cell(AGENTS, 6, row), standing.reason());
        figures(cells, row, agent.live().get().figures());
    }

    private static int code(FolderSpace.State state) {
        return switch (state) {
            case ENOUGH -> 1;
            case LOW -> 2;
            case FULL -> 3;
            case UNKNOWN -> 4;
        };
    }

    private static void folder(Cells cells, FolderSpace folder, Instant now) {
        int row = folderRow(folder);
        cells.text(Cells.cell(FOLDERS, 2, row), folder.use());
        cells.text(folderPath(folder), folder.path().toString());
        cells.gauge(Cells.cell(FOLDERS, 4, row), folder.free() >> 20);
        cells.gauge(Cells.cell(FOLDERS, 5, row), folder.total() >> 20);
        cells.number(Cells.cell(FOLDERS, 6, row), code(folder.state()));
        cells.number(folderHoursLeft(folder), hoursLeft(folder, now));
        cells.gauge(Cells.cell(FOLDERS, 8, row), folder.perDay() >> 20);
    }

    private static int folderRow(FolderSpace folder) {
        return FOLDER_ROWS.indexOf(folder.use()) + 1;
    }

    static OID folderPath(FolderSpace folder) {
        return Cells.cell(FOLDERS, 3, folderRow(folder));
    }

    static OID folderHoursLeft(FolderSpace folder) {
        return Cells.cell(FOLDERS, 7, folderRow(folder));
    }

    /** The hours until the space is used up at the present rate; -1 without a forecast. */
    static int hoursLeft(FolderSpace folder, Instant now) {
        return folder.fullAt()
                .map(at -> (int) Math.max(0, Duration.between(now, at).toHours()))
                .orElse(-1);
    }

    // In the order of their names, which are what counts; a number of their own they have not.
    private static void figures(Cells cells, int row, Map<String, Long> figures) {
        int number = 1;
        for (Map.Entry<String, Long> figure : new TreeMap<>(figures).entrySet()) {
            cells.text(Cells.cell(FIGURES, 3, row, number), figure.getKey());
            cells.large(Cells.cell(FIGURES, 4, row, number), figure.getValue());
            number++;
        }
    }

    // POSTHOUSE-MIB PosthouseState.
    private static int number(State state) {
        return switch (state) {
            case RUNNING -> 1;
            case STARTING -> 2;
            case STOPPING -> 3;
            case STOPPED -> 4;
            case DISABLED -> 5;
            case FAILED -> 6;
            case REFUSED -> 7;
            case BROKEN, UNKNOWN -> 8;
            case IDLE -> 9;
            case WAITING -> 10;
        };
    }
}
