package org.posthouse.webadmin.pulse;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/**
 * Where the board of a host's engine is.
 *
 * @param host the Host Server object
 * @param url the board's address without a path
 * @param secret what every request shows; never logged
 * @param rival whether it is a further engine's, where there should be one alone
 */
record BoardAddress(Place host, URI url, String secret, boolean rival) {

    /** The address that a Host Server object names; empty when no engine ran there yet. */
    static Optional<BoardAddress> of(Entry host, String secret) {
        return host.value("posthouseStatusUrl").flatMap(text -> at(host, text, secret, false));
    }

    /** The addresses of further engines that run as the same host. */
    static List<BoardAddress> rivals(Entry host, String secret) {
        return host.values("posthouseRivalUrl").stream()
                .flatMap(text -> at(host, text, secret, true).stream())
                .toList();
    }

    private static Optional<BoardAddress> at(Entry host, String text, String secret, boolean rival) {
        try {
            return Optional.of(URI.create(text))
                    .map(url -> new BoardAddress(host.place(), url, secret, rival))
                    .filter(BoardAddress::isSafe);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    // The secret goes over a network to none but the board that holds the key.
    private boolean isSafe() {
        return "https".equals(url.getScheme()) ? pin().isPresent() : isHere();
    }

    private boolean isHere() {
        return "http".equals(url.getScheme()) && String.valueOf(url.getHost()).matches("127\\..*|localhost|\\[::1]");
    }

    /** The address of one of the board's resources; the board's own path, if any, ends in "/status". */
    URI at(String path) {
        return URI.create(shown().replaceFirst("/(status)?$", "") + path);
    }

    /** The address without the key that follows it. */
    String shown() {
        return url.toString().replaceFirst("/?#.*", "");
    }

    /** The key by which the board is known, where it is read over TLS; it stands after the number sign. */
    Optional<Pin> pin() {
        return Optional.ofNullable(url.getFragment()).map(Pin::new);
    }

    @Override
    public String toString() {
        return host + " at " + url;
    }
}
