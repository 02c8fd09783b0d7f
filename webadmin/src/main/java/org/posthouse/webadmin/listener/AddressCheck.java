package org.posthouse.webadmin.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.WebAdminConnection;
import org.posthouse.schema.value.Place;

/** Whether this console could listen where its page says: asked of the host before anything is saved. */
public final class AddressCheck {

    private AddressCheck() {}

    /** What stands in the way, on the option that causes it; nothing for the page of a console on another host. */
    public static List<Problem> problems(Place object, WebAdminConnection page) {
        var listeners = new Listeners();
        if (!listeners.isThere() || !OwnServer.isAt(object)) {
            return List.of();
        }
        ConsoleAddress wanted = ConsoleAddress.of(page, listeners.fixed());
        if (!isOfThisHost(wanted.address())) {
            return List.of(
                    new Problem("listenAddress", page.listenAddress().literal(), "is not an address of this host"));
        }
        var problems = new ArrayList<Problem>();
        for (Endpoint each : wanted.endpoints()) {
            refusal(each, listeners.open())
                    .ifPresent(reason -> problems.add(new Problem(
                            each.secure() ? "httpsPort" : "httpPort", Integer.toString(each.port()), reason)));
        }
        return problems;
    }

    private static boolean isOfThisHost(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true; // The attempt to listen tells.
        }
    }

    // What we hold ourselves is no hindrance: it is kept, or goes in time.
    private static Optional<String> refusal(Endpoint wanted, Set<Endpoint> open) {
        if (open.stream().anyMatch(wanted::excludes)) {
            return Optional.empty();
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(wanted.address(), wanted.port()));
            return Optional.empty();
        } catch (IOException refused) {
            String why = String.valueOf(refused.getMessage());
            if (why.contains("Permission denied")) {
                return Optional.of("requires root privileges; choose a port above 1023");
            }
            return Optional.of(
                    "is in use by another program on " + wanted.address().getHostAddress());
        }
    }
}
