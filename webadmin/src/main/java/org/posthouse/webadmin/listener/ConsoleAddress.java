package org.posthouse.webadmin.listener;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import org.posthouse.schema.panel.WebAdminConnection;

/**
 * Where this console is wanted to listen, the command line's flags being counted in.
 *
 * @param address the address of HTTPS, and of HTTP where only this host can reach it
 * @param httpPort the port without TLS
 * @param httpsPort the port with TLS
 * @param http whether it listens without TLS
 * @param redirect whether HTTP only leads to HTTPS
 */
public record ConsoleAddress(InetAddress address, int httpPort, int httpsPort, boolean http, boolean redirect) {

    /** What a page says, but for what the command line fixed. */
    public static ConsoleAddress of(WebAdminConnection page, Set<String> fixed) {
        boolean httpFixed = fixed.contains("http-port");
        return new ConsoleAddress(
                fixed.contains("bind")
                        ? InetAddress.ofLiteral(System.getProperty("posthouse.bind", "127.0.0.1"))
                        : page.listenAddress().address(),
                httpFixed ? Integer.getInteger("posthouse.http-port", page.httpPort()) : page.httpPort(),
                fixed.contains("https-port")
                        ? Integer.getInteger("posthouse.https-port", page.httpsPort())
                        : page.httpsPort(),
                httpFixed || page.http(),
                !httpFixed && page.redirect());
    }

    /** All that is listened at. */
    public Set<Endpoint> endpoints() {
        var all = new LinkedHashSet<Endpoint>();
        if (http) {
            all.add(plain());
        }
        all.add(secure());
        return all;
    }

    /** Those at which administrators can work, not only be led away. */
    public Set<Endpoint> usable() {
        return http && redirect ? Set.of(secure()) : endpoints();
    }

    // Passwords must not cross a network in the clear: without TLS the console is for this host alone.
    private Endpoint plain() {
        return new Endpoint(
                false, address.isLoopbackAddress() ? address : InetAddress.ofLiteral("127.0.0.1"), httpPort);
    }

    private Endpoint secure() {
        return new Endpoint(true, address, httpsPort);
    }

    /** Where command lines of this host find it. */
    public Endpoint main() {
        return http && !redirect ? plain() : secure();
    }
}
