package org.posthouse.webadmin.listener;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports of the running container, which the program around it opens and closes by JMX. */
public final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final String NAME = "org.posthouse:type=Listeners";
    private static final String TEXT = String.class.getName();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;

    /** Those of this JVM. */
    public Listeners() {
        try {
            name = new ObjectName(NAME);
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether a program is there that can open and close them. */
    public boolean isThere() {
        return server.isRegistered(name);
    }

    /** What is listened at now; nothing when {@link #isThere} says no. */
    public Set<Endpoint> open() {
        return Stream.of(texts("Open")).map(Endpoint::of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The flags that the command line fixed: {@code bind}, {@code http-port}, {@code https-port}. */
    public Set<String> fixed() {
        return Set.of(texts("Fixed"));
    }

    private String[] texts(String attribute) {
        try {
            return isThere() ? (String[]) server.getAttribute(name, attribute) : new String[0];
        } catch (JMException gone) {
            LOG.warn("The state of the listeners is unavailable: {}", gone.getMessage());
            return new String[0];
        }
    }

    /**
     * Listens at all that is wanted, and at nothing else but what is kept. What is new is opened before anything goes;
     * only where a host cannot have both at once, as with 127.0.0.1 and 0.0.0.0 on one port, the old one goes first and
     * comes back when the new one fails. Throws IOException with the reason; then what was there before is there still.
     */
    public void arrange(Set<Endpoint> wanted, Set<Endpoint> kept) throws IOException {
        var target = new LinkedHashSet<Endpoint>(wanted);
        target.addAll(kept);
        var needed = target.stream()
                .filter(each -> target.stream().noneMatch(other -> !other.equals(each) && other.covers(each)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Endpoint each : needed) {
            if (!open().contains(each)) {
                begin(each);
            }
        }
        for (Endpoint each : open()) {
            if (!needed.contains(each)) {
                call("close", each.url());
            }
        }
    }

    private void begin(Endpoint wanted) throws IOException {
        var inTheWay = open().stream().filter(wanted::excludes).toList();
        for (Endpoint each : inTheWay) {
            call("close", each.url());
        }
        try {
            call("open", wanted.url());
        } catch (IOException refused) {
            for (Endpoint each : inTheWay) {
                call("open", each.url());
            }
            throw refused;
        }
    }

    private void call(String act, String url) throws IOException {
        invoke(act, new Object[] {url}, TEXT);
    }

    /** Tells command lines on this host where the console is. */
    public void announce(Endpoint main) throws IOException {
        call("announce", main.called());
    }

    /** Keeps an address for the next start. */
    public void remember(ConsoleAddress address) throws IOException {
        invoke(
                "remember",
                new Object[] {
                    address.address().getHostAddress(),
                    address.httpPort(),
                    address.httpsPort(),
                    address.http(),
                    address.redirect()
                },
                TEXT,
                "int",
                "int",
                "boolean",
                "boolean");
    }

    private void invoke(String act, Object[] values, String... types) throws IOException {
        try {
            server.invoke(name, act, values, types);
        } catch (MBeanException failed) {
            throw failed.getCause() instanceof IOException reason ? reason : new IOException(failed.getCause());
        } catch (JMException | RuntimeException failed) {
            throw new IOException(failed);
        }
    }
}
