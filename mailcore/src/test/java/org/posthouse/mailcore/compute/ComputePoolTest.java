package org.posthouse.mailcore.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComputePoolTest {

    private final MemoryBudget memory = new MemoryBudget(10 << 20, Duration.ofMillis(50));
    private final ComputePool pool = new ComputePool(1, memory::take);

    private static void nothing() {
        // Between two slices there is nothing to do here.
    }

    @Test
    void shortWorkStaysOnTheThreadOfItsSession() {
        var threads = new ArrayList<Thread>();
        pool.run("bob", slice -> !threads.add(Thread.currentThread()), ComputePoolTest::nothing);
        assertEquals(List.of(Thread.currentThread()), threads);
    }

    @Test
    void longWorkMovesToAPlatformThread() {
        var threads = new ArrayList<Thread>();
        pool.run("bob", slice -> threads.add(Thread.currentThread()) && threads.size() < 3, ComputePoolTest::nothing);
        assertEquals(3, threads.size());
        assertFalse(threads.get(1).isVirtual());
        assertTrue(threads.get(1).getName().startsWith("compute-"));
    }

    @Test
    void theSliceOfTheSessionEndsSoonAndTakesLittle() {
        var own = WorkSlice.own();
        assertTrue(own.admits(200 << 10));
        assertFalse(own.admits(100 << 10));
        while (!own.isOver()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void usersTakeTurns() throws InterruptedException {
        var order = Collections.synchronizedList(new ArrayList<String>());
        var ready = new CountDownLatch(2);
        var threads = new ArrayList<Thread>();
        for (String user : List.of("anna", "bob")) {
            var left = new AtomicInteger(20);
            SlicedWork work = slice -> {
                if (slice.isOwn()) {
                    meet(ready);
                    return true;
                }
                order.add(user);
                while (!slice.isOver()) {
                    Thread.onSpinWait();
                }
                return left.decrementAndGet() > 0;
            };
            threads.add(Thread.startVirtualThread(() -> pool.run(user, work, ComputePoolTest::nothing)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        // While both work, nobody has more than two slices in a row.
        for (int at = 0; at + 2 < 30; at++) {
            assertTrue(Collections.frequency(order.subList(at, at + 3), "anna") < 3, order::toString);
            assertTrue(Collections.frequency(order.subList(at, at + 3), "bob") < 3, order::toString);
        }
    }

    private static void meet(CountDownLatch latch) {
        latch.countDown();
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void aUserHasOnePieceOfWorkAtATime() throws InterruptedException {
        var two = new ComputePool(2, memory::take);
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int session = 0; session < 4; session++) {
            SlicedWork work = slice -> {
                if (!slice.isOwn()) {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    while (!slice.isOver()) {
                        Thread.onSpinWait();
                    }
                    atOnce.decrementAndGet();
                }
                return slice.isOwn();
            };
            threads.add(Thread.startVirtualThread(() -> two.run("bob", work, ComputePoolTest::nothing)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1, most.get());
    }

    @Test
    void workEndsWhenItsClientHasLeft() {
        var slices = new AtomicInteger();
        Runnable left = () -> {
            if (slices.get() == 3) {
                throw new IllegalStateException("gone");
            }
        };
        assertThrows(IllegalStateException.class, () -> pool.run("bob", slice -> slices.incrementAndGet() > 0, left));
        assertEquals(3, slices.get());
        pool.run("bob", slice -> false, ComputePoolTest::nothing);
    }

    @Test
    void aLargeMessageIsReadWhenThereIsMemoryForIt() {
        var admitted = new ArrayList<Boolean>();
        pool.run(
                "bob",
                slice -> {
                    admitted.add(slice.admits(8 << 20));
                    return !admitted.getLast();
                },
                ComputePoolTest::nothing);
        assertEquals(List.of(false, true), admitted);
        try (var _ = memory.take(5 << 20)) {
            assertThrows(
                    MemoryShort.class,
                    () -> pool.run("bob", slice -> !slice.admits(8 << 20), ComputePoolTest::nothing));
        }
    }

    @Test
    void aFailureInThePoolIsTheCallers() {
        assertThrows(
                ArithmeticException.class,
                () -> pool.run(
                        "bob",
                        slice -> {
                            if (!slice.isOwn()) {
                                throw new ArithmeticException("ours");
                            }
                            return true;
                        },
                        ComputePoolTest::nothing));
    }

    @Test
    void aDemandBeyondTheWholeBudgetGetsAllOfIt() {
        try (var _ = memory.take(1L << 40)) {
            assertThrows(MemoryShort.class, () -> memory.take(1));
        }
        memory.take(10 << 20).close();
    }
}
