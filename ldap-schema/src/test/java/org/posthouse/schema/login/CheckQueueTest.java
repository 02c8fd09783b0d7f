package org.posthouse.schema.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.posthouse.schema.login.CheckQueue.Limits;
import org.posthouse.schema.login.CheckQueue.Owner;

@Timeout(60)
class CheckQueueTest {

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> clients = new ArrayList<>();
    private final CheckQueue queue = new CheckQueue(new Limits(1, 40, 20, 12, 20, Duration.ofSeconds(50)));

    private static Owner owner(String address, String name) {
        return new Owner(address, name, false, () -> 0, false, false);
    }

    // The first check occupies the only thread until the gate opens.
    private void occupy() {
        var begun = new CountDownLatch(1);
        clients.add(Thread.ofVirtual()
                .start(() -> queue.run(owner("busy", "busy"), () -> {
                    begun.countDown();
                    await(gate);
                    return false;
                })));
        await(begun);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Owner owner, String label) {
        int before = queue.length();
        clients.add(Thread.ofVirtual().start(() -> queue.run(owner, () -> order.add(label))));
        while (queue.length() == before) {
            Thread.onSpinWait();
        }
    }

    private List<String> served() throws InterruptedException {
        gate.countDown();
        for (Thread client : clients) {
            client.join();
        }
        return order;
    }

    @Test
    void aNewAddressDoesNotStandBehindAStorm() throws InterruptedException {
        occupy();
        for (int i = 0; i < 10; i++) {
            put(owner("192.0.2.1", "bob"), "storm");
        }
        put(owner("192.0.2.2", "carol"), "carol");
        assertTrue(served().indexOf("carol") <= 1, order.toString());
    }

    @Test
    void anotherNameOfTheSameAddressIsServedInTurn() throws InterruptedException {
        occupy();
        for (int i = 0; i < 6; i++) {
            put(owner("192.0.2.1", "bob"), "storm");
        }
        put(owner("192.0.2.1", "carol"), "carol");
        for (int i = 0; i < 6; i++) {
            put(owner("192.0.2." + (10 + i), "bob"), "storm of many addresses");
        }
        put(owner("192.0.2.99", "dave"), "dave");
        assertTrue(served().indexOf("dave") <= 1, order.toString());
        assertTrue(order.indexOf("carol") <= 8, order.toString());
    }

    @Test
    void whoSignedInFromThereBeforeComesFirst() throws InterruptedException {
        occupy();
        for (int i = 0; i < 11; i++) {
            put(owner("192.0.2." + i, "bob"), "storm");
        }
        put(new Owner("192.0.2.5", "bob", true, () -> 0, false, false), "owner");
        assertTrue(served().indexOf("owner") <= 1, order.toString());
    }

    @Test
    void whoSentNoWrongPasswordComesBeforeThoseWhoDid() throws InterruptedException {
        occupy();
        for (int i = 0; i < 11; i++) {
            put(new Owner("192.0.2." + i, "name" + i, false, () -> 7, false, false), "storm");
            put(new Owner("192.0.2." + i, "bob", false, () -> 7, false, false), "storm");
        }
        put(owner("192.0.2.99", "carol"), "carol");
        put(owner("192.0.2.98", "bob"), "bob");
        assertTrue(served().indexOf("carol") <= 1, order.toString());
        assertTrue(order.indexOf("bob") <= 17, order.toString());
    }

    @Test
    void whoIsOneTooManyHearsSoAtOnce() throws InterruptedException {
        occupy();
        for (int i = 0; i < 20; i++) {
            put(owner("192.0.2.1", "name" + i), "many");
        }
        assertFalse(assertThrows(SignInDelayed.class, () -> queue.run(owner("192.0.2.1", "another"), () -> true))
                .isGuessing());
        put(owner("192.0.2.2", "another"), "another");
        assertEquals(21, served().size());
    }

    @Test
    void whenAllPlacesAreTakenWhoGuessesGivesWay() throws InterruptedException {
        occupy();
        for (int i = 0; i < 40; i++) {
            put(new Owner("192.0.2." + i, "name" + i, false, () -> 3, false, false), "storm");
        }
        assertThrows(
                SignInDelayed.class,
                () -> queue.run(new Owner("192.0.2.77", "bob", false, () -> 9, false, false), () -> true));
        var carol = Thread.ofVirtual().start(() -> queue.run(owner("192.0.2.99", "carol"), () -> order.add("carol")));
        clients.add(carol);
        while (carol.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertEquals("carol", served().getFirst());
        assertEquals(40, order.size(), "one was pushed out");
    }

    @Test
    void theThreadsEndAndComeBack() throws InterruptedException {
        assertTrue(queue.run(owner("192.0.2.1", "bob"), () -> true));
        assertFalse(queue.run(owner("192.0.2.1", "bob"), () -> false));
        assertThrows(
                IllegalStateException.class,
                () -> queue.run(owner("192.0.2.1", "bob"), () -> {
                    throw new IllegalStateException("down");
                }));
        assertTrue(queue.run(owner("192.0.2.1", "bob"), () -> true));
        assertEquals(List.of(), served());
    }
}
