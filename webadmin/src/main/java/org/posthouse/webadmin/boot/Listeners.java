package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.ObjectName;
import org.glassfish.embeddable.CommandResult;
import org.glassfish.embeddable.CommandRunner;
import org.glassfish.embeddable.GlassFishException;

/**
 * The network listeners of the running Payara. They come and go by its own administration commands, each by itself, so
 * that a new one answers before an old one goes.
 */
final class Listeners implements ListenersMXBean, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Listeners.class.getName());
    private static final String NAME = "org.posthouse:type=Listeners";
    private static final String CONFIGURED =
            "configs.config.server-config.network-config.network-listeners.network-listener.";

    private final Console console;
    private final Home home;
    private final List<String> fixed;
    private final Map<String, String> open = new LinkedHashMap<>();
    private int made;
    private String main;
    private boolean up;

    /** Those of {@code domain.xml}, by their URLs. */
    Listeners(Console console, Home home, Where where) {
        this.console = console;
        this.home = home;
        this.fixed = where.fixed();
        this.main = where.url();
        if (where.http()) {
            open.put(where.httpUrl(), "http-listener");
        }
        open.put(where.httpsUrl(), "https-listener");
    }

    /** Lets the console find it. */
    Listeners register() {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
            return this;
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public synchronized List<String> getOpen() {
        return new ArrayList<>(open.keySet());
    }

    @Override
    public synchronized void open(String url) throws IOException {
        if (open.containsKey(url)) {
            return;
        }
        var address = URI.create(url);
        // Payara reports success for a port it could not have.
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host(address)), address.getPort()));
        }
        var name = address.getScheme() + "-" + ++made;
        run(
                "create-network-listener",
                "--listenerport=" + address.getPort(),
                "--address=" + host(address),
                "--protocol=" + address.getScheme() + "-listener",
                "--transport=tcp",
                "--threadpool=http-thread-pool",
                name);
        open.put(url, name);
        watchPorts();
        LOG.log(Level.INFO, "The console listens on {0}", url);
    }

    @Override
    public synchronized void close(String url) throws IOException {
        var name = open.get(url);
        if (name != null) {
            // Payara forgets a listener that is deleted but goes on listening; one that is switched off it closes.
            run("set", CONFIGURED + name + ".enabled=false");
            run("delete-network-listener", name);
            open.remove(url);
            LOG.log(Level.INFO, "The console no longer listens on {0}", url);
        }
    }

    private void watchPorts() throws IOException {
        try {
            console.watchPorts();
        } catch (GlassFishException changed) {
            throw new IOException(changed);
        }
    }

    private void run(String command, String... words) throws IOException {
        var result = runner().run(command, words);
        if (result.getExitStatus() == CommandResult.ExitStatus.FAILURE) {
            throw new IOException(command + ": " + result.getOutput(), result.getFailureCause());
        }
    }

    private CommandRunner runner() throws IOException {
        try {
            return console.commands();
        } catch (GlassFishException closed) {
            throw new IOException(closed);
        }
    }

    @Override
    public List<String> getFixed() {
        return fixed;
    }

    @Override
    public synchronized void announce(String url) {
        main = url;
        if (up) {
            home.announce(ProcessHandle.current().pid(), main);
        }
    }

    /** Announces from now on: all of this host has started. */
    synchronized void up() {
        up = true;
        announce(main);
    }

    @Override
    public void remember(String address, int httpPort, int httpsPort, boolean http, boolean redirect) {
        home.write(Where.FILE, new Where(address, httpPort, httpsPort, http, redirect, fixed).text());
    }

    // A URL has brackets around an IPv6 address.
    private static String host(URI address) {
        return address.getHost().replaceAll("[\\[\\]]", "");
    }

    @Override
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
        } catch (JMException gone) {
            LOG.log(Level.FINE, "Not registered", gone);
        }
    }
}
