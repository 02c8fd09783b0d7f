package org.posthouse.webadmin.boot.directory;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.forgerock.i18n.LocalizableMessage;
import org.forgerock.opendj.config.server.ConfigException;
import org.forgerock.opendj.ldap.DN;
import org.forgerock.opendj.ldap.ResultCode;
import org.forgerock.opendj.reactive.LDAPConnectionHandler2;
import org.forgerock.opendj.server.config.server.LDAPConnectionHandlerCfg;
import org.opends.server.backends.RebuildConfig;
import org.opends.server.backends.RebuildConfig.RebuildMode;
import org.opends.server.core.DirectoryServer;
import org.opends.server.loggers.ErrorLogger;
import org.opends.server.protocols.internal.InternalClientConnection;
import org.opends.server.tasks.TaskUtils;
import org.opends.server.types.DirectoryEnvironmentConfig;
import org.opends.server.types.DirectoryException;
import org.opends.server.types.InitializationException;
import org.opends.server.util.StaticUtils;

/**
 * Starts OpenDJ, inside the class loader that holds it. The only class of ours that names OpenDJ; the outside calls it
 * through {@link BiFunction} and must never touch its static state, which each loader has for itself.
 *
 * <p>OpenDJ's own start-up would also open an administration port with TLS, self-made certificates and a second
 * provider of cryptography. So its connection handlers are switched off, and the one that listens for LDAP is
 * introduced here, after the root entry is there.
 */
public final class OpenDjServer implements BiFunction<Path, BiConsumer<String, String>, AutoCloseable> {

    private static final LocalizableMessage GOODBYE = LocalizableMessage.raw("Posthouse stops");
    private static final String TREE = "posthouse";

    /**
     * @param folder the instance's folder, furnished and configured
     * @param log takes severity and text of each warning, error and notice worth reading
     */
    @Override
    public AutoCloseable apply(Path folder, BiConsumer<String, String> log) {
        try {
            var lines = new DirectoryLog(log);
            ErrorLogger.getInstance().addLogPublisher(lines);
            var server = DirectoryServer.reinitialize(environment(folder.toFile()));
            server.startServer();
            takeHook(server);
            if (lines.isIndexMissing()) {
                log.accept("NOTICE", "Building indexes that are new in this version of Posthouse");
                fillIndexes(server);
            }
            plantRoot(DN.valueOf(EmbeddedDirectory.ROOT));
            var handlers = listen(server);
            return () -> stop(handlers);
        } catch (InitializationException | ConfigException | DirectoryException failure) {
            stop();
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    private static DirectoryEnvironmentConfig environment(File folder) throws InitializationException {
        var environment = new DirectoryEnvironmentConfig(false);
        environment.setServerRoot(folder);
        environment.setInstanceRoot(folder);
        environment.setMaintainConfigArchive(false);
        environment.setForceDaemonThreads(true);
        environment.setDisableConnectionHandlers(true);
        environment.setProperty("org.opends.server.DisableAdminDataSynchronization", "true");
        environment.setProperty("org.opends.server.DisableSynchronization", "true");
        return environment;
    }

    // At the end of the JVM this hook would shut the directory while the engine still writes its last words to it.
    // Whoever started us closes us, in the right order.
    private static void takeHook(DirectoryServer server) {
        try {
            var field = DirectoryServer.class.getDeclaredField("shutdownHook");
            field.setAccessible(true);
            Runtime.getRuntime().removeShutdownHook((Thread) field.get(server));
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("This is not the OpenDJ that Posthouse was built with", changed);
        }
    }

    // A version of Posthouse that brings a new index finds entries that are not in it; until filled it is not used.
    private static void fillIndexes(DirectoryServer server)
            throws InitializationException, ConfigException, DirectoryException {
        var context = server.getServerContext();
        var wanted = new RebuildConfig();
        wanted.setBaseDN(DN.valueOf(EmbeddedDirectory.ROOT));
        wanted.setRebuildMode(RebuildMode.DEGRADED);
        wanted.setTmpDirectory("import-tmp");
        var tree = context.getBackendConfigManager().getLocalBackendById(TREE);
        TaskUtils.disableBackend(TREE);
        tree.rebuildBackend(wanted, context);
        TaskUtils.enableBackend(TREE);
    }

    private static void plantRoot(DN root) throws DirectoryException {
        if (DirectoryServer.getEntry(root) != null) {
            return;
        }
        var added = InternalClientConnection.getRootConnection().processAdd(StaticUtils.createEntry(root));
        if (!added.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new DirectoryException(
                    added.getResultCode(), added.getErrorMessage().toMessage());
        }
    }

    private static List<LDAPConnectionHandler2> listen(DirectoryServer server)
            throws ConfigException, InitializationException {
        var context = server.getServerContext();
        var handlers = new ArrayList<LDAPConnectionHandler2>();
        for (var name : context.getRootConfig().listConnectionHandlers()) {
            var wanted = (LDAPConnectionHandlerCfg) context.getRootConfig().getConnectionHandler(name);
            var handler = new LDAPConnectionHandler2();
            handler.initializeConnectionHandler(context, wanted);
            DirectoryServer.registerConnectionHandler(handler);
            handler.start();
            handlers.add(handler);
        }
        return handlers;
    }

    // OpenDJ's own order leaves the port open for another second: its listener sleeps that long between two looks.
    // Awake it may be busy with its sockets, and an interrupt would hit those.
    private static void stop(List<LDAPConnectionHandler2> handlers) throws InterruptedException {
        for (var handler : handlers) {
            DirectoryServer.deregisterConnectionHandler(handler);
            handler.finalizeConnectionHandler(GOODBYE);
            if (handler.getState() == Thread.State.TIMED_WAITING) {
                handler.interrupt();
            }
        }
        for (var handler : handlers) {
            handler.join(Duration.ofSeconds(5));
        }
        stop();
    }

    private static void stop() {
        DirectoryServer.shutDown(OpenDjServer.class.getName(), GOODBYE);
    }
}
