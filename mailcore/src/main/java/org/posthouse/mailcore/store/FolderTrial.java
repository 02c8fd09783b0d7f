package org.posthouse.mailcore.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.posthouse.schema.value.FolderPath;

/**
 * Whether a server could work in a folder, found out by writing there. Whatever is made for the trial is deleted again.
 *
 * @param finding what was found
 * @param detail what goes with it: the place a link leads to, the file in the way, the reason of the system, or the free
 *     space; may be ""
 */
public record FolderTrial(Finding finding, String detail) {

    private static final long LEAST_SPACE = 1L << 20;

    /** What can be found. */
    public enum Finding {
        /** It can be used. */
        GOOD,
        /** It belongs to the operating system. */
        SYSTEM,
        /** It is a link, or leads out of the server's home by one. */
        LINK,
        /** A file is in the way. */
        FILE,
        /** It can be neither created nor written. */
        DENIED,
        /** There is too little free space. */
        FULL,
        /** Every user of the host can write in it. */
        OPEN
    }

    /**
     * Tries a folder in which a server has not worked so far.
     *
     * @param home the server's home, which a folder inside it must not leave by a link
     * @param space how many octets have to be free
     */
    public static FolderTrial ofNew(Path folder, Path home, long space) {
        try {
            Path real = real(folder);
            if (FolderPath.isSystemFolder(folder) || FolderPath.isSystemFolder(real)) {
                return new FolderTrial(Finding.SYSTEM, real.toString());
            }
            if (Files.isSymbolicLink(folder) || (folder.startsWith(home) && !real.startsWith(real(home)))) {
                return new FolderTrial(Finding.LINK, real.toString());
            }
            if (Files.isDirectory(folder) && isOpenToAll(folder)) {
                return new FolderTrial(Finding.OPEN, "");
            }
        } catch (IOException refused) {
            return refused(refused);
        }
        return of(folder, space);
    }

    /** Tries a folder in which a server works already: only whether it can go on. */
    public static FolderTrial of(Path folder, long space) {
        Deque<Path> made = new ArrayDeque<>();
        try {
            make(folder, made);
            write(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            return free < Math.max(space, LEAST_SPACE)
                    ? new FolderTrial(Finding.FULL, (free >> 20) + " MB")
                    : new FolderTrial(Finding.GOOD, "");
        } catch (IOException refused) {
            return refused(refused);
        } finally {
            made.forEach(FolderTrial::remove);
        }
    }

    /** Where a folder really is, links followed as far as it exists. */
    public static Path real(Path folder) throws IOException {
        Path existing = folder;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        Path real = existing.toRealPath();
        return existing.equals(folder) ? real : real.resolve(existing.relativize(folder));
    }

    private static boolean isOpenToAll(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static void make(Path folder, Deque<Path> made) throws IOException {
        Path parent = folder.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            make(parent, made);
        }
        if (!Files.exists(folder)) {
            Files.createDirectory(folder);
            made.push(folder);
        } else if (!Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
    }

    private static void write(Path folder) throws IOException {
        Path file = folder.resolve(".posthouse-trial-" + UUID.randomUUID());
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            channel.write(StandardCharsets.US_ASCII.encode("Posthouse tests whether it can write here.\n"));
            channel.force(true);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    // What somebody else put there meanwhile stays.
    private static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException inUse) {
            // It is not ours alone any more.
        }
    }

    private static FolderTrial refused(IOException refused) {
        return switch (refused) {
            case FileAlreadyExistsException file -> new FolderTrial(Finding.FILE, file.getFile());
            case java.nio.file.NotDirectoryException file -> new FolderTrial(Finding.FILE, file.getFile());
            case java.nio.file.AccessDeniedException denied ->
                new FolderTrial(Finding.DENIED, denied.getFile() + ": permission denied");
            case NoSuchFileException dangling -> new FolderTrial(Finding.DENIED, dangling.getFile() + ": not found");
            case FileSystemException failed
            when failed.getReason() != null ->
                failed.getReason().contains("Not a directory")
                        ? new FolderTrial(Finding.FILE, failed.getFile())
                        : new FolderTrial(Finding.DENIED, failed.getFile() + ": " + failed.getReason());
            default -> new FolderTrial(Finding.DENIED, String.valueOf(refused.getMessage()));
        };
    }
}
