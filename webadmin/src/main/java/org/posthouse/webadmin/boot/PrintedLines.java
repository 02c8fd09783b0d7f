package org.posthouse.webadmin.boot;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What libraries print instead of logging it: each line becomes a log line, so that the terminal stays ours. */
final class PrintedLines extends OutputStream {
    private static final int LONGEST = 8192;

    private final Logger logger;
    private final Level level;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    PrintedLines(Logger logger, Level level) {
        this.logger = logger;
        this.level = level;
    }

    PrintStream stream() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int octet) {
        if (octet != '\n') {
            line.write(octet);
        }
        if (octet == '\n' || line.size() == LONGEST) {
            var text = line.toString(StandardCharsets.UTF_8).strip();
            line.reset();
            if (!text.isEmpty()) {
                logger.log(level, text);
            }
        }
    }
}
