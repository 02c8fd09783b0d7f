package org.posthouse.webadmin.boot;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The one log file of this JVM. Console, engine, directory and container all reach java.util.logging, so all their
 * lines come here. A full file is renamed {@code posthouse.log.1}, the older ones move up, the ninth is dropped.
 */
final class Log extends Handler {
    private static final long TEN_MEGABYTES = 10L << 20;
    private static final int KEPT = 9;

    // What Payara says about itself at each start is of no use to an administrator of a mail system.
    private static final String LEVELS = """
            .level=INFO
            javax.enterprise.level=WARNING
            javax.enterprise.system.security.ssl.level=SEVERE
            jakarta.enterprise.level=WARNING
            org.glassfish.level=WARNING
            com.sun.enterprise.level=WARNING
            fish.payara.level=WARNING
            io.opentelemetry.level=WARNING
            org.hibernate.validator.level=WARNING
            org.jboss.weld.level=WARNING
            org.primefaces.level=WARNING
            org.glassfish.grizzly.http2.level=SEVERE
            jakarta.enterprise.web.level=WARNING
            javax.enterprise.system.tools.deployment.dol.level=SEVERE
            """;

    private final Path file;
    private final long full;
    private OutputStream out;
    private long size;

    /** {@code full} octets and it is time for a new file. */
    Log(Path file, long full) throws IOException {
        this.file = file;
        this.full = full;
        this.out = open();
        setFormatter(new LogLine());
    }

    /** Before the home is known there is no file to log to, and the terminal is for plain words. */
    static void none() {
        LogManager.getLogManager().reset();
    }

    /** Sends everything this JVM logs or prints to the file, from now on. */
    static void to(Path file) {
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(LEVELS.getBytes(StandardCharsets.UTF_8)));
            Logger.getLogger("").addHandler(new Log(file, TEN_MEGABYTES));
            System.setOut(new PrintedLines(Logger.getLogger("stdout"), Level.INFO).stream());
            System.setErr(new PrintedLines(Logger.getLogger("stderr"), Level.WARNING).stream());
        } catch (IOException unusable) {
            throw new Refusal("Cannot write the log " + file + ": " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public synchronized void publish(LogRecord line) {
        if (!isLoggable(line)) {
            return;
        }
        try {
            var bytes = getFormatter().format(line).getBytes(StandardCharsets.UTF_8);
            if (size > 0 && size + bytes.length > full) {
                roll();
            }
            out.write(bytes);
            out.flush();
            size += bytes.length;
        } catch (IOException lost) {
            reportError("log " + file, lost, ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public synchronized void flush() {
        try {
            out.flush();
        } catch (IOException lost) {
            reportError("log " + file, lost, ErrorManager.FLUSH_FAILURE);
        }
    }

    // The log manager closes handlers in a shutdown hook of its own, beside ours; the last lines are still wanted.
    @Override
    public void close() {
        flush();
    }

    private void roll() throws IOException {
        out.close();
        for (int age = KEPT; age > 0; age--) {
            var from = age == 1 ? file : Path.of(file + "." + (age - 1));
            if (Files.exists(from)) {
                Files.move(from, Path.of(file + "." + age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        out = open();
    }

    private OutputStream open() throws IOException {
        var opened = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
        return new BufferedOutputStream(opened);
    }
}
