package org.posthouse.schema.directory;

import java.nio.file.Path;
import java.util.Optional;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.value.Place;

/**
 * Where a directory server is and as whom to bind.
 *
 * @param url {@code ldap://host:port} or {@code ldaps://host:port}
 * @param root the suffix below which everything of the mail system stands
 * @param bindDn who binds
 * @param password the bind password; never logged
 * @param trust a PEM file of further certificates to trust besides those of the system; for {@code ldaps} only
 * @param pin the key by which the server is known, instead of its certificate's name and issuer; for {@code ldaps} only
 */
public record DirectoryAddress(
        String url, Place root, String bindDn, String password, Optional<Path> trust, Optional<Pin> pin) {

    /** A server whose certificate, if it shows one, is known to the system. */
    public DirectoryAddress(String url, Place root, String bindDn, String password) {
        this(url, root, bindDn, password, Optional.empty(), Optional.empty());
    }

    /** The server that holds this key. */
    public DirectoryAddress known(Pin key) {
        return new DirectoryAddress(url, root, bindDn, password, trust, Optional.of(key));
    }

    /** The same server with another identity. */
    public DirectoryAddress as(String dn, String secret) {
        return new DirectoryAddress(url, root, dn, secret, trust, pin);
    }

    @Override
    public String toString() {
        return url + "/" + root + " as " + bindDn;
    }
}
