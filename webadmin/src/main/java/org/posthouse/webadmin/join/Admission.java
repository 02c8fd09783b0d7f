package org.posthouse.webadmin.join;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.join.NotAdmitted.Cause;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.pulse.Pulse;

/**
 * Gives a host its account. The account is the Host Server object itself, with a password that nobody knows but the host:
 * so deleting the object is all it takes to shut the host out.
 */
@ApplicationScoped
public class Admission {

    private static final String ENGINE = "posthouseEngine";

    /**
     * What a host gets.
     *
     * @param host its Host Server object, as which it binds
     * @param password its password
     * @param route how it reaches the directory
     * @param root the suffix of the tree
     */
    public record Account(Place host, String password, Route route, Place root) {}

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private ChangeServices changeServices;

    /** Whether another machine could use this directory. */
    public boolean isForOthers() {
        return Route.isForOthers(installed.whereItIs());
    }

    /** Whether a token can be made for this object: a Host Server, or what may hold one. */
    public boolean isPossibleIn(Entry entry) {
        return entry.kind() == Kind.HOST_SERVER || Kind.HOST_SERVER.parents().contains(entry.kind());
    }

    /**
     * Admits a host. Throws NotAdmitted or a DirectoryException; then nothing is left behind.
     *
     * @param in its Host Server, or the container in which to make one
     * @param name what the host calls itself
     * @param console how the host called the console
     * @param from the host's address
     * @param isHere whether it is the machine of the console
     */
    public Account admit(Place in, String name, String console, String from, boolean isHere) {
        Properties known = installed.whereItIs();
        Route route = Route.of(known, console, isHere);
        ChangeService changes = changeServices.by(installed.directoryFor(new Author("", from, Author.By.JOIN)), "");
        Directory directory = changes.directory();
        Entry there = directory.read(in).orElseThrow(() -> new Missing(in));
        boolean isNew = there.kind() != Kind.HOST_SERVER;
        Entry host = isNew ? made(changes, in, name) : free(there);
        String password = password();
        try {
            changes.setPassword(host.place(), password);
            prove(host.place(), password);
        } catch (DirectoryException | NotAdmitted refused) {
            takeBack(changes, host.place(), isNew);
            throw refused instanceof DirectoryDown down ? down : unable(known, refused);
        }
        return new Account(host.place(), password, route, directory.root());
    }

    // An engine finds its object by name alone, so two of one name would be one host.
    private static Entry made(ChangeService changes, Place in, String name) {
        if (!name.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")) {
            throw new NotAdmitted(
                    Cause.IMPOSSIBLE,
                    "\"" + name + "\" is not a valid host name. Specify another one with --host-name.");
        }
        Optional<Entry> other = changes.directory().configuration().stream()
                .filter(entry ->
                        entry.kind() == Kind.HOST_SERVER && entry.name().equalsIgnoreCase(name))
                .findFirst();
        if (other.isPresent()) {
            throw new NotAdmitted(
                    Cause.IMPOSSIBLE,
                    "There is a Host Server " + name + " already, at "
                            + other.get().place()
                            + ". Create the command on the page of that object, or specify another name with --host-name.");
        }
        Place place = in.child(Kind.HOST_SERVER.naming(), name);
        return Objects.requireNonNull(
                changes.apply(changes.plan(List.of(new Step.Make(place, Kind.HOST_SERVER, Map.of()))))
                        .get(place));
    }

    private Entry free(Entry host) {
        pulse.settle();
        if (pulse.board(host.place()).isPresent()) {
            throw new NotAdmitted(
                    Cause.IMPOSSIBLE,
                    "The engine of host " + host.name() + " is running at " + pulse.boardUrl(host.place())
                            + ". Stop it first: only one engine can run as this host.");
        }
        return host;
    }

    // Does what an engine does first, as the host: reads the secret of the system, takes a number, writes on its
    // object.
    private void prove(Place host, String password) {
        try (Directory own = installed.bound(host, password)) {
            boolean reads = own.read(own.internetServices())
                    .flatMap(services -> services.value("posthouseSystemSecret"))
                    .isPresent();
            if (!reads) {
                throw new NotAdmitted(Cause.IMPOSSIBLE, host + " is not allowed to read " + own.internetServices());
            }
            Entry seen = own.read(host).orElseThrow(() -> new Missing(host));
            own.save(
                    host,
                    Map.of(ENGINE, seen.values(ENGINE)),
                    Map.of(ENGINE, List.of("Joined at " + installed.clock().instant())),
                    seen.revision());
        }
    }

    private static void takeBack(ChangeService changes, Place host, boolean isNew) {
        changes.directory().read(host).ifPresent(left -> {
            if (isNew) {
                changes.apply(changes.plan(List.of(new Step.Remove(host)), List.of(left)));
            } else {
                changes.setPassword(host, password());
            }
        });
    }

    private static NotAdmitted unable(Properties known, RuntimeException refused) {
        return new NotAdmitted(
                Cause.IMPOSSIBLE,
                "The directory at " + known.getProperty("url")
                        + " does not give hosts accounts with the permissions that an engine requires: "
                        + refused.getMessage()
                        + ". Grant them there, or create an account manually and start the engine with --directory, "
                        + "--directory-bind-dn, and --directory-password-file. The token is still valid.");
    }

    private static String password() {
        var chance = new byte[32];
        new SecureRandom().nextBytes(chance);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
    }
}
