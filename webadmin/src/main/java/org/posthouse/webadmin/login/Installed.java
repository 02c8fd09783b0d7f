package org.posthouse.webadmin.login;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Availability.Outage;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryAddress;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.OpaqueString;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Pen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this console is installed: its home, its directory and the clock it goes by. The service account is used only
 * for what no visitor asks: to check a login, to see whether set-up was done, and to find the engines' boards.
 */
@ApplicationScoped
public class Installed {

    private static final Logger LOG = LoggerFactory.getLogger(Installed.class);

    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final Clock clock = Clock.systemUTC();
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable Directory service;
    private @Nullable History history;

    /** The clock of the console. */
    public Clock clock() {
        return clock;
    }

    /** The folder all state lies in. */
    public Path home() {
        return Path.of(System.getProperty("posthouse.home", "var"));
    }

    /**
     * The directory under the service account; what is changed through it is the console's own doing. Throws
     * DirectoryDown when it does not answer yet.
     */
    public Directory directory() {
        Directory known = service;
        return known == null ? connect() : known;
    }

    // One connects. Others wait no longer than for a page that is slow.
    private Directory connect() {
        try {
            if (!connecting.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DirectoryDown("The directory does not respond yet", new IllegalStateException("connecting"));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DirectoryDown("Stopped while connecting to the directory", stopped);
        }
        try {
            Directory known = service;
            if (known == null) {
                DirectoryAddress address = address();
                known = Directory.connect(address, clock)
                        .mirrored()
                        .observed(scribe(new Author(address.bindDn(), "", Author.By.CONSOLE)));
                service = known;
            }
            return known;
        } finally {
            connecting.unlock();
        }
    }

    /**
     * The same directory for what is only shown: as it was read last while it does not respond, or not soon. Throws
     * DirectoryDown before the first connection.
     */
    public Directory shown() {
        return directory().remembering();
    }

    /** The outage of the directory, if there is one and it was connected before. */
    public Optional<Outage> outage() {
        return Optional.ofNullable(service)
                .flatMap(known -> known.availability().outage());
    }

    /** From when data of the directory is that is shown now. */
    public Instant asOf() {
        return outage().map(Outage::asOf).orElseGet(clock::instant);
    }

    /** The same connections, with what is changed through them written down in an author's name. */
    public Directory directoryFor(Author author) {
        return directory().observed(scribe(author));
    }

    /** Writes down what an author does. A history that cannot be written lets nothing be changed. */
    private Scribe scribe(Author author) {
        return new Pen(this::history, author);
    }

    /** The history of the tree. Throws Unwilling when its files cannot be used. */
    public synchronized History history() {
        History known = history;
        if (known == null) {
            try {
                known = History.open(home(), clock, this::systemSecret, name());
                history = known;
            } catch (IOException unusable) {
                throw new Unwilling(
                        "Nothing can be changed, because the history in " + home().resolve("history")
                                + " cannot be used: " + unusable.getMessage(),
                        unusable);
            }
        }
        return known;
    }

    // Where several consoles use one directory, each is told by its host and port.
    private static String name() {
        String named = System.getProperty("posthouse.host-name", "");
        String port = System.getProperty("posthouse.https-port", "8449");
        try {
            return (named.isBlank() ? InetAddress.getLocalHost().getHostName() : named) + ":" + port;
        } catch (UnknownHostException unnamed) {
            return "localhost:" + port;
        }
    }

    /** The account of console and engine, in whose name the directory is written to where no administrator is. */
    public String account() {
        return address().bindDn();
    }

    private Optional<String> systemSecret() {
        try {
            Directory directory = directory();
            return directory
                    .read(directory.internetServices())
                    .flatMap(services -> services.value("posthouseSystemSecret"));
        } catch (DirectoryException unknown) {
            return Optional.empty();
        }
    }

    /**
     * A connection under an administrator's own account; whoever asks closes it. A directory that was not told to give
     * administrators the right to write (slapd as it comes) is written to by the service account in their stead.
     */
    public Directory directoryAs(Author administrator, String password) {
        Directory own = connected(administrator.who(), password);
        if (own.mayChange(own.internetServices())) {
            return own.sharing(directory()).observed(scribe(administrator)).remembering();
        }
        own.close();
        return Directory.connect(address(), clock)
                .sharing(directory())
                .observed(scribe(administrator))
                .remembering();
    }

    // The form that signed in counts, see OpaqueString.
    private Directory connected(String who, String password) {
        List<String> forms = OpaqueString.forms(password);
        try {
            return Directory.connect(address().as(who, forms.getFirst()), clock);
        } catch (NotAllowed unprepared) {
            return Directory.connect(address().as(who, forms.getLast()), clock);
        }
    }

    /** A connection under an account that is no administrator's; whoever asks closes it. */
    public Directory bound(Place account, String password) {
        return Directory.connect(address().as(account.toString(), password), clock);
    }

    /**
     * Whether set-up was completed once. Set-up creates the administrators last, and the console then creates its own object,
     * which tells a system that lost its administrators from one that never had any.
     */
    public boolean isSetUp() {
        Directory directory = shown();
        return directory.read(directory.administrators()).isPresent()
                || directory.count(directory.internetServices(), Set.of(Kind.WEBADMIN_SERVER), 1) > 0;
    }

    private DirectoryAddress address() {
        return DirectoryAddress.of(whereItIs());
    }

    /** What {@code directory.properties} says of the directory. Throws DirectoryDown when it does not exist yet. */
    public Properties whereItIs() {
        Path file = Optional.ofNullable(System.getProperty("posthouse.directory"))
                .map(Path::of)
                .orElseGet(() -> home().resolve("directory.properties"));
        var known = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            known.load(in);
            return known;
        } catch (IOException notYet) {
            throw new DirectoryDown("The directory is starting: " + file.getFileName() + " does not exist yet", notYet);
        }
    }

    @PreDestroy
    void close() {
        Directory known = service;
        if (known != null) {
            known.close();
        }
        History written = history;
        if (written != null) {
            try {
                written.close();
            } catch (IOException lost) {
                LOG.warn("The history was not closed", lost);
            }
        }
    }
}
