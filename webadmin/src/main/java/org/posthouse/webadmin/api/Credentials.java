package org.posthouse.webadmin.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Attempts;
import org.posthouse.webadmin.login.Installed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks names and passwords by a bind, with the same brake on guessing as the login page. */
@ApplicationScoped
public class Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

    @Inject
    private Installed installed;

    @Inject
    private Attempts attempts;

    /** Who this is; empty when the password is wrong. Throws NotAllowed while the name has to wait. */
    Optional<Place> check(String name, String password, String address) {
        Duration wait = attempts.wait(name, address);
        if (!wait.isZero()) {
            throw new NotAllowed("Too many failed attempts; wait " + (wait.toSeconds() + 1) + " s");
        }
        Optional<Entry> known = installed.directory().signIn(name, password);
        if (known.isEmpty()) {
            attempts.failed(name, address);
            LOG.warn("Refused \"{}\" from {}", name.replaceAll("\\p{Cntrl}", "?"), address);
        } else {
            attempts.succeeded(name, address);
        }
        return known.map(Entry::place);
    }
}
