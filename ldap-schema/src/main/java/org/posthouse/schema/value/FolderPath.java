package org.posthouse.schema.value;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/**
 * A folder on the server's disk. A relative one lies in the server's home; none may climb out of where it says it is.
 */
public record FolderPath(String text) {

    // Whatever lies in these belongs to the operating system.
    private static final Set<String> SYSTEM =
            Set.of("bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "sys", "usr");
    // These hold folders of programs and people, but are nobody's own.
    private static final Set<String> SHARED = Set.of(
            "/",
            "/home",
            "/media",
            "/mnt",
            "/opt",
            "/root",
            "/run",
            "/srv",
            "/tmp",
            "/usr/local",
            "/var",
            "/var/cache",
            "/var/lib",
            "/var/log",
            "/var/mail",
            "/var/run",
            "/var/spool",
            "/var/tmp");

    /** Throws IllegalArgumentException when the text cannot be a folder or holds "..". */
    public FolderPath {
        text = text.strip();
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("is not a folder name");
        }
        for (Path part : path(text)) {
            if (part.toString().equals("..")) {
                throw new IllegalArgumentException("must not contain \"..\"");
            }
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw new IllegalArgumentException("is not a folder name", malformed);
        }
    }

    /** Where it is, given the server's home. */
    public Path in(Path home) {
        return home.resolve(text).normalize();
    }

    /** Whether it names a folder of the operating system, or one that many programs share, whatever the home. */
    public boolean isSystemFolder() {
        Path path = path(text);
        return path.isAbsolute() && isSystemFolder(path.normalize());
    }

    /** The same of an absolute, normalized path. */
    public static boolean isSystemFolder(Path path) {
        String plain = path.toString().replace('\\', '/');
        if (SHARED.contains(plain) || path.getNameCount() == 0) {
            return true;
        }
        return plain.startsWith("/") && SYSTEM.contains(path.getName(0).toString()) && !plain.startsWith("/usr/local/");
    }

    @Override
    public String toString() {
        return text;
    }
}
