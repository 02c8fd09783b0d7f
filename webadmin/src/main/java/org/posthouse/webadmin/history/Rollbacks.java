package org.posthouse.webadmin.history;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.file.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one pending decision about a directory that is older than the history, kept in a file until it is made. While it is
 * pending, this console changes nothing except by carrying it out. Safe for use by several threads.
 */
public final class Rollbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Rollbacks.class);

    private final Path file;
    private final DirectoryIdentity identity;
    private @Nullable Rollback pending;
    private boolean deciding;

    Rollbacks(Path file) throws IOException {
        this.file = file;
        this.identity = new DirectoryIdentity(file.resolveSibling("directory-identity"));
        this.pending = Files.exists(file) ? read(file) : null;
    }

    private static Rollback read(Path file) throws IOException {
        var text = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            text.load(in);
            return new Rollback(
                    Long.parseLong(text.getProperty("entry", "0")),
                    Long.parseLong(text.getProperty("shown", "0")),
                    Long.parseLong(text.getProperty("known", "0")),
                    Instant.parse(text.getProperty("since", Instant.EPOCH.toString())));
        } catch (IllegalArgumentException | java.time.DateTimeException damaged) {
            throw new IOException(file + " cannot be read", damaged);
        }
    }

    /** Which directory the history is about; a decision may make it another one. */
    DirectoryIdentity identity() {
        return identity;
    }

    /** The decision that is pending. */
    public synchronized Optional<Rollback> pending() {
        return Optional.ofNullable(pending);
    }

    /** A decision is pending from now on. */
    synchronized void open(Rollback rollback) throws IOException {
        var text = new Properties();
        text.setProperty("entry", Long.toString(rollback.entry()));
        text.setProperty("shown", Long.toString(rollback.shown()));
        text.setProperty("known", Long.toString(rollback.known()));
        text.setProperty("since", rollback.since().toString());
        var lines = new StringWriter();
        text.store(lines, null);
        AtomicFile.replace(file, lines.toString());
        pending = rollback;
    }

    /** The decision is made. */
    synchronized void close() {
        identity.forget();
        try {
            AtomicFile.delete(file);
        } catch (IOException unwritable) {
            LOG.warn("{} cannot be deleted: {}", file, unwritable.toString());
        }
        pending = null;
    }

    /** Carries the decision out: until it returns or throws, this console may change the directory. */
    public void decide(Runnable decision) {
        synchronized (this) {
            if (deciding) {
                throw new Unwilling(
                        "The directory is being restored or accepted right now.", new IllegalStateException());
            }
            deciding = true;
        }
        try {
            decision.run();
            close();
        } finally {
            synchronized (this) {
                deciding = false;
            }
        }
    }

    /** Whether the decision is being carried out. */
    synchronized boolean isDeciding() {
        return deciding;
    }

    /** Throws Unwilling while a decision is pending and not being carried out. */
    synchronized void guard() {
        Rollback open = pending;
        if (open != null && !deciding) {
            String what = open.isOther()
                    ? "This is not the directory that the history is about"
                    : "The directory is older than its history";
            throw new Unwilling(
                    what + ": it shows revision " + open.shown() + ", and the history knows revision " + open.known()
                            + ". Restore the directory or accept it as it is first.",
                    new IllegalStateException());
        }
    }
}
