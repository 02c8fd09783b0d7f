package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.file.FileProblem;

/** The folder all state lies in, and the claim on it: one JVM at a time. */
final class Home implements AutoCloseable {
    private static final Pattern PID = Pattern.compile("\"pid\":\\s*(\\d+)");
    private static final Pattern URL = Pattern.compile("\"url\":\\s*\"([^\"]*)\"");

    private final Path folder;
    private final FileChannel claim;

    private Home(Path folder, FileChannel claim) {
        this.folder = folder;
        this.claim = claim;
    }

    /** Takes the folder for this JVM, making it when it is not there; a {@link Refusal} says who has it. */
    static Home take(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(folder.resolve("logs"));
            var claim =
                    FileChannel.open(folder.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @SuppressWarnings("resource") // Held until the channel is closed, which close() does.
            FileLock lock = claim.tryLock();
            if (lock == null) {
                claim.close();
                throw new Refusal(whoRuns(folder));
            }
            return new Home(folder, claim);
        } catch (IOException unusable) {
            throw new Refusal("The home " + folder + " cannot be used: " + FileProblem.words(unusable), unusable);
        }
    }

    Path folder() {
        return folder;
    }

    Path at(String name) {
        return folder.resolve(name);
    }

    Path log() {
        return folder.resolve("logs").resolve("posthouse.log");
    }

    /** What {@code posthouse stop}, {@code status} and tests read to find this JVM. */
    void announce(long pid, String url) {
        var pin = System.getProperty("posthouse.certificate-pin", "");
        write(
                "run.json",
                "{\"pid\": %d, \"url\": \"%s\", \"status\": \"%sapi/status\", \"pin\": \"%s\"}%n"
                        .formatted(pid, url, url, pin));
    }

    /** Writes a small file of ours that only its owner may read, in one step: a reader never sees half of it. */
    void write(String name, String text) {
        try {
            AtomicFile.replace(folder.resolve(name), text);
        } catch (IOException unwritable) {
            throw new Refusal("Cannot write " + folder.resolve(name) + ": " + unwritable.getMessage(), unwritable);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("run.json"));
        claim.close();
    }

    private static String whoRuns(Path folder) {
        var json = read(folder.resolve("run.json"));
        var pid = first(PID, json).map(found -> "process " + found).orElse("a process that is still starting");
        var url = first(URL, json).map(found -> ", console " + found).orElse("");
        return "Posthouse already runs on %s: %s%s.%nStop it with: ./posthouse stop --home %s%nor choose another --home."
                .formatted(folder, pid, url, folder);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }

    private static Optional<String> first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
