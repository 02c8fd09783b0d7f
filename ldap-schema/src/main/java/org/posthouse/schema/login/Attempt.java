package org.posthouse.schema.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.posthouse.schema.value.AddressText;
import org.posthouse.schema.value.LoginName;

/**
 * One attempt to sign in.
 *
 * @param source the network that it comes from: an IPv4 address, or the first 64 bits of an IPv6 address, since a single
 *     host can have all addresses of such a network
 * @param name the login name as typed
 * @param password the password as typed; never shown
 */
public record Attempt(String source, String name, String password) {

    private static final int NETWORK = 8;
    private static final int LONGEST = 320;

    /** An attempt of a client at this address. */
    public static Attempt from(InetAddress peer, String name, String password) {
        return new Attempt(source(peer), name, password);
    }

    /** The same for an address as text; what is no address stands for itself. Asks no name server. */
    public static Attempt from(String peer, String name, String password) {
        return new Attempt(source(peer), name, password);
    }

    /** The network of an address as text; what is no address stands for itself. */
    public static String source(String peer) {
        try {
            return source(InetAddress.ofLiteral(peer));
        } catch (IllegalArgumentException unusual) {
            return peer;
        }
    }

    /** The network of an address, as {@link #source} has it. */
    public static String source(InetAddress peer) {
        if (!(peer instanceof Inet6Address)) {
            return AddressText.of(peer);
        }
        try {
            byte[] network = Arrays.copyOf(Arrays.copyOf(peer.getAddress(), NETWORK), 2 * NETWORK);
            return AddressText.of(InetAddress.getByAddress(network)) + "/64";
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The name in the form in which names are compared, of bounded length. */
    String key() {
        String key = LoginName.key(name);
        return key.length() > LONGEST ? key.substring(0, LONGEST) : key;
    }

    @Override
    public String toString() {
        return "Attempt[" + name + " from " + source + "]";
    }
}
