package org.posthouse.e2e.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/**
 * The whole product in a process of its own, started by the launcher as a stranger would start it.
 *
 * <p>All state lies in one home; ports are free ones on loopback.
 */
public final class Product implements AutoCloseable {

    /** The name of the first administrator. */
    public static final String ADMIN = "admin";

    /** Its password. */
    public static final String PASSWORD = "correct horse battery";

    private static final Duration START = Duration.ofMinutes(5);

    /** The launcher of this checkout. */
    public static final Path LAUNCHER =
            Path.of("..").toAbsolutePath().normalize().resolve("posthouse");

    private static final Deque<Product> RECENT = new ConcurrentLinkedDeque<>();

    private final Path home;
    private final int http;
    private final int https;
    private final int offset;
    private final List<String> more;
    private final boolean fixed;
    private Process process;

    private Product(Path home, boolean fixed, List<String> more) throws IOException {
        this.home = home;
        this.fixed = fixed;
        this.more = more;
        this.http = Ports.free();
        this.https = Ports.free();
        this.offset = Ports.offset();
        this.process = launch();
        RECENT.addFirst(this);
    }

    /** The two that were started last, for the report of a test that fails. */
    static List<Product> recent() {
        return RECENT.stream().limit(2).toList();
    }

    /** Starts with an empty home; {@code more} flags are handed to {@code posthouse run}. */
    public static Product start(Path home, String... more) {
        try {
            var product = new Product(home, true, List.of(more));
            product.awaitConsole();
            return product;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** As {@link #start}, but the console listens where its object says: the ports stand in its home, not in flags. */
    public static Product startMovable(Path home, String... more) {
        try {
            var product = new Product(home, false, List.of(more));
            product.awaitConsole();
            return product;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(List.of(LAUNCHER.toString(), "run", "--home", home.toString()));
        command.addAll(List.of("--port-offset", "" + offset));
        command.addAll(more);
        Files.createDirectories(home);
        Path last = home.resolve("console.properties");
        if (fixed) {
            command.addAll(List.of("--http-port", "" + http, "--https-port", "" + https));
        } else if (!Files.exists(last)) {
            Files.writeString(last, "http-port=" + http + "\nhttps-port=" + https + "\n");
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
    }

    /** What it printed. */
    public Path output() {
        return home.resolveSibling(home.getFileName() + "-output.txt");
    }

    private void awaitConsole() {
        try {
            Await.until("the console answers at " + url() + "; it printed to " + output(), START, () -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("it stopped: " + Files.readString(output()));
                }
                return Api.answers(url() + "/health");
            });
        } catch (AssertionError late) {
            // Nobody has it to close; left alone it would slow down every test after this one.
            kill();
            throw late;
        }
    }

    /** Does NetMail's installation without a browser, with a messaging server {@code mail1} for example.com. */
    public Product setUp(String... more) {
        try {
            Path secret = home.resolveSibling("admin-password");
            Files.writeString(secret, PASSWORD + "\n");
            var command = new ArrayList<>(List.of(LAUNCHER.toString(), "setup", "--home", home.toString()));
            command.addAll(List.of("--admin", ADMIN, "--admin-password-file", secret.toString()));
            command.addAll(List.of("--organization", "Acme", "--users", "people", "--server", "mail1"));
            command.addAll(List.of("--domain", "example.com"));
            command.addAll(List.of(more));
            run(command);
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Runs the launcher with these arguments and returns what it printed; fails unless it succeeds. */
    public static String run(List<String> command) throws IOException {
        Path printed = Files.createTempFile("posthouse", ".txt");
        try {
            Process once = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            if (!once.waitFor(1200, TimeUnit.SECONDS) || once.exitValue() != 0) {
                once.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + "\n" + Files.readString(printed));
            }
            return Files.readString(printed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    /** Where the console is. */
    public String url() {
        return "http://127.0.0.1:" + http;
    }

    /** The real port of a service with its well-known number. */
    public int port(int wellKnown) {
        return wellKnown + offset;
    }

    /** Where its state lies. */
    public Path home() {
        return home;
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** The API as the administrator. */
    public Api api() {
        return new Api(url(), ADMIN, PASSWORD);
    }

    /** Kills it without warning, with every process the launcher started. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Where the console says it is, which changes when its address is changed. */
    public String announced() throws IOException {
        return Files.readString(home.resolve("run.json")).replaceAll("(?s).*\"url\": \"([^\"]*)/\".*", "$1");
    }

    /** The port of the console with TLS at its start. */
    public int https() {
        return https;
    }

    /** Starts again in the same home. */
    public void again() {
        launchAgain();
        awaitConsole();
    }

    /** Starts again in the same home and waits until it says where its console is by now. */
    public void againElsewhere() {
        launchAgain();
        Await.until(
                "process " + pid() + " says where it is; it printed to " + output(),
                START,
                () -> Files.readString(home.resolve("run.json")).contains("\"pid\": " + pid() + ","));
    }

    /** Stops it as an administrator does and starts it again in the same home. */
    public void restart() {
        close();
        again();
    }

    private void launchAgain() {
        try {
            process = launch();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("it did not stop within 90 seconds of being asked");
            }
        } catch (InterruptedException stopped) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
