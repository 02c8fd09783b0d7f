package org.posthouse.mailcore.snmp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.FolderSpace;
import org.posthouse.mailcore.status.ServerBoard;
import org.posthouse.schema.panel.ServerSnmp;

/**
 * What there is to tell of a messaging server at one moment.
 *
 * @param settings in force
 * @param board how the server and its agents stand; empty before the first word
 * @param version of Posthouse
 * @param free octets free on the volume of its files; negative when nobody knows
 * @param folders the space of its folders
 * @param since when the SNMP agent began
 * @param now the moment
 */
record Watched(
        Snapshot settings,
        Optional<ServerBoard> board,
        String version,
        long free,
        List<FolderSpace> folders,
        Instant since,
        Instant now) {

    private static final Duration DAYS_AHEAD = Duration.ofDays(7);

    /** The folders that are full within a week at the present rate. */
    List<FolderSpace> filling() {
        return folders.stream()
                .filter(folder -> folder.fullAt()
                        .filter(at -> at.isBefore(now.plus(DAYS_AHEAD)))
                        .isPresent())
                .toList();
    }

    ServerSnmp page() {
        return settings.server().page(ServerSnmp.class);
    }

    /** Hundredths of a second since the SNMP agent began, up to a moment: RFC 2579 TimeTicks. */
    long ticks(Instant until) {
        return Math.max(0, Duration.between(since, until).toMillis() / 10);
    }
}
