package org.posthouse.webadmin.login;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryAddress;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.value.Place;

/**
 * Where this console is installed: its home, its directory and the clock it goes by. The service account is used only
 * for what no visitor asks: to check a login, to see whether set-up was done, and to find the engines' boards.
 */
@ApplicationScoped
public class Installed {

    private final Clock clock = Clock.systemUTC();
    private @Nullable Directory service;

    /** The clock of the console. */
    public Clock clock() {
        return clock;
    }

    /** The folder all state lies in. */
    public Path home() {
        return Path.of(System.getProperty("posthouse.home", "var"));
    }

    /** The directory under the service account. Throws DirectoryDown when it does not answer yet. */
    public synchronized Directory directory() {
        Directory known = service;
        if (known == null) {
            known = Directory.connect(address(), clock);
            service = known;
        }
        return known;
    }

    /**
     * A connection under an administrator's own account; whoever asks closes it. A directory that was not told to give
     * administrators the right to write (slapd as it comes) is written to by the service account in their stead.
     */
    public Directory directoryAs(Place administrator, String password) {
        Directory own = Directory.connect(address().as(administrator.toString(), password), clock);
        if (own.mayChange(own.internetServices())) {
            return own;
        }
        own.close();
        return Directory.connect(address(), clock);
    }

    /** A connection under an account that is no administrator's; whoever asks closes it. */
    public Directory bound(Place account, String password) {
        return Directory.connect(address().as(account.toString(), password), clock);
    }

    /** Whether set-up was completed: it creates the administrators last. */
    public boolean isSetUp() {
        Directory directory = directory();
        return directory.read(directory.administrators()).isPresent();
    }

    private DirectoryAddress address() {
        Properties known = whereItIs();
        try {
            String password = Files.readString(Path.of(known.getProperty("passwordFile", "")));
            return new DirectoryAddress(
                    known.getProperty("url", ""),
                    Place.of(known.getProperty("root", "dc=posthouse")),
                    known.getProperty("bindDn", ""),
                    password.strip());
        } catch (IOException unreadable) {
            throw new DirectoryDown("The password of the directory's account cannot be read", unreadable);
        }
    }

    /** What {@code directory.properties} says of the directory. Throws DirectoryDown when it is not there yet. */
    public Properties whereItIs() {
        Path file = Optional.ofNullable(System.getProperty("posthouse.directory"))
                .map(Path::of)
                .orElseGet(() -> home().resolve("directory.properties"));
        var known = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            known.load(in);
            return known;
        } catch (IOException notYet) {
            throw new DirectoryDown("The directory is starting: " + file.getFileName() + " is not there yet", notYet);
        }
    }

    @PreDestroy
    void close() {
        Directory known = service;
        if (known != null) {
            known.close();
        }
    }
}
