package org.posthouse.webadmin.join;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The command that lets a host join. Everything is in one address: where the console is, the token, and the key by which
 * the host knows the console; the last two after the number sign, which no program sends (RFC 3986 3.5).
 */
public final class Command {

    private Command() {}

    /** The address a host gets, for a console called so by whoever asks. */
    public static String address(String console, String token) {
        String name = name(console, System.getProperty("posthouse.bind", "127.0.0.1"));
        String host = name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
        return "https://" + host + ":" + System.getProperty("posthouse.https-port", "8449") + "/#" + token + "."
                + pin();
    }

    // Plain HTTP is on loopback even where HTTPS is on the network: who asks there means the other address.
    static String name(String console, String bind) {
        if (!console.matches("localhost|127\\..*|\\[?::1]?|\\[?0:0:0:0:0:0:0:1]?")) {
            return console;
        }
        try {
            InetAddress listens = InetAddress.getByName(bind);
            if (listens.isAnyLocalAddress()) {
                return InetAddress.getLocalHost().getHostName();
            }
            return listens.isLoopbackAddress() ? console : bind;
        } catch (UnknownHostException nameless) {
            return console;
        }
    }

    /** What is to be typed on the host. */
    public static String line(String address) {
        return "./posthouse ims --join '" + address + "'";
    }

    /** SHA-256 of the console's public key in Base64 for addresses. */
    public static String pin() {
        return System.getProperty("posthouse.certificate-pin", "");
    }
}
