package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A start nobody waits for: everything is opened on a home and ports of its own, a few pages are asked for, and all is
 * closed again. The JDK, told to, then writes down what it loaded and linked, and real starts need not do it again.
 */
public final class Rehearsal {
    private static final List<String> PAGES = List.of("login", "setup", "health", "api/status", "nowhere");

    private Rehearsal() {}

    /** Ends with 0 when the console came up and answered. */
    public static void main(String[] words) throws IOException {
        Log.none();
        var home = Files.createTempDirectory("posthouse-rehearsal");
        int ended = 1;
        try (var house = new House(flags(home), Run.distribution(), Clock.systemUTC(), silence())) {
            house.open();
            for (var page : PAGES) {
                Console.ask(house.url() + page, house.keyStore());
            }
            ended = 0;
        } catch (Refusal refused) {
            new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true)
                    .println("rehearsal: " + refused.getMessage());
        } finally {
            delete(home);
        }
        System.exit(ended);
    }

    private static Flags flags(Path home) throws IOException {
        return new Flags(
                home,
                Optional.of(freePort()),
                Optional.of(freePort()),
                Optional.of("127.0.0.1"),
                20_000,
                25,
                53,
                60,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty());
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static PrintStream silence() {
        return new PrintStream(OutputStream.nullOutputStream());
    }

    private static void delete(Path folder) throws IOException {
        try (var found = Files.walk(folder)) {
            found.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}
