package org.posthouse.webadmin.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryAddress;
import org.posthouse.schema.value.Place;

/**
 * How long the inventory takes for the users of a directory that is named by system properties ({@code bench.url},
 * {@code bench.root}, {@code bench.account}, {@code bench.password}), and how large it is. Printed, not asserted.
 */
@Tag("bench")
class InventoryBench {

    @TempDir
    private Path home;

    @Test
    void ofTheUsersOfADirectory() throws Exception {
        var address = new DirectoryAddress(
                System.getProperty("bench.url", ""),
                Place.of(System.getProperty("bench.root", "dc=posthouse")),
                System.getProperty("bench.account", ""),
                System.getProperty("bench.password", ""));
        try (Directory directory = Directory.connect(address, Clock.systemUTC())) {
            for (String round : new String[] {"first start", "second start", "third start"}) {
                round(round, directory);
            }
        }
    }

    private void round(String what, Directory directory) throws Exception {
        Instant start = Instant.now();
        try (History history = History.open(home, Clock.systemUTC(), () -> Optional.of("secret"));
                Others others = Others.follow(history, directory, "cn=nobody", Clock.systemUTC())) {
            while (!others.isSurveyed()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            Duration took = Duration.between(start, Instant.now());
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "%s: %d ms; inventory %d KiB; heap %d MiB%n",
                    what,
                    took.toMillis(),
                    Files.size(home.resolve("history/inventory.log")) >> 10,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
    }
}
