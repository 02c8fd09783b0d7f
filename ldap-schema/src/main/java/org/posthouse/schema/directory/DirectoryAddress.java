package org.posthouse.schema.directory;

import org.posthouse.schema.value.Place;

/**
 * Where a directory server is and as whom to bind.
 *
 * @param url {@code ldap://host:port} or {@code ldaps://host:port}
 * @param root the suffix below which everything of the mail system stands
 * @param bindDn who binds
 * @param password the bind password; never logged
 */
public record DirectoryAddress(String url, Place root, String bindDn, String password) {

    /** The same server with another identity. */
    public DirectoryAddress as(String dn, String secret) {
        return new DirectoryAddress(url, root, dn, secret);
    }

    @Override
    public String toString() {
        return url + "/" + root + " as " + bindDn;
    }
}
