package org.posthouse.mailcore.wire;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Which addresses are this host's own. */
public final class HostAddress {

    private HostAddress() {}

    /** Whether one can listen at an address here, and call from it. All of 127.0.0.0/8 is every host's own. */
    public static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
