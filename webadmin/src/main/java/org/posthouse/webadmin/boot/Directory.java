package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.posthouse.webadmin.boot.directory.DirectoryUnavailable;
import org.posthouse.webadmin.boot.directory.EmbeddedDirectory;
import org.posthouse.webadmin.boot.directory.Ldaps;

/**
 * Where the directory is. {@code HOME/directory.properties} tells it to console and engine alike: {@code url},
 * {@code root}, {@code bindDn} and {@code passwordFile}, and for TLS {@code ca} and {@code startTls}. For the embedded directory the file is written by that
 * directory itself, for an external one here, from the command line.
 */
final class Directory implements AutoCloseable {
    static final String FILE = "directory.properties";

    private final Properties whereItIs;
    private final Optional<EmbeddedDirectory> embedded;

    private Directory(Properties whereItIs, Optional<EmbeddedDirectory> embedded) {
        this.whereItIs = whereItIs;
        this.embedded = embedded;
    }

    static Directory open(Flags flags, Home home, Path distribution) {
        if (flags.directory().isPresent()) {
            home.write(FILE, external(flags, flags.directory().get()));
            return new Directory(read(home.at(FILE)), Optional.empty());
        }
        var started = startEmbedded(home.folder(), distribution, flags);
        return new Directory(read(home.at(FILE)), Optional.of(started));
    }

    Properties whereItIs() {
        return whereItIs;
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedDirectory::close);
    }

    private static EmbeddedDirectory startEmbedded(Path home, Path distribution, Flags flags) {
        try {
            return EmbeddedDirectory.start(
                    home,
                    distribution,
                    distribution.resolve("directory/posthouse.ldif"),
                    flags.ldapsPort().map(port -> new Ldaps(flags.bind().orElse("127.0.0.1"), port)));
        } catch (DirectoryUnavailable failed) {
            var why = failed.getCause() == null ? "" : " (" + failed.getCause().getMessage() + ")";
            throw new Refusal(failed.getMessage() + why, failed);
        }
    }

    // RFC 4516 2: what follows the host is the distinguished name, percent-encoded; URI decodes it.
    private static String external(Flags flags, URI url) {
        var root = String.valueOf(url.getPath()).replaceFirst("^/", "");
        if (root.isEmpty()) {
            throw new Refusal(
                    "--directory " + url + " names no root; add it as the path, as in " + url + "/dc=example.");
        }
        var file = new Properties();
        var port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("ldaps") ? 636 : 389;
        file.setProperty("url", url.getScheme() + "://" + url.getHost() + ":" + port);
        file.setProperty("root", root);
        file.setProperty("bindDn", flags.bindDn().orElseThrow());
        file.setProperty("passwordFile", flags.passwordFile().orElseThrow().toString());
        flags.authorities().ifPresent(ca -> file.setProperty("ca", ca.toString()));
        if (flags.startTls()) {
            file.setProperty("startTls", "true");
        }
        if (!Files.isReadable(flags.passwordFile().orElseThrow())) {
            throw new Refusal(
                    "--directory-password-file: " + flags.passwordFile().orElseThrow() + " cannot be read.");
        }
        var text = new StringWriter();
        try {
            file.store(text, null);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    private static Properties read(Path file) {
        var found = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            found.load(in);
            return found;
        } catch (IOException unreadable) {
            throw new Refusal("Cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
