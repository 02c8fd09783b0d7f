package org.posthouse.mailcore.ims;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryAddress;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;

/**
 * Where the directory is: from the command line, or from {@code HOME/directory.properties}, which is read again at each
 * attempt because the embedded directory writes it when it first starts. A process that starts the directory itself sets
 * {@code directory.complete} when the settings say where it is.
 */
record WhereItIs(Properties settings, Clock clock) {

    private static final List<String> NEEDED = List.of("url", "root", "bindDn", "passwordFile");
    private static final List<String> TLS = List.of("startTls", "ca");

    /** Connects. Throws a DirectoryException in words for the board. */
    Directory connect() {
        if (!settings.containsKey("directory.properties") && !settings.containsKey("directory.complete")) {
            throw down("The directory of this host is starting.");
        }
        Properties file = file();
        var told = new Properties();
        told.putAll(file);
        NEEDED.forEach(key -> told.setProperty(key, needed(file, key)));
        TLS.forEach(key -> Optional.ofNullable(settings.getProperty("directory." + key))
                .ifPresent(value -> told.setProperty(key, value)));
        return Directory.connect(DirectoryAddress.of(told), clock);
    }

    /** What this host is called since it joined; empty when it did not. */
    Optional<String> hostName() {
        return Optional.ofNullable(file().getProperty("hostName")).filter(name -> !name.isBlank());
    }

    /** Where the console saw this host when it joined; empty when that was on the same machine. */
    Optional<String> statusAddress() {
        return Optional.ofNullable(file().getProperty("statusAddress")).filter(address -> !address.isBlank());
    }

    private Properties file() {
        var read = new Properties();
        String name = settings.getProperty("directory.properties", "");
        if (!name.isEmpty() && Files.exists(Path.of(name))) {
            try (Reader reader = Files.newBufferedReader(Path.of(name))) {
                read.load(reader);
            } catch (IOException unreadable) {
                throw new DirectoryDown("The file " + name + " cannot be read.", unreadable);
            }
        }
        return read;
    }

    private String needed(Properties file, String key) {
        return Optional.ofNullable(settings.getProperty("directory." + key))
                .or(() -> Optional.ofNullable(file.getProperty(key)))
                .orElseThrow(() -> down("No directory is configured yet: neither with --directory nor in "
                        + settings.getProperty("directory.properties", "a file") + " (" + key + ")."));
    }

    private static DirectoryDown down(String why) {
        return new DirectoryDown(why, new IllegalStateException(why));
    }
}
