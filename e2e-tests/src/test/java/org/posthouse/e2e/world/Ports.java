package org.posthouse.e2e.world;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Free ports on loopback. */
public final class Ports {

    private static final int[] MAIL = {25, 80, 81, 110, 143, 465, 466, 587, 588, 689, 993, 995, 2525};

    // Browsers refuse to open these (WHATWG Fetch, "bad port").
    private static final Set<Integer> REFUSED_BY_BROWSERS =
            Set.of(2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080);

    // Tests run in two processes, numbered from 1; each has ports of its own, so that neither takes one that the other
    // has found free and not yet opened.
    private static final boolean SECOND = Integer.getInteger("fork", 1) % 2 == 0;

    private Ports() {}

    /**
     * One free port. It is not one of those that the system gives to clients, because a product that is killed and
     * started again must find its port free.
     */
    public static int free() {
        return SECOND ? between(7_000, 12_000) : between(2_000, 7_000);
    }

    /** A port that is free at an offset, as an agent is told it; not one of the well-known ones of mail. */
    public static int freeAt(int offset) {
        return between(offset + 1_000, offset + 1_768) - offset;
    }

    private static int between(int least, int above) {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(least, above);
            if (!REFUSED_BY_BROWSERS.contains(port) && isFree(port)) {
                return port;
            }
        }
    }

    /** An offset at which every mail port is free. */
    public static int offset() {
        while (true) {
            int offset = SECOND
                    ? ThreadLocalRandom.current().nextInt(21_600, 28_600)
                    : ThreadLocalRandom.current().nextInt(12_000, 19_000);
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
