package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Everything that runs on this host, opened together and closed together.
 *
 * <p>An engine that has saved its settings starts first, then the directory, by which it checks passwords, then the
 * container, so that mail does not wait. At the first start, directory and container start side by side, since each keeps
 * one processor busy for seconds, and the engine follows as soon as the directory answers. Closing goes the other way round: first nobody can change anything, then no mail is taken, then the
 * directory is shut.
 */
final class House implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(House.class.getName());
    private static final String SAVED_SETTINGS = "engine/last-good.txt";
    // So long the others leave the processors to an engine that starts with saved settings.
    private static final Duration HEAD_START = Duration.ofSeconds(3);
    private static final String KEY_STORE = "console/config/keystore.p12";

    private final Flags flags;
    private final Path distribution;
    private final Clock clock;
    private final PrintStream terminal;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Where where = new Where("127.0.0.1", 8089, 8449, true, false, List.of());
    private volatile @Nullable Listeners listeners;
    private volatile boolean up;
    private boolean closed;

    House(Flags flags, Path distribution, Clock clock, PrintStream terminal) {
        this.flags = flags;
        this.distribution = distribution;
        this.clock = clock;
        this.terminal = terminal;
    }

    /** Returns once the login page answers and the directory is there; throws a {@link Refusal} otherwise. */
    void open() {
        var begun = System.nanoTime();
        var home = toClose(Home.take(flags.home()));
        Log.to(home.log());
        where = Where.of(flags, home.folder());
        if (where.http()) {
            Ports.check(where.httpAddress(), where.httpPort(), "--http-port");
        }
        Ports.check(where.bind(), where.httpsPort(), "--https-port");
        flags.ldapsPort().ifPresent(port -> Ports.check(bind(), port, "--ldaps-port"));
        tellConsole(home);
        terminal.println("Posthouse starts; its home is " + home.folder());
        try (var starters = Executors.newFixedThreadPool(2)) {
            start(home, starters);
        }
        Optional.ofNullable(listeners).ifPresent(Listeners::up);
        up = true;
        terminal.printf("Posthouse is running after %.1f s.%n", (System.nanoTime() - begun) / 1e9);
    }

    /** Closes what was opened, the last first. Every part gets its turn, whatever another does. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (up) {
            terminal.println("Posthouse is stopping.");
        }
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failed) {
                LOG.log(Level.WARNING, "A component did not stop properly", failed);
            }
        }
        if (up) {
            terminal.println("Posthouse has stopped.");
        }
    }

    private void start(Home home, ExecutorService starters) {
        var root = home.at("console");
        var settings = settings(home);
        Optional<Engine> early = Files.exists(home.at(SAVED_SETTINGS)) ? startEarly(settings) : Optional.empty();
        var directory =
                CompletableFuture.supplyAsync(() -> toClose(Directory.open(flags, home, distribution)), starters);
        // Mail that is taken already needs the directory to check passwords.
        var before = early.isPresent() ? directory : CompletableFuture.completedFuture(null);
        var console = before.thenRunAsync(() -> startConsole(home, root), starters);
        var engine = directory.thenAcceptAsync(found -> connect(early, settings, found.whereItIs()), starters);
        try {
            CompletableFuture.allOf(directory, console).join();
            greet(home, directory.join().whereItIs());
            engine.join();
        } catch (CompletionException failed) {
            starters.shutdownNow();
            throw failed.getCause() instanceof Refusal refusal
                    ? refusal
                    : new Refusal("Posthouse did not start: " + failed.getCause(), failed);
        }
    }

    private Optional<Engine> startEarly(Properties settings) {
        settings.setProperty("head-start", Long.toString(HEAD_START.toMillis()));
        Optional<Engine> early = startEngine(settings);
        early.ifPresent(this::toClose);
        return early;
    }

    // An engine that runs already looks at its settings again and again until they say where the directory is.
    private void connect(Optional<Engine> early, Properties settings, Properties directory) {
        directory.forEach((key, value) -> settings.putIfAbsent("directory." + key, value));
        settings.setProperty("directory.complete", "true");
        early.or(() -> startEngine(settings)).ifPresent(this::toCloseNext);
    }

    private void startConsole(Home home, Path root) {
        var store = home.at(KEY_STORE);
        root.resolve("config").toFile().mkdirs();
        Certificate.ensure(store, where.bind(), clock);
        System.setProperty("posthouse.certificate-pin", Certificate.pin(store));
        var console = toClose(Console.start(distribution, root));
        try {
            listeners = toClose(new Listeners(console, home, where).register());
            int answer = Console.ask(url() + "login.xhtml", store);
            if (answer != 200) {
                throw new Refusal("The console answers " + answer + " instead of its login page. See the log.");
            }
        } catch (IOException silent) {
            throw new Refusal("The console does not answer at " + url() + ": " + silent.getMessage(), silent);
        }
    }

    private Properties settings(Home home) {
        var settings = new Properties();
        settings.setProperty("home", home.folder().toString());
        settings.setProperty("port-offset", Integer.toString(flags.portOffset()));
        settings.setProperty("relay-port", Integer.toString(flags.relayPort()));
        settings.setProperty("dns-port", Integer.toString(flags.dnsPort()));
        settings.setProperty("bind", bind());
        settings.setProperty("take-over", Boolean.toString(flags.takeOver()));
        flags.hostName().ifPresent(name -> settings.setProperty("host-name", name));
        return settings;
    }

    // A console without an engine is still of use: it shows what is wrong. So a failure here is said, not fatal.
    private Optional<Engine> startEngine(Properties settings) {
        try {
            return Optional.of(Engine.start(distribution, settings));
        } catch (IOException | ReflectiveOperationException | RuntimeException failed) {
            LOG.log(Level.SEVERE, "The mail engine of this host did not start", failed);
            terminal.println("The mail engine of this host did not start: " + failed.getMessage() + " (see the log)");
            return Optional.empty();
        }
    }

    private void greet(Home home, Properties directory) {
        terminal.println("  Console      " + url());
        if (!url().equals(where.httpsUrl())) {
            terminal.println("               " + where.httpsUrl());
        }
        terminal.println("               certificate SHA-256 " + Certificate.fingerprint(home.at(KEY_STORE)));
        toClose(new Greeting(home, clock, terminal, this::url)).greet(directory.getProperty("url"));
        terminal.println("  Log          " + home.log());
    }

    private void tellConsole(Home home) {
        System.setProperty("posthouse.home", home.folder().toString());
        System.setProperty("posthouse.directory", home.at(Directory.FILE).toString());
        System.setProperty("posthouse.bind", where.bind());
        flags.hostName().ifPresent(name -> System.setProperty("posthouse.host-name", name));
        System.setProperty("posthouse.http-address", where.httpAddress());
        System.setProperty("posthouse.http-enabled", Boolean.toString(where.http()));
        System.setProperty("posthouse.http-port", Integer.toString(where.httpPort()));
        System.setProperty("posthouse.https-port", Integer.toString(where.httpsPort()));
        System.setProperty("posthouse.redirect", Boolean.toString(where.redirect()));
        System.setProperty("posthouse.confirm-seconds", Integer.toString(flags.confirmSeconds()));
        System.setProperty("posthouse.port-offset", Integer.toString(flags.portOffset()));
    }

    String url() {
        return where.url();
    }

    Path keyStore() {
        return flags.home().resolve(KEY_STORE);
    }

    // Of engine and directory; the console's own address may be changed while they run.
    private String bind() {
        return flags.bind().orElse("127.0.0.1");
    }

    private synchronized <T extends AutoCloseable> T toClose(T part) {
        opened.push(part);
        return part;
    }

    // After the directory, so that it is closed before it, whichever was opened first.
    private synchronized void toCloseNext(Engine engine) {
        opened.remove(engine);
        opened.push(engine);
    }
}
