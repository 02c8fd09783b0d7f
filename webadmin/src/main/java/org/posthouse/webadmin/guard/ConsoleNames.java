package org.posthouse.webadmin.guard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.webadmin.console.ConsoleServer;
import org.posthouse.webadmin.listener.OwnServer;
import org.posthouse.webadmin.login.Installed;

/**
 * The names by which this console may be called: loopback, the names and addresses of its host, the Official Domains and
 * certificates of the messaging servers on it, and the Public Address of its WebAdmin Server. Safe for many threads; the
 * directory's copy in memory is read at most every five seconds.
 */
@ApplicationScoped
public class ConsoleNames {

    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%a-z0-9]*]?");

    @Inject
    private Installed installed;

    @Inject
    private ConsoleServer console;

    private record Known(Set<String> names, Instant until) {}

    private volatile Known known = new Known(Set.of(), Instant.EPOCH);

    /**
     * Whether a request may call the console so.
     *
     * @param host the name or address in the request, without a port
     * @param local the address of this host at which the request came in
     */
    public boolean has(String host, String local) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        if (name.equals("localhost")) {
            return true;
        }
        return ADDRESS.matcher(name).matches() ? isOwn(name, local) : names().contains(name);
    }

    private static boolean isOwn(String text, String local) {
        try {
            InetAddress address = InetAddress.ofLiteral(text.replaceAll("[\\[\\]]", ""));
            return address.isLoopbackAddress()
                    || address.equals(InetAddress.ofLiteral(local.replaceAll("[\\[\\]]", "")))
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IllegalArgumentException | SocketException none) {
            return false;
        }
    }

    private Set<String> names() {
        Instant now = installed.clock().instant();
        Known before = known;
        if (now.isBefore(before.until())) {
            return before.names();
        }
        var fresh = new HashSet<String>(List.of(OwnServer.host().toLowerCase(Locale.ROOT)));
        machine(fresh);
        console.publicAddress()
                .ifPresent(address -> fresh.add(address.uri().getHost().toLowerCase(Locale.ROOT)));
        try {
            fromTree(installed.shown().tree(), fresh);
        } catch (DirectoryException away) {
            // What was known before the directory went away is as good as it was.
            fresh.addAll(before.names());
        }
        known = new Known(fresh, now.plus(KNOWN_FOR));
        return fresh;
    }

    private static void machine(Set<String> names) {
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException nameless) {
            names.add("localhost");
        }
    }

    private static void fromTree(Tree tree, Set<String> names) {
        tree.servers().stream()
                .filter(server -> server.identification().hostServer().leaf().equalsIgnoreCase(OwnServer.host()))
                .flatMap(ConsoleNames::namesOf)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .forEach(names::add);
    }

    private static Stream<String> namesOf(MessagingServer server) {
        return Stream.concat(
                Stream.of(server.identification().officialDomain().ascii()),
                server.security().certificate().stream().flatMap(chain -> chain.names().stream()));
    }
}
