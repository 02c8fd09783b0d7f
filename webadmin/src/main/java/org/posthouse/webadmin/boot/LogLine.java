package org.posthouse.webadmin.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One event, one line: time with zone, level, who says it, what. A stack trace follows only where one was logged. */
final class LogLine extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    @Override
    public String format(LogRecord line) {
        var time = TIME.format(line.getInstant().atZone(ZoneId.systemDefault()));
        var text = time + " " + line.getLevel() + " " + shortName(String.valueOf(line.getLoggerName())) + ": "
                + oneLine(formatMessage(line)) + System.lineSeparator();
        var thrown = line.getThrown();
        if (thrown == null) {
            return text;
        }
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return text + trace;
    }

    private static String shortName(String logger) {
        return logger.replace("org.posthouse.", "");
    }

    // A peer's text may stand in a message: a line break in it must not look like a second event.
    private static String oneLine(String message) {
        return message.strip().replace("\r", "\\r").replace("\n", "\\n");
    }
}
