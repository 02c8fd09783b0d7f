package org.posthouse.webadmin.boot;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./posthouse run}: starts everything of this host, says where to go, and waits until it is told to stop. */
public final class Run {
    private Run() {}

    /** Runs until the JVM is told to end. Ends with 2 when the command line is wrong, 1 when it cannot start. */
    public static void main(String[] words) throws InterruptedException {
        var terminal = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
        Log.none();
        Flags flags = flags(words, terminal);
        try {
            var house = new House(flags, distribution(), Clock.systemUTC(), terminal);
            Runtime.getRuntime().addShutdownHook(new Thread(house::close, "stop"));
            house.open();
        } catch (Refusal refused) {
            terminal.println("posthouse: " + refused.getMessage());
            Logger.getLogger(Run.class.getName()).log(Level.SEVERE, "Start refused", refused);
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    // The launcher answers --help itself.
    private static Flags flags(String[] words, PrintStream terminal) {
        try {
            return Flags.of(List.of(words));
        } catch (Refusal refused) {
            terminal.println("posthouse: " + refused.getMessage());
            System.exit(2);
            throw refused;
        }
    }

    /** The folder that holds {@code boot/}, {@code payara/} and the others; the launcher names it. */
    static Path distribution() {
        var named = System.getProperty("posthouse.distribution");
        if (named == null) {
            throw new Refusal("Start it with ./posthouse run, which sets the location of the distribution.");
        }
        return Path.of(named).toAbsolutePath();
    }
}
