package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.HttpsURLConnection;
import org.glassfish.embeddable.BootstrapProperties;
import org.glassfish.embeddable.CommandRunner;
import org.glassfish.embeddable.GlassFish;
import org.glassfish.embeddable.GlassFishException;
import org.glassfish.embeddable.GlassFishProperties;
import org.glassfish.embeddable.GlassFishRuntime;

/**
 * Payara Micro in this JVM with the console as its one application.
 *
 * <p>Started through the embedding API that Payara kept from GlassFish, with a {@code domain.xml} of ours: Micro's own
 * launcher would unpack itself, take over the logging, open a Hazelcast port and offer Payara's own pages. Payara's
 * modules lie on the class path of this JVM, so that the JDK's ahead-of-time cache covers them.
 */
final class Console implements AutoCloseable {
    private final GlassFish payara;
    private final RequestPaths paths = new RequestPaths();

    private Console(GlassFish payara) throws GlassFishException {
        this.payara = payara;
        watchPorts();
    }

    /** Has every request on a new port reach the console; to be called after a port is opened. */
    void watchPorts() throws GlassFishException {
        paths.watch(payara);
    }

    /**
     * Starts the container and the console in it; returns once the console answers.
     *
     * @param distribution where {@code payara/} and {@code console.war} are
     * @param root Payara's folder below the home
     */
    static Console start(Path distribution, Path root) {
        try {
            layOut(distribution.resolve("payara/config"), root);
            tellPayara(distribution, root);
            var bootstrap = new BootstrapProperties();
            bootstrap.setInstallRoot(root.toString());
            bootstrap.setProperty("GlassFish_Platform", "PayaraMicro");
            var runtime = GlassFishRuntime.bootstrap(bootstrap, Console.class.getClassLoader());
            var payara = runtime.newGlassFish(instance(root));
            payara.start();
            // Before anyone has reason to call: connections that are open by then keep their chain of filters.
            var console = new Console(payara);
            var name = payara.getDeployer()
                    .deploy(
                            distribution.resolve("console.war").toFile(),
                            "--name=console",
                            "--contextroot=/",
                            "--availabilityenabled=false");
            if (name == null) {
                payara.dispose();
                throw new Refusal("The console did not start. See the log.");
            }
            return console;
        } catch (GlassFishException | IOException failed) {
            throw new Refusal("The console did not start: " + failed.getMessage(), failed);
        }
    }

    /** For opening and closing ports of the running console. */
    CommandRunner commands() throws GlassFishException {
        return payara.getCommandRunner();
    }

    /**
     * Asks for a page as a browser would: compiles it, and shows that the console answers.
     *
     * @param keys where its own certificate is, which vouches for it over TLS
     */
    static int ask(String url, Path keys) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        if (connection instanceof HttpsURLConnection tls) {
            tls.setSSLSocketFactory(Certificate.only(keys).getSocketFactory());
            tls.setHostnameVerifier((name, session) -> true); // It is the one with our key, whatever it is called.
        }
        connection.setConnectTimeout(5_000);
        connection.setReadTimeout(30_000);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    @Override
    public void close() throws GlassFishException {
        payara.dispose();
    }

    private static GlassFishProperties instance(Path root) {
        var instance = new GlassFishProperties();
        instance.setProperty("-type", "MICRO");
        instance.setInstanceRoot(root.toString());
        instance.setConfigFileReadOnly(true);
        instance.setConfigFileURI(root.resolve("config/domain.xml").toUri().toString());
        return instance;
    }

    // Payara writes beside its settings, so each home has its copy; copied at each start, it never is an old one.
    private static void layOut(Path settings, Path root) throws IOException {
        Files.createDirectories(root.resolve("docroot"));
        Files.createDirectories(root.resolve("config"));
        try (var files = Files.list(settings)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var copy = root.resolve("config").resolve(file.getFileName().toString());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void tellPayara(Path distribution, Path root) {
        var config = root.resolve("config");
        say(
                "fish.payara.micro.BootJar",
                distribution.resolve("payara/micro.jar").toUri());
        say("com.sun.aas.instanceRoot", root);
        say("com.sun.aas.instanceRootURI", root.toUri());
        say("com.sun.aas.installRoot", root);
        say("com.sun.aas.installRootURI", root.toUri());
        say("java.security.auth.login.config", config.resolve("login.conf"));
        say("javax.net.ssl.keyStore", config.resolve("keystore.p12"));
        // Without it, nobody in this JVM could have the default context for TLS.
        say("javax.net.ssl.keyStorePassword", Certificate.STORE_PASSWORD);
        say("posthouse.key-store", config.resolve("keystore.p12"));
        // Payara would set a bundle of its own for the whole JVM; the JDK's is the one administrators keep.
        say("javax.net.ssl.trustStore", Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"));
        say(
                "com.sun.enterprise.config.config_environment_factory_class",
                "com.sun.enterprise.config.serverbeans.AppserverConfigEnvironmentFactory");
        say("org.glassfish.startupThreadPolicy", "FULLY_THREADED");
        say("org.jboss.weld.serialization.beanIdentifierIndexOptimization", "false");
        say("org.glassfish.grizzly.DEFAULT_MEMORY_MANAGER", "org.glassfish.grizzly.memory.HeapMemoryManager");
    }

    private static void say(String property, Object value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value.toString());
        }
    }
}
