package org.posthouse.mailcore.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransitBufferTest {

    @TempDir
    private Path folder;

    private static byte[] octets(int count) {
        var octets = new byte[count];
        new Random(count).nextBytes(octets);
        return octets;
    }

    private List<Path> files() {
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static long outsideTheHeap() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Test
    void readingALargeMessageTakesNoMemoryOutsideTheHeap() {
        try (var buffer = new TransitBuffer(folder, 1_000)) {
            byte[] all = octets(20 << 20);
            buffer.append(all, 0, all.length);
            long before = outsideTheHeap();
            assertArrayEquals(all, buffer.octets());
            long more = outsideTheHeap() - before;
            assertTrue(more < 1 << 20, () -> more + " octets are kept");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 8_192, 8_193, 65_536, 1 << 20, (1 << 20) + 1, 5_000_003})
    void whatCameGoesOut(int count) {
        byte[] all = octets(count);
        for (int portion : List.of(1, 70, 16_384, 200_000)) {
            try (var buffer = new TransitBuffer(folder, 1_000)) {
                for (int at = 0; at < count; at += portion) {
                    int some = Math.min(portion, count - at);
                    if (some == 1) {
                        buffer.append(all[at]);
                    } else {
                        buffer.append(all, at, some);
                    }
                }
                assertEquals(count, buffer.size());
                assertArrayEquals(all, buffer.octets());
                var out = new ByteArrayOutputStream();
                buffer.drain(out::write);
                assertArrayEquals(all, out.toByteArray());
                assertEquals(0, buffer.size());
                buffer.append(all, 0, Math.min(10, count));
                assertEquals(Math.min(10, count), buffer.octets().length);
            }
        }
    }

    @Test
    void itsFileHasNoNameSoThatACrashLeavesNothing() {
        try (var buffer = new TransitBuffer(folder, 0)) {
            buffer.append(octets(3 << 20), 0, 3 << 20);
            assertEquals(List.of(), files());
            assertEquals(3 << 20, buffer.octets().length);
        }
        assertEquals(List.of(), files());
    }

    @Test
    void manyBuffersUseNoMoreMemoryThanTheirShare() {
        var buffers = new ArrayList<TransitBuffer>();
        byte[] some = octets(900_000);
        long most = Runtime.getRuntime().maxMemory() / 16;
        int count = (int) (2 * most / some.length);
        for (int number = 0; number < count; number++) {
            var buffer = new TransitBuffer(folder, 0);
            buffer.append(some, 0, some.length);
            buffers.add(buffer);
        }
        long inMemory = buffers.stream().filter(buffer -> !buffer.isOnDisk()).count();
        assertTrue(inMemory > 0 && inMemory * some.length <= most, () -> inMemory + " of " + count);
        buffers.forEach(buffer -> assertArrayEquals(some, buffer.octets()));
        buffers.forEach(TransitBuffer::close);
    }

    @Test
    void octetsThatCannotBeWrittenAreCountedAndTheReasonIsKept() {
        try (var buffer = new TransitBuffer(folder.resolve("missing"), 0)) {
            buffer.append(octets(2 << 20), 0, 2 << 20);
            buffer.append((byte) 1);
            assertEquals((2 << 20) + 1, buffer.size());
            assertTrue(buffer.failure().orElseThrow().contains("missing"));
            assertThrows(StoreFailure.class, () -> buffer.drain((octets, from, count) -> {}));
            buffer.append((byte) 1);
            assertArrayEquals(new byte[] {1}, buffer.octets());
        }
    }
}
