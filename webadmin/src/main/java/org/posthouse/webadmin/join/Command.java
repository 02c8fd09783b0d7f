package org.posthouse.webadmin.join;

/**
 * The command that lets a host join. Everything is in one address: where the console is, the token, and the key by which
 * the host knows the console; the last two after the number sign, which no program sends (RFC 3986 3.5).
 */
public final class Command {

    private Command() {}

    /** The address a host gets, for a console called so by whoever asks. */
    public static String address(String console, String token) {
        String name = console.contains(":") && !console.startsWith("[") ? "[" + console + "]" : console;
        return "https://" + name + ":" + System.getProperty("posthouse.https-port", "8449") + "/#" + token + "."
                + pin();
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
