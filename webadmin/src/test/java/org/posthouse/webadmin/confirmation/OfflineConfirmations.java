package org.posthouse.webadmin.confirmation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.posthouse.schema.directory.Directory;

/** The confirmations of a console without a container: over a directory, with a folder of its own. */
public final class OfflineConfirmations extends Confirmations {

    private final Directory directory;
    private final Clock clock;

    /** Waits one minute for each change. */
    public OfflineConfirmations(Directory directory, Path folder, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        open(folder, clock, Duration.ofMinutes(1));
    }

    @Override
    Directory directory() {
        return directory;
    }

    @Override
    Clock clock() {
        return clock;
    }
}
