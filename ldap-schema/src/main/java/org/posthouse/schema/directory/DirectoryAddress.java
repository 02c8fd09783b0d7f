package org.posthouse.schema.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.value.Place;

/**
 * Where a directory server is and as whom to bind.
 *
 * @param url {@code ldap://host:port} or {@code ldaps://host:port}
 * @param root the suffix below which everything of the mail system stands
 * @param bindDn who binds
 * @param password the bind password; never logged
 * @param startTls whether a connection to {@code ldap} changes to TLS before anything else is sent (RFC 4511 4.14)
 * @param trust a PEM file of further certificates to trust besides those of the system; for TLS only
 * @param pin the key by which the server is known, instead of its certificate's name and issuer; for TLS only
 */
public record DirectoryAddress(
        String url,
        Place root,
        String bindDn,
        String password,
        boolean startTls,
        Optional<Path> trust,
        Optional<Pin> pin) {

    /** A server whose certificate, if it shows one, is known to the system. */
    public DirectoryAddress(String url, Place root, String bindDn, String password) {
        this(url, root, bindDn, password, false, Optional.empty(), Optional.empty());
    }

    /**
     * What {@code directory.properties} says: {@code url}, {@code root}, {@code bindDn}, {@code passwordFile}, and, where
     * they are needed, {@code startTls}, {@code ca}, and {@code pin}. Throws DirectoryDown when the password cannot be read.
     */
    public static DirectoryAddress of(Properties told) {
        String file = told.getProperty("passwordFile", "");
        try {
            return new DirectoryAddress(
                    told.getProperty("url", ""),
                    Place.of(told.getProperty("root", "dc=posthouse")),
                    told.getProperty("bindDn", ""),
                    Files.readString(Path.of(file)).strip(),
                    Boolean.parseBoolean(told.getProperty("startTls")),
                    Optional.ofNullable(told.getProperty("ca")).map(Path::of),
                    Optional.ofNullable(told.getProperty("pin")).map(Pin::new));
        } catch (IOException unreadable) {
            throw new DirectoryDown("The password file " + file + " cannot be read.", unreadable);
        }
    }

    /** The server that holds this key. */
    public DirectoryAddress known(Pin key) {
        return new DirectoryAddress(url, root, bindDn, password, startTls, trust, Optional.of(key));
    }

    /** The same server with another identity. */
    public DirectoryAddress as(String dn, String secret) {
        return new DirectoryAddress(url, root, dn, secret, startTls, trust, pin);
    }

    @Override
    public String toString() {
        return url + "/" + root + " as " + bindDn;
    }
}
