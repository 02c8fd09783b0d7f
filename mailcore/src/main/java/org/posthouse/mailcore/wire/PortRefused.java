package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** A port cannot be listened on; the message says address, port and why, in words for an administrator. */
public final class PortRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    PortRefused(InetSocketAddress at, IOException cause) {
        super("cannot listen on " + text(at) + ": " + why(at.getPort(), String.valueOf(cause.getMessage())), cause);
    }

    private static String text(InetSocketAddress at) {
        String host =
                at.getAddress() == null ? at.getHostString() : at.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
    }

    private static String why(int port, String message) {
        String said = message.toLowerCase(Locale.ROOT);
        if (said.contains("in use")) {
            return "the port is in use by another program";
        }
        if (said.contains("permission") || said.contains("denied")) {
            return port < 1024
                    ? "ports below 1024 require a permission that this program does not have"
                    : "not permitted";
        }
        if (said.contains("cannot assign") || said.contains("unresolved")) {
            return "the address is not on this host";
        }
        return message;
    }
}
