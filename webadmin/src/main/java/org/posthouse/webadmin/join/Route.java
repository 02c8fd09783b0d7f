package org.posthouse.webadmin.join;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.posthouse.webadmin.join.NotAdmitted.Cause;

/**
 * How an engine reaches the directory.
 *
 * @param url {@code ldap://host:port} or {@code ldaps://host:port}
 * @param pin the key by which it knows the directory; empty when that shows a certificate others vouch for
 * @param startTls whether a connection changes to TLS first
 * @param authorities certificates of private authorities that vouch for the directory, in PEM; may be empty
 */
public record Route(String url, Optional<String> pin, boolean startTls, String authorities) {

    /**
     * The way for a host that reached the console under a name. Throws NotAdmitted when there is none.
     *
     * @param known what {@code directory.properties} says
     * @param console how the host called the console
     * @param isHere whether it is the same machine
     */
    static Route of(Properties known, String console, boolean isHere) {
        String url = known.getProperty("url", "");
        String port = known.getProperty("ldapsPort", "");
        if (!port.isEmpty()) {
            String name = console.contains(":") ? "[" + console.replaceAll("[\\[\\]]", "") + "]" : console;
            return new Route("ldaps://" + name + ":" + port, Optional.of(known.getProperty("ldapsPin", "")), false, "");
        }
        if (isHere || !isLoopback(url)) {
            boolean startTls = Boolean.parseBoolean(known.getProperty("startTls"));
            return new Route(url, Optional.empty(), startTls, authorities(known.getProperty("ca", "")));
        }
        throw new NotAdmitted(
                Cause.IMPOSSIBLE,
                "The directory of this console accepts connections from its own host only, so no other host can use it. "
                        + "Start the console with --ldaps-port 636, or with --directory and a server that all hosts can "
                        + "reach. The token is still valid.");
    }

    private static String authorities(String file) {
        try {
            return file.isEmpty() ? "" : Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            throw new NotAdmitted(Cause.IMPOSSIBLE, file + " cannot be read. The token is still valid.");
        }
    }

    /** Whether another machine can use the directory at all. */
    static boolean isForOthers(Properties known) {
        return known.containsKey("ldapsPort") || !isLoopback(known.getProperty("url", ""));
    }

    private static boolean isLoopback(String url) {
        try {
            return InetAddress.getByName(URI.create(url).getHost()).isLoopbackAddress();
        } catch (UnknownHostException | IllegalArgumentException unknown) {
            return false;
        }
    }
}
