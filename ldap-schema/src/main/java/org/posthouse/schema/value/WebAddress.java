package org.posthouse.schema.value;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address of a service that is spoken to over HTTPS alone (RFC 9110 4.2.2).
 *
 * @param uri absolute, with the scheme https and a host
 */
public record WebAddress(URI uri) {

    /** Reads an address. Throws IllegalArgumentException, in words for the reader. */
    public static WebAddress of(String text) {
        try {
            var uri = new URI(text.strip());
            if (!"https".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new IllegalArgumentException("is not an address that begins with https:// and a host");
            }
            return new WebAddress(uri);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "is not an address, such as https://acme.example.com/directory", malformed);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
