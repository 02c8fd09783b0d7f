package org.posthouse.webadmin.console;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.Following;
import org.posthouse.schema.directory.Noticed;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.WebAdminConnection;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.WebAddress;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.confirmation.Pending;
import org.posthouse.webadmin.listener.ConsoleAddress;
import org.posthouse.webadmin.listener.Endpoint;
import org.posthouse.webadmin.listener.Lingering;
import org.posthouse.webadmin.listener.Listeners;
import org.posthouse.webadmin.listener.OwnServer;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the console's own WebAdmin Server object and listens where it says. While a change of it waits to be confirmed
 * the console listens at the old address as well. The object is made when it is missing.
 */
@ApplicationScoped
public class ConsoleServer {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final long PACE = 250;
    private static final long SEAL_PACE = TimeUnit.SECONDS.toNanos(5);
    private static final long RETRY = TimeUnit.SECONDS.toNanos(2);

    @Inject
    private Installed installed;

    @Inject
    private Confirmations confirmations;

    @Inject
    private ChangeServices changeServices;

    private final Listeners listeners = new Listeners();
    private final Lingering lingering = new Lingering(System::nanoTime);
    private final Semaphore news = new Semaphore(1);
    private volatile Obeyed obeyed = Obeyed.NOTHING;
    private volatile Optional<WebAddress> publicAddress = Optional.empty();
    private volatile boolean closed;
    private @Nullable Following following;
    private long again;
    private volatile boolean unsealed;
    private long sealedAt = System.nanoTime() - SEAL_PACE;

    void start(@Observes @Initialized(ApplicationScoped.class) Object ready) {
        confirmations.listen(news::release);
        Thread.ofVirtual().name("console").start(this::run);
    }

    @PreDestroy
    void stop() {
        closed = true;
        news.release();
        Optional.ofNullable(following).ifPresent(Following::close);
    }

    private void run() {
        while (!closed) {
            try {
                boolean told = news.tryAcquire(PACE, TimeUnit.MILLISECONDS);
                news.drainPermits();
                turn(told);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException fault) {
                LOG.error("The console cannot follow its own object", fault);
                again = System.nanoTime() + RETRY;
            }
        }
    }

    private void turn(boolean told) {
        confirmations.sweep();
        seal();
        boolean due = again != 0 && System.nanoTime() - again > 0;
        if (!(told || due) || closed) {
            return;
        }
        again = 0;
        try {
            if (!listeners.isThere() || !follow() || !obey()) {
                again = System.nanoTime() + RETRY;
            }
        } catch (DirectoryException away) {
            LOG.debug("Not now: {}", away.getMessage());
            again = System.nanoTime() + RETRY;
        }
    }

    // Another tool may just have written a secret in plain text.
    private void seal() {
        long now = System.nanoTime();
        if (unsealed && now - sealedAt > SEAL_PACE) {
            unsealed = false;
            sealedAt = now;
            try {
                installed.directory().sealSecrets();
            } catch (DirectoryException away) {
                unsealed = true;
            }
        }
    }

    // Nothing is to be followed before the set-up has made Internet Services.
    private boolean follow() {
        if (following == null && installed.isSetUp()) {
            Place own = place();
            unsealed = true;
            following = installed.directory().follow(noticed -> {
                unsealed = true;
                if (!(noticed instanceof Noticed.Changed changed)
                        || changed.place().equals(own)) {
                    news.release();
                }
            });
        }
        return following != null;
    }

    /** Where the console's own object stands. */
    public Place place() {
        return OwnServer.place(installed.directory());
    }

    private boolean obey() {
        Directory directory = installed.directory();
        Entry own = directory.read(place()).orElseGet(() -> made(directory));
        try {
            publicAddress = Kind.catalogue()
                    .panel(WebAdminConnection.class)
                    .decode(own.attributes())
                    .publicAddress();
            ConsoleAddress address = address(own.attributes());
            Set<Endpoint> kept = confirmations
                    .on(own.place())
                    .map(pending -> before(own, pending).endpoints())
                    .orElse(Set.of());
            var wanted = new LinkedHashSet<>(address.endpoints());
            wanted.addAll(kept);
            Set<Endpoint> left = lingering.of(listeners.open(), wanted);
            listeners.arrange(wanted, left);
            obeyed(own, address, kept);
            again = left.isEmpty() ? 0 : System.nanoTime() + Lingering.TIME;
            return true;
        } catch (Refused | IOException refused) {
            refused(own, refused instanceof Refused values ? values.problems().toString() : refused.getMessage());
            return false;
        }
    }

    private void obeyed(Entry own, ConsoleAddress address, Set<Endpoint> kept) throws IOException {
        boolean isNew = obeyed.revision() != own.revision() || obeyed.address().isEmpty();
        obeyed = new Obeyed(
                own.revision(),
                own.revision(),
                isNew ? installed.clock().instant() : obeyed.since(),
                Optional.of(address),
                kept,
                "");
        listeners.announce(address.main());
        // The next start shall not begin with what nobody has confirmed.
        if (kept.isEmpty()) {
            listeners.remember(address);
            System.setProperty("posthouse.bind", address.address().getHostAddress());
            System.setProperty("posthouse.https-port", Integer.toString(address.httpsPort()));
        }
    }

    private void refused(Entry own, @Nullable String why) {
        String reason = String.valueOf(why);
        if (!reason.equals(obeyed.reason())) {
            LOG.error("The console cannot apply revision {} of {}: {}", own.revision(), own.place(), reason);
        }
        obeyed = new Obeyed(own.revision(), obeyed.revision(), obeyed.since(), obeyed.address(), obeyed.kept(), reason);
    }

    /** The address under which browsers open the console; empty where none is given or the directory was never read. */
    public Optional<WebAddress> publicAddress() {
        return publicAddress;
    }

    private ConsoleAddress address(Map<String, List<String>> attributes) {
        return ConsoleAddress.of(
                Kind.catalogue().panel(WebAdminConnection.class).decode(attributes), listeners.fixed());
    }

    private ConsoleAddress before(Entry own, Pending pending) {
        var attributes = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        attributes.putAll(own.attributes());
        pending.parts().forEach(part -> attributes.put(part.attribute(), part.before()));
        return address(attributes);
    }

    // As the console listens now: its object shall not move it.
    private Entry made(Directory directory) {
        var panel = Kind.catalogue().panel(WebAdminConnection.class);
        var now = new WebAdminConnection(
                new IpAddress(System.getProperty("posthouse.bind", "127.0.0.1")),
                Integer.getInteger("posthouse.http-port", 8089),
                Integer.getInteger("posthouse.https-port", 8449),
                Boolean.parseBoolean(System.getProperty("posthouse.http-enabled", "true")),
                Boolean.getBoolean("posthouse.redirect"));
        var attributes = new LinkedHashMap<String, List<String>>(panel.encode(now));
        Set<String> fixed = listeners.fixed();
        attributes.values().removeIf(List::isEmpty);
        if (fixed.contains("bind")) {
            attributes.remove("posthouseWebAdminAddress");
        }
        if (fixed.contains("http-port")) {
            attributes.remove("posthouseWebAdminPort");
        }
        if (fixed.contains("https-port")) {
            attributes.remove("posthouseWebAdminSslPort");
        }
        ChangeService changes = changeServices.by(directory, "");
        return Objects.requireNonNull(
                changes.apply(changes.plan(List.of(new Step.Make(place(), Kind.WEBADMIN_SERVER, attributes))))
                        .get(place()));
    }

    /** What the console does about its object. */
    public Obeyed obeyed() {
        return obeyed;
    }

    /** The flags that the command line fixed. */
    public Set<String> fixed() {
        return listeners.fixed();
    }

    /** Whether whoever comes without TLS is led to HTTPS. */
    public boolean redirects() {
        return obeyed.address().map(ConsoleAddress::redirect).orElseGet(() -> Boolean.getBoolean("posthouse.redirect"));
    }

    /** The port of HTTPS. */
    public int httpsPort() {
        return obeyed.address()
                .map(ConsoleAddress::httpsPort)
                .orElseGet(() -> Integer.getInteger("posthouse.https-port", 8449));
    }

    /** The console, fetched from where it is to be: the line of its answer. Throws IOException. */
    public String prove() throws IOException {
        ConsoleAddress address = obeyed.address().orElseThrow(() -> new IOException("No settings are applied yet"));
        return Proof.of(address.main());
    }

    /** Where a change has to be confirmed; nothing when it does not matter. */
    public Set<Endpoint> proving(Pending pending) {
        Optional<Entry> own =
                pending.object().equals(place()) ? installed.directory().read(pending.object()) : Optional.empty();
        if (own.isEmpty()) {
            return Set.of();
        }
        Set<Endpoint> before = before(own.get(), pending).usable();
        Set<Endpoint> after = address(own.get().attributes()).usable();
        var fresh = new LinkedHashSet<>(after);
        fresh.removeAll(before);
        return fresh.isEmpty() ? after : fresh;
    }

    /** Where the console is when a change is taken back; nothing when it is not about that. */
    public Optional<Endpoint> old(Pending pending) {
        return Optional.of(pending)
                .filter(waits -> waits.object().equals(place()))
                .flatMap(waits -> installed.directory().read(waits.object()))
                .map(own -> before(own, pending).main());
    }
}
