package org.posthouse.webadmin.page;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.posthouse.schema.tree.Entry;

/**
 * The configuration as it was read last, for the time that the directory is unavailable. Every administrator sees all of
 * it, so one copy serves all. Safe for use by several threads.
 */
@ApplicationScoped
public class KnownConfiguration {

    private List<Entry> entries = List.of();
    private Instant readAt = Instant.EPOCH;

    /** For CDI. */
    public KnownConfiguration() {}

    /** Keeps what was read just now, and returns it. */
    synchronized List<Entry> keep(List<Entry> read, Instant at) {
        entries = read;
        readAt = at;
        return read;
    }

    /** What was read last; nothing before the first time. */
    synchronized List<Entry> entries() {
        return entries;
    }

    /** When that was. */
    synchronized Instant readAt() {
        return readAt;
    }
}
