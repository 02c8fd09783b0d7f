package org.posthouse.e2e.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Free ports on loopback. */
public final class Ports {

    private static final int[] MAIL = {25, 80, 81, 110, 143, 465, 689, 993, 995};

    private Ports() {}

    /** One free port. */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** An offset at which every mail port is free. */
    public static int offset() {
        while (true) {
            int offset = ThreadLocalRandom.current().nextInt(12_000, 31_000);
            if (IntStream.of(MAIL).allMatch(port -> isFree(port + offset))) {
                return offset;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
