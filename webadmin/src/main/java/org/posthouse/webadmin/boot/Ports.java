package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Looks before the start whether the console's ports can be had, so that a refusal names the port and its flag. */
final class Ports {
    private Ports() {}

    static void check(String bind, int port, String flag) {
        var address = address(bind);
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException refused) {
            var why = String.valueOf(refused.getMessage());
            if (why.contains("Permission denied")) {
                throw new Refusal(
                        "Port %d requires root privileges. Choose a port above 1023 with %s.".formatted(port, flag));
            }
            if (why.contains("assign requested address")) {
                throw new Refusal("This host has no address " + bind + ". Choose another address with --bind.");
            }
            throw new Refusal("Port %d on %s is in use by another program. Choose another port with %s."
                    .formatted(port, bind, flag));
        }
    }

    /** Whether only this host can reach what listens there. */
    static boolean isLoopback(String bind) {
        return address(bind).isLoopbackAddress();
    }

    private static InetAddress address(String bind) {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException unknown) {
            throw new Refusal("--bind requires an address of this host, not \"" + bind + "\".", unknown);
        }
    }
}
