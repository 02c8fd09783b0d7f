package org.posthouse.webadmin.boot.directory;

import java.util.Set;
import java.util.function.BiConsumer;
import org.forgerock.i18n.LocalizableMessage;
import org.forgerock.opendj.ldap.DN;
import org.forgerock.opendj.server.config.server.ErrorLogPublisherCfg;
import org.jspecify.annotations.Nullable;
import org.opends.messages.BackendMessages;
import org.opends.messages.ConfigMessages;
import org.opends.messages.CoreMessages;
import org.opends.messages.Severity;
import org.opends.server.core.ServerContext;
import org.opends.server.loggers.ErrorLogPublisher;

/** Hands OpenDJ's errors and warnings to the product's own log. Lives inside the server's class loader. */
final class DirectoryLog extends ErrorLogPublisher<ErrorLogPublisherCfg> {

    // Known and meant: its own loggers are off, and workers are woken by an interrupt when it stops.
    private static final Set<Integer> NO_NEWS = Set.of(
            ConfigMessages.WARN_CONFIG_LOGGER_NO_ACTIVE_ACCESS_LOGGERS.ordinal(),
            ConfigMessages.WARN_CONFIG_LOGGER_NO_ACTIVE_ERROR_LOGGERS.ordinal(),
            CoreMessages.WARN_WORKER_WAITING_UNCAUGHT_EXCEPTION.ordinal());

    private static final Set<Severity> LOGGED = Set.of(Severity.ERROR, Severity.WARNING, Severity.NOTICE);

    // severity ("ERROR", "WARNING") and text
    private final BiConsumer<String, String> log;
    private volatile boolean indexMissing;

    DirectoryLog(BiConsumer<String, String> log) {
        this.log = log;
    }

    @Override
    public void initializeLogPublisher(ErrorLogPublisherCfg configuration, ServerContext context) {
        throw new UnsupportedOperationException("Made by hand, never by the configuration");
    }

    @Override
    public DN getDN() {
        return DN.valueOf("cn=Posthouse,cn=Loggers,cn=config");
    }

    @Override
    public void close() {
        // Holds nothing open.
    }

    @Override
    public void log(String category, Severity severity, LocalizableMessage message, @Nullable Throwable exception) {
        if (message.ordinal() == BackendMessages.NOTE_INDEX_ADD_REQUIRES_REBUILD.ordinal()) {
            indexMissing = true;
        } else if (severity != Severity.NOTICE && !NO_NEWS.contains(message.ordinal())) {
            log.accept(severity.name(), message.toString());
        }
    }

    // OpenDJ asks with an empty category to learn how loud java.util.logging must be. Told the truth it would then
    // replace the JVM's whole logging configuration, which is Payara's and the engine's too.
    @Override
    public boolean isEnabledFor(String category, Severity severity) {
        return !category.isEmpty() && LOGGED.contains(severity);
    }

    /** Whether an index was found at the start that does not know all entries. */
    boolean isIndexMissing() {
        return indexMissing;
    }
}
