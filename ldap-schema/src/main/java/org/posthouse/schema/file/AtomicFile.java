package org.posthouse.schema.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Replaces files so that a crash or a power cut leaves the old content or the new content, never a part of it and never
 * an empty file. When a method returns, the change is on the disk: the content is synced, then the file is renamed, then
 * its folder is synced.
 *
 * <p>The draft lies beside the file and ends in {@code .new}. A draft that a crash left behind is overwritten by the next
 * call. An interrupted thread still finishes the file and stays interrupted. Two threads must not replace the same file at the same time. Each call waits for the disk, usually some
 * milliseconds.
 */
public final class AtomicFile {

    /** Permissions of a file that only its owner may read and write. */
    public static final String PRIVATE = "rw-------";

    /** Permissions of a file that everyone may read. */
    public static final String READABLE = "rw-r--r--";

    private AtomicFile() {}

    /** Replaces a file by a private one with this text in UTF-8. Throws IOException, and then the file is unchanged. */
    public static void replace(Path file, String text) throws IOException {
        replace(file, PRIVATE, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Replaces a file, or creates it. Throws IOException, and then the file is unchanged.
     *
     * @param file the file; its folder exists
     * @param permissions of the new file from its first moment, such as {@link #PRIVATE}
     * @param content its whole content
     */
    public static void replace(Path file, String permissions, byte[] content) throws IOException {
        Path draft = draft(file);
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        try {
            uninterrupted(() -> write(draft, content));
            rename(draft, file);
        } catch (IOException failed) {
            Files.deleteIfExists(draft);
            throw failed;
        }
    }

    /** The name of a draft, for those who write one themselves and then call {@link #move}. */
    public static Path draft(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /** Puts a draft that is completely written in the place of a file in the same folder. Throws IOException. */
    public static void move(Path draft, Path file) throws IOException {
        sync(draft);
        rename(draft, file);
    }

    /** Deletes a file if it exists. Throws IOException. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            syncFolderOf(file);
        }
    }

    /** Has the content of a file on the disk. Throws IOException. */
    public static void sync(Path file) throws IOException {
        uninterrupted(() -> force(file, StandardOpenOption.WRITE));
    }

    /** Has the names in a folder on the disk: those of files that were created, renamed, or deleted. */
    public static void syncFolder(Path folder) throws IOException {
        uninterrupted(() -> force(folder, StandardOpenOption.READ));
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (var channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    // A channel is closed when its thread is interrupted; the thread that is told to stop still has to finish its file.
    private static void uninterrupted(Work work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    work.run();
                    return;
                } catch (ClosedByInterruptException again) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void write(Path draft, byte[] content) throws IOException {
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static void rename(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolderOf(file);
    }

    private static void syncFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            syncFolder(folder);
        }
    }
}
