package org.posthouse.mailcore.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server's DBF Directory is, over changes of the option. What lies in it is moved, not abandoned: copied beside
 * its destination, compared octet by octet, put in place, and only then deleted where it was. Whatever goes wrong before
 * that leaves everything in the old directory, which stays in use. NetMail "Identification".
 *
 * <p>A file in the server's home remembers where the directory is, so that a change made while the engine was down, and
 * a crash in the middle of a move, are carried on at the next start.
 */
public final class DbfDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(DbfDirectory.class);

    private static final String UNFINISHED = ".posthouse-moving";

    private final Path record;

    /** Remembers in this folder. */
    public DbfDirectory(Path serverHome) {
        this.record = serverHome.resolve("dbf-directory");
    }

    /** Sees to it that everything lies in the wanted folder. Throws {@link StoreFailure}, and then nothing was moved. */
    public Path in(Path wanted) {
        try {
            Optional<Path> known = remembered();
            if (known.isEmpty() || !Files.isDirectory(known.get())) {
                Files.createDirectories(wanted);
                remember(wanted);
            } else if (!known.get().equals(wanted)) {
                move(known.get(), wanted);
            }
            return wanted;
        } catch (IOException failed) {
            throw refused("The folder " + wanted + " cannot be used: " + words(failed), failed);
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
            return Optional.of(Path.of(Files.readString(record).strip()));
        } catch (NoSuchFileException first) {
            return Optional.empty();
        }
    }

    private void remember(Path place) throws IOException {
        Files.createDirectories(record.toAbsolutePath().getParent());
        Path fresh = record.resolveSibling(record.getFileName() + ".new");
        Files.writeString(fresh, place + "\n", StandardCharsets.UTF_8);
        Files.move(fresh, record, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
            Files.createDirectories(to);
            clear(beside);
            enoughSpace(files, to);
            copy(from, files, beside);
            settle(files, from, beside, to);
        } catch (IOException failed) {
            quietly(beside);
            throw refused(
                    "The files stay in " + from + ". They cannot be moved to " + to + ": " + words(failed), failed);
        }
        remember(to);
        leave(from, files);
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
            sync(copy);
            if (Files.mismatch(from.resolve(file), copy) >= 0) {
                throw new IOException("the copy of " + file + " differs from what was copied");
            }
        }
    }

    // Before the original goes, the copy must outlive a power failure.
    private static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
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
    }

    // The data is safe at its new place: what cannot be deleted here is untidy, not wrong.
    private static void leave(Path from, List<Path> files) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(from.resolve(file));
            }
            removeEmpty(from);
        } catch (IOException untidy) {
            LOG.warn("The former DBF Directory {} could not be emptied: {}", from, untidy.toString());
        }
    }

    private static void removeEmpty(Path top) throws IOException {
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

    private static void quietly(Path beside) {
        try {
            clear(beside);
        } catch (IOException untidy) {
            LOG.warn("The copies in {} could not be deleted: {}", beside, untidy.toString());
        }
    }

    private static StoreFailure refused(String what, IOException cause) {
        return new StoreFailure(what, cause);
    }

    private static String words(IOException failed) {
        String reason = String.valueOf(failed.getMessage());
        return switch (failed) {
            case java.nio.file.AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case java.nio.file.FileAlreadyExistsException file -> file.getFile() + " is a file";
            default -> reason;
        };
    }
}
