package org.posthouse.e2e.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An engine alone, {@code posthouse ims}, in a process and on a home of its own. */
public final class Engine implements AutoCloseable {

    private final Path home;
    private final Process process;

    private Engine(Path home, Process process) {
        this.home = home;
        this.process = process;
    }

    /** Starts it with these flags beside {@code --home}. */
    public static Engine start(Path home, List<String> flags) throws IOException {
        var command = new ArrayList<>(List.of(Product.LAUNCHER.toString(), "ims", "--home", home.toString()));
        command.addAll(flags);
        return new Engine(
                home,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(output(home).toFile()))
                        .start());
    }

    private static Path output(Path home) {
        return home.resolveSibling(home.getFileName() + "-output.txt");
    }

    /** What it printed. */
    public String said() throws IOException {
        return Files.readString(output(home));
    }

    /** Its process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Waits until it ends by itself and returns its exit code. */
    public int end() throws IOException {
        try {
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end; it said " + said());
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(90, TimeUnit.SECONDS).join();
    }
}
