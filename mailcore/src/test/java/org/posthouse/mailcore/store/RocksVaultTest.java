package org.posthouse.mailcore.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.store.Vault.Area;
import org.posthouse.mailcore.store.Vault.Write;
import org.rocksdb.RocksDBException;

class RocksVaultTest {

    @TempDir
    Path folder;

    @Test
    void aStoreWhoseDiskFailedOnceIsReopenedByItself() {
        var failures = new AtomicLong();
        RocksVault.Disk disk = (db, options, batch) -> {
            if (failures.getAndDecrement() > 0) {
                throw new RocksDBException("IO error: While fdatasync: Input/output error");
            }
            db.write(options, batch);
        };
        try (var vault = RocksVault.open(folder, folder, disk, Duration.ofMillis(50))) {
            vault.commit(List.of(new Write(Area.INDEX, key("a"), key("one"))));
            failures.set(2);
            var refused = assertThrows(
                    StoreFailure.class, () -> vault.commit(List.of(new Write(Area.INDEX, key("b"), key("two")))));
            assertTrue(String.valueOf(refused.getMessage()).contains("Input/output error"), refused.getMessage());
            String reason = vault.fault().orElseThrow().reason();
            assertTrue(reason.contains(folder.toString()) && reason.contains("Input/output error"), reason);
            assertThrows(
                    StoreFailure.class, () -> vault.commit(List.of(new Write(Area.INDEX, key("c"), key("three")))));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (vault.fault().isPresent() && System.nanoTime() < end) {
                LockSupport.parkNanos(5_000_000);
            }
            assertTrue(vault.fault().isEmpty(), "it is not reopened");
            assertEquals("one", new String(vault.get(Area.INDEX, key("a")), StandardCharsets.US_ASCII));
            assertNull(vault.get(Area.INDEX, key("b")), "what was refused is not there");
            vault.commit(List.of(new Write(Area.INDEX, key("d"), key("four"))));
        }
        try (var vault = RocksVault.open(folder)) {
            assertEquals("four", new String(vault.get(Area.INDEX, key("d")), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void whatWasCommittedIsThereAfterClosingAndOpening() {
        try (var vault = RocksVault.open(folder)) {
            vault.commit(List.of(
                    new Write(Area.INDEX, key("a1"), key("one")), new Write(Area.BODIES, key("a1"), new byte[5000])));
            vault.commit(List.of(
                    new Write(Area.INDEX, key("a2"), key("two")), new Write(Area.INDEX, key("b"), key("three"))));
            vault.commit(List.of(new Write(Area.INDEX, key("a1"), null)));
        }
        try (var vault = RocksVault.open(folder)) {
            assertNull(vault.get(Area.INDEX, key("a1")));
            assertArrayEquals(new byte[5000], vault.get(Area.BODIES, key("a1")));
            assertEquals(1, vault.range(Area.INDEX, key("a")).size());
            assertArrayEquals(
                    key("two"), vault.range(Area.INDEX, key("a")).getFirst().value());
        }
    }

    @Test
    void aVaultThatWasClosedSaysSoInsteadOfTakingTheProcessDown() {
        var vault = RocksVault.open(folder);
        vault.close();
        assertThrows(StoreFailure.class, () -> vault.get(Area.INDEX, key("a")));
        assertThrows(StoreFailure.class, () -> vault.range(Area.INDEX, key("a")));
        assertThrows(StoreFailure.class, () -> vault.keys(Area.INDEX, key("a")));
        vault.close();
    }

    @Test
    void aSecondOpenerIsToldThatAnotherHasIt() {
        try (var vault = RocksVault.open(folder)) {
            var refused = assertThrows(StoreFailure.class, () -> RocksVault.open(folder));
            assertTrue(String.valueOf(refused.getMessage()).contains("another process has it open"));
            assertTrue(vault.free() > 0);
        }
    }

    @Test
    void sessionsThatCommitTogetherAllFindTheirOwn() throws Exception {
        try (var vault = RocksVault.open(folder);
                var sessions = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<java.util.concurrent.Future<?>>();
            for (int session = 0; session < 50; session++) {
                String name = "s" + session + "-";
                done.add(sessions.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        vault.commit(List.of(new Write(Area.INDEX, key(name + i), key(name))));
                        assertArrayEquals(key(name), vault.get(Area.INDEX, key(name + i)));
                    }
                }));
            }
            for (var each : done) {
                each.get(120, TimeUnit.SECONDS);
            }
            assertEquals(1000, vault.range(Area.INDEX, key("s")).size());
        }
    }

    @Test
    void aCommitAfterClosingIsRefused() {
        var vault = RocksVault.open(folder);
        vault.close();
        assertThrows(StoreFailure.class, () -> vault.commit(List.of(new Write(Area.INDEX, key("x"), key("y")))));
    }

    @Test
    void everyCommitAcknowledgedBeforeAKillIsThereAfterIt() throws Exception {
        var acknowledged = new TreeMap<Integer, Long>();
        for (int round = 0; round < 3; round++) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path").replace("/", File.separator),
                            WriterUntilKilled.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            read(child, acknowledged, 300 + 200 * round);
        }
        try (var vault = RocksVault.open(folder)) {
            acknowledged.forEach((writer, last) -> {
                byte[] kept = vault.get(
                        Area.INDEX, ByteBuffer.allocate(4).putInt(writer).array());
                assertTrue(
                        kept != null && ByteBuffer.wrap(kept).getLong() >= last, "writer " + writer + " lost " + last);
            });
        }
        assertEquals(8, acknowledged.size());
    }

    private static void read(Process child, java.util.Map<Integer, Long> acknowledged, int lines) throws IOException {
        try (var said = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = said.readLine();
            for (int i = 0; line != null; i++, line = said.readLine()) {
                String[] words = line.split(" ");
                acknowledged.put(Integer.valueOf(words[0]), Long.valueOf(words[1]));
                if (i == lines) {
                    child.toHandle().destroyForcibly();
                }
            }
        }
        child.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Commits rising numbers from eight sessions and says each one once it is durable. */
    static final class WriterUntilKilled {

        private WriterUntilKilled() {}

        public static void main(String[] arguments) {
            var vault = RocksVault.open(Path.of(arguments[0]));
            var next = new AtomicLong(System.nanoTime());
            for (int writer = 0; writer < 8; writer++) {
                byte[] key = ByteBuffer.allocate(4).putInt(writer).array();
                int number = writer;
                Thread.ofPlatform().start(() -> {
                    while (true) {
                        long value = next.incrementAndGet();
                        vault.commit(List.of(new Write(
                                Area.INDEX,
                                key,
                                ByteBuffer.allocate(8).putLong(value).array())));
                        synchronized (System.out) {
                            System.out.println(number + " " + value);
                        }
                    }
                });
            }
        }
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
