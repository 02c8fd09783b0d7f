package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;

/** Whether one could listen at a port, found out by listening there for no longer than it takes to ask. */
public final class PortTrial {

    private PortTrial() {}

    /** "good", "taken" by somebody, or "forbidden" because ports like it take a permission (RFC 6335 6). */
    public static String at(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.bind(address);
            return "good";
        } catch (BindException refused) {
            String why = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
            return why.contains("denied") || why.contains("permission") ? "forbidden" : "taken";
        } catch (IOException refused) {
            return "forbidden";
        }
    }
}
