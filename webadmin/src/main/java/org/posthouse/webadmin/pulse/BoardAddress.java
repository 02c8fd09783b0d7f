package org.posthouse.webadmin.pulse;

import java.net.URI;
import java.util.Optional;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/**
 * Where the board of a host's engine is.
 *
 * @param host the Host Server object
 * @param url the board's address without a path
 * @param secret what every request shows; never logged
 */
record BoardAddress(Place host, URI url, String secret) {

    /** The address that a Host Server object names; empty when no engine ran there yet. */
    static Optional<BoardAddress> of(Entry host, String secret) {
        try {
            return host.value("posthouseStatusUrl")
                    .map(URI::create)
                    .filter(url -> "http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    .map(url -> new BoardAddress(host.place(), url, secret));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The address of one of the board's resources; the board's own path, if any, ends in "/status". */
    URI at(String path) {
        String base = url.toString();
        return URI.create(base.replaceFirst("/(status)?$", "") + path);
    }

    @Override
    public String toString() {
        return host + " at " + url;
    }
}
