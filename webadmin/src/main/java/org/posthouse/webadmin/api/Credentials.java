package org.posthouse.webadmin.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.SignInCheck;

/** Checks names and passwords, with the same brake on guessing as the login page. */
@ApplicationScoped
public class Credentials {

    @Inject
    private SignInCheck signIns;

    /** Who this is; empty when the password is wrong. Throws SignInDelayed, DirectoryException. */
    Optional<Place> check(String name, String password, String address) {
        return signIns.check(name, password, address).map(Entry::place);
    }
}
