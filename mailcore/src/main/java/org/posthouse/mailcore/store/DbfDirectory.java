package org.posthouse.mailcore.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.file.FileProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server's DBF Directory is, over changes of the option. What lies in it is moved, not abandoned: copied beside
 * its destination, compared octet by octet, put in place, and only then deleted where it was. Whatever goes wrong before
 * that leaves everything in the old directory, which stays in use. NetMail "Identification".
 *
 * <p>A file in the server's home remembers where the directory is, so that a change made while the engine was down, and
 * a crash in the middle of a move, are carried on at the next start. Its first line is the directory; while files are
 * moved, a second line names the other folder that holds copies of them, which are deleted at the next start.
 */
public final class DbfDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(DbfDirectory.class);

    private static final String UNFINISHED = ".posthouse-moving";
    private static final String COPIES = "copies in ";

    private final Path record;

    /** Remembers in this folder. */
    public DbfDirectory(Path serverHome) {
        this.record = serverHome.resolve("dbf-directory");
    }

    /** Sees to it that everything lies in the wanted folder. Throws {@link StoreFailure}, and then nothing was moved. */
    public Path in(Path wanted) {
        try {
            tidy();
            Optional<Path> known = remembered();
            if (known.isEmpty() || !Files.isDirectory(known.get())) {
                Files.createDirectories(wanted);
                remember(wanted);
            } else if (!known.get().equals(wanted)) {
                move(known.get(), wanted);
            }
            return wanted;
        } catch (IOException failed) {
            throw refused("The folder " + wanted + " cannot be used: " + FileProblem.words(failed), failed);
        }
    }

    /** Where it is now; empty before the first time, and where the record of it cannot be read. */
    public Optional<Path> current() {
        try {
            return remembered().filter(Files::isDirectory);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Where it is now, as far as is known. */
    Optional<Path> remembered() throws IOException {
        try {
            return Files.readAllLines(record).stream().findFirst().map(Path::of);
        } catch (NoSuchFileException first) {
            return Optional.empty();
        }
    }

    private Optional<Path> remainder() throws IOException {
        return Files.exists(record)
                ? Files.readAllLines(record).stream()
                        .skip(1)
                        .filter(line -> line.startsWith(COPIES))
                        .map(line -> Path.of(line.substring(COPIES.length())))
                        .findFirst()
                : Optional.empty();
    }

    // What a move that was cut off left at the place where the directory is not.
    private void tidy() throws IOException {
        Optional<Path> other = remainder();
        Optional<Path> current = remembered().filter(Files::isDirectory);
        if (other.isPresent() && current.isPresent()) {
            clear(other.get().resolve(UNFINISHED));
            leave(other.get(), files(current.get()), current.get());
            remember(current.get());
        }
    }

    private void remember(Path place) throws IOException {
        record(place + "\n");
    }

    private void remember(Path place, Path copies) throws IOException {
        record(place + "\n" + COPIES + copies + "\n");
    }

    private void record(String lines) throws IOException {
        Files.createDirectories(record.toAbsolutePath().getParent());
        AtomicFile.replace(record, AtomicFile.READABLE, lines.getBytes(StandardCharsets.UTF_8));
    }

    private void move(Path from, Path to) throws IOException {
        if (to.startsWith(from) || from.startsWith(to)) {
            throw refused(
                    "The files cannot be moved from " + from + " to " + to + ": one folder contains the other",
                    new IOException("nested folders"));
        }
        List<Path> files = files(from);
        Path beside = to.resolve(UNFINISHED);
        try {
            remember(from, to);
            Files.createDirectories(to);
            clear(beside);
            enoughSpace(files, to);
            copy(from, files, beside);
            settle(files, from, beside, to);
        } catch (IOException failed) {
            giveUp(from, files, to);
            throw refused(
                    "The files stay in " + from + ". They cannot be moved to " + to + ": " + FileProblem.words(failed),
                    failed);
        }
        remember(to, from);
        leave(from, files, to);
        remember(to);
        LOG.info("DBF Directory moved from {} to {}, {} files", from, to, files.size());
    }

    private static List<Path> files(Path from) throws IOException {
        try (var all = Files.walk(from)) {
            return all.filter(Files::isRegularFile)
                    .map(from::relativize)
                    .sorted()
                    .toList();
        }
    }

    private static void enoughSpace(List<Path> files, Path to) throws IOException {
        if (!files.isEmpty() && Files.getFileStore(to).getUsableSpace() == 0) {
            throw new IOException("no space left on its device");
        }
    }

    private static void copy(Path from, List<Path> files, Path beside) throws IOException {
        for (Path file : files) {
            Path copy = beside.resolve(file);
            Files.createDirectories(copy.toAbsolutePath().getParent());
            Files.copy(from.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
            AtomicFile.sync(copy);
            if (Files.mismatch(from.resolve(file), copy) >= 0) {
                throw new IOException("the copy of " + file + " differs from what was copied");
            }
        }
    }

    // A file that is there already was put there by a move that was cut off, or it is somebody else's.
    private static void settle(List<Path> files, Path from, Path beside, Path to) throws IOException {
        for (Path file : files) {
            Path there = to.resolve(file);
            if (Files.exists(there) && Files.mismatch(from.resolve(file), there) >= 0) {
                throw new IOException("another " + file + " already exists there");
            }
        }
        for (Path file : files) {
            Path there = to.resolve(file);
            Files.createDirectories(there.toAbsolutePath().getParent());
            Files.move(
                    beside.resolve(file), there, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        clear(beside);
        for (Path folder : foldersDeepestFirst(to)) {
            AtomicFile.syncFolder(folder);
        }
    }

    // The data is safe at its place: what cannot be deleted here is untidy, not wrong. What differs is not a copy.
    private static void leave(Path from, List<Path> files, Path place) {
        try {
            deleteCopies(from, files, place);
            removeEmpty(from);
        } catch (IOException untidy) {
            LOG.warn("Copies of the files in {} could not be deleted from {}: {}", place, from, untidy.toString());
        }
    }

    private static void deleteCopies(Path from, List<Path> files, Path place) throws IOException {
        for (Path file : files) {
            Path copy = from.resolve(file);
            if (Files.isRegularFile(copy) && Files.mismatch(copy, place.resolve(file)) < 0) {
                Files.delete(copy);
            }
        }
    }

    private static void removeEmpty(Path top) throws IOException {
        if (!Files.isDirectory(top)) {
            return;
        }
        for (Path folder : foldersDeepestFirst(top)) {
            try (var left = Files.list(folder)) {
                if (left.findAny().isEmpty()) {
                    Files.delete(folder);
                }
            }
        }
    }

    private static List<Path> foldersDeepestFirst(Path top) throws IOException {
        try (var all = Files.walk(top)) {
            var folders = new ArrayList<>(all.filter(Files::isDirectory).toList());
            return folders.reversed();
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (Path each : all.toList().reversed()) {
                    Files.delete(each);
                }
            }
        }
    }

    private void giveUp(Path from, List<Path> files, Path to) {
        try {
            clear(to.resolve(UNFINISHED));
            deleteCopies(to, files, from);
            remember(from);
        } catch (IOException untidy) {
            LOG.warn("The copies in {} could not be deleted: {}", to, untidy.toString());
        }
    }

    private static StoreFailure refused(String what, IOException cause) {
        return new StoreFailure(what, cause);
    }
}
