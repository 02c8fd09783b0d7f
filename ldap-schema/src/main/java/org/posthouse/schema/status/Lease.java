package org.posthouse.schema.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * The right of one engine to serve a host, as it is written on the Host Server object: one line with blanks between.
 *
 * @param instance the engine's run: a new one at each start
 * @param since since when it serves the host
 * @param renewed when it last said that it is alive
 * @param process what names its process, for other processes of its machine; without blanks
 * @param board the address of its status board
 */
public record Lease(String instance, Instant since, Instant renewed, String process, String board) {

    /** The attribute of the Host Server that holds it. */
    public static final String ATTRIBUTE = "posthouseLease";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /** Reads one; empty for a text that is none, which holds nobody back. */
    public static Optional<Lease> of(String text) {
        List<String> parts = List.of(text.split(" "));
        try {
            return parts.size() == 5
                    ? Optional.of(new Lease(
                            parts.get(0),
                            Instant.parse(parts.get(1)),
                            Instant.parse(parts.get(2)),
                            parts.get(3),
                            parts.get(4)))
                    : Optional.empty();
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** The line as it is written. */
    public String text() {
        return String.join(" ", instance, since.toString(), renewed.toString(), process, board);
    }

    /** The same, renewed now. */
    public Lease renewed(Instant now) {
        return new Lease(instance, since, now, process, board);
    }

    /** Whether both are of the same engine. */
    public boolean isOf(Lease other) {
        return instance.equals(other.instance);
    }

    /** Since when, as people read it. */
    public String sinceText() {
        return MINUTE.format(since);
    }
}
