package org.posthouse.webadmin.boot.directory;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The place of one directory instance: {@code HOME/directory/}, and the file {@code HOME/directory.properties} that
 * tells others how to reach it. Open in one process at a time.
 */
final class DirectoryHome implements AutoCloseable {

    private static final List<String> FOLDERS =
            List.of("config/schema", "config/upgrade", "db", "locks", "logs", "bak", "import-tmp", "lib/extensions");

    private final Path folder;
    private final Path properties;
    private final FileChannel lock;

    private DirectoryHome(Path folder, Path properties, FileChannel lock) {
        this.folder = folder;
        this.properties = properties;
        this.lock = lock;
    }

    /**
     * Takes the instance for this process. The lock is the operating system's: it ends with the process that holds
     * it, however that ended.
     *
     * @throws DirectoryUnavailable when another process has it
     */
    static DirectoryHome open(Path home) {
        var folder = home.toAbsolutePath().normalize().resolve("directory");
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return new DirectoryHome(folder, folder.resolveSibling("directory.properties"), lock(folder));
        } catch (IOException failure) {
            throw new DirectoryUnavailable("Cannot use " + folder + " for the directory: " + failure, failure);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var file = folder.resolve("lock");
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!taken(channel)) {
            var holder = Files.readString(file).strip();
            channel.close();
            throw new DirectoryUnavailable("The directory in " + folder + " is in use by process " + holder
                    + ". Stop that one first, or choose another --home.");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException thisVeryProcess) {
            return false;
        }
    }

    /** Where the instance keeps its state. */
    Path folder() {
        return folder;
    }

    /** Makes the folders the server expects and puts the schema of this version in place. */
    void furnish(Path template, Path schemaLdif) throws IOException {
        for (var name : FOLDERS) {
            Files.createDirectories(folder.resolve(name));
        }
        var config = template.resolve("config");
        try (var files = Files.walk(config)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                copy(
                        file,
                        folder.resolve("config").resolve(config.relativize(file).toString()));
            }
        }
        copy(schemaLdif, folder.resolve("config/schema/60-posthouse.ldif"));
    }

    // What the server writes back itself (keys, its copy of the schema) has other names and is left alone.
    private void copy(Path from, Path to) throws IOException {
        var own = to.endsWith("admin-backend.ldif");
        if (!(own && Files.exists(to))) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The port of the last start when it is still free, else a free one. */
    int port() throws IOException {
        if (Files.exists(properties)) {
            var known = URI.create(read().getProperty("url", "")).getPort();
            if (known > 0 && isFree(known)) {
                return known;
            }
        }
        try (var any = listen(0)) {
            return any.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (var probe = listen(port)) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        return socket;
    }

    private Properties read() throws IOException {
        var read = new Properties();
        try (var in = Files.newBufferedReader(properties)) {
            read.load(in);
        }
        return read;
    }

    /** Tells everybody how to reach the server that runs here. */
    void announce(String url, String root, ServiceAccount account, Optional<Ldaps> ldaps) throws IOException {
        var text = new StringWriter();
        var told = new Properties();
        told.setProperty("url", url);
        told.setProperty("root", root);
        told.setProperty("bindDn", ServiceAccount.BIND_DN);
        told.setProperty("passwordFile", account.passwordFile().toString());
        if (ldaps.isPresent()) {
            told.setProperty("ldapsPort", Integer.toString(ldaps.get().port()));
            told.setProperty("ldapsPin", InstanceKey.OF_LDAPS.digest(folder));
        }
        told.store(text, "Written at each start of the embedded directory");
        PrivateFile.write(properties, text.toString());
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
