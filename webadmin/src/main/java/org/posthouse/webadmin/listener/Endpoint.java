package org.posthouse.webadmin.listener;

import java.net.InetAddress;
import java.net.URI;

/**
 * One address and port at which the console listens.
 *
 * @param secure whether with TLS
 * @param address of this host; an any-address (0.0.0.0, ::) stands for all of its family
 * @param port the port
 */
public record Endpoint(boolean secure, InetAddress address, int port) {

    /** The one of a URL such as {@code https://127.0.0.1:8449/}. */
    static Endpoint of(String url) {
        URI uri = URI.create(url);
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        return new Endpoint(uri.getScheme().equals("https"), InetAddress.ofLiteral(host), uri.getPort());
    }

    /** As a URL. */
    public String url() {
        return url(address);
    }

    /** As a URL that can be called from this host: an any-address is no destination. */
    public String called() {
        if (!address.isAnyLocalAddress()) {
            return url();
        }
        return url(InetAddress.ofLiteral(address.getAddress().length == 4 ? "127.0.0.1" : "::1"));
    }

    private String url(InetAddress host) {
        String text = host.getHostAddress();
        return (secure ? "https://" : "http://") + (text.contains(":") ? "[" + text + "]" : text) + ":" + port + "/";
    }

    /** Whether what calls the other one reaches this one as well. */
    public boolean covers(Endpoint other) {
        return secure == other.secure
                && port == other.port
                && (address.equals(other.address) || address.isAnyLocalAddress());
    }

    /** Whether a host cannot have both at once. */
    boolean excludes(Endpoint other) {
        return port == other.port
                && (address.equals(other.address) || address.isAnyLocalAddress() || other.address.isAnyLocalAddress());
    }
}
