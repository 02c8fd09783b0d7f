package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the directory is. {@code HOME/directory.properties} tells it to console and engine alike: {@code url},
 * {@code root}, {@code bindDn} and {@code passwordFile}. For the embedded directory the file is written by that
 * directory itself, for an external one here, from the command line.
 */
final class Directory implements AutoCloseable {
    static final String FILE = "directory.properties";
    private static final String EMBEDDED = "org.posthouse.webadmin.boot.directory.EmbeddedDirectory";

    private final Properties whereItIs;
    private final Optional<AutoCloseable> embedded;

    private Directory(Properties whereItIs, Optional<AutoCloseable> embedded) {
        this.whereItIs = whereItIs;
        this.embedded = embedded;
    }

    static Directory open(Flags flags, Home home, Path distribution) {
        if (flags.directory().isPresent()) {
            home.write(FILE, external(flags, flags.directory().get()));
            return new Directory(read(home.at(FILE)), Optional.empty());
        }
        var started = startEmbedded(home.folder(), distribution);
        return new Directory(read(home.at(FILE)), Optional.of(started));
    }

    Properties whereItIs() {
        return whereItIs;
    }

    @Override
    public void close() {
        embedded.ifPresent(Part::close);
    }

    private static AutoCloseable startEmbedded(Path home, Path distribution) {
        var schema = distribution.resolve("directory/schema.ldif");
        try {
            var start = Class.forName(EMBEDDED).getMethod("start", Path.class, Path.class, Path.class);
            return (AutoCloseable) start.invoke(null, home, distribution, schema);
        } catch (InvocationTargetException failed) {
            var cause = failed.getCause() == null ? failed : failed.getCause();
            throw new Refusal("The embedded directory did not start: " + cause.getMessage(), cause);
        } catch (ReflectiveOperationException absent) {
            throw new Refusal("This build has no embedded directory; use --directory URL.", absent);
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
