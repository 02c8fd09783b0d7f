package org.posthouse.mailcore.ims;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The log of an engine that runs alone: a file of plain lines, ten of 10 MB in turn. */
final class Log {

    private static final int FULL = 10 << 20;
    private static final int KEPT = 10;

    private Log() {}

    /** Sends all that is logged to a file in this folder, and nothing to the terminal. Returns the file. */
    static Path in(Path folder) {
        Path file = folder.resolve("ims.%g.log");
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n");
        LogManager.getLogManager().reset();
        try {
            var handler = new FileHandler(file.toString(), FULL, KEPT, true);
            handler.setFormatter(new SimpleFormatter());
            Logger.getLogger("").addHandler(handler);
            return folder.resolve("ims.0.log");
        } catch (IOException unwritable) {
            throw new IllegalStateException(
                    "The log in " + folder + " cannot be written: " + unwritable.getMessage(), unwritable);
        }
    }
}
