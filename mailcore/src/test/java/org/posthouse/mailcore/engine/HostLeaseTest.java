package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.agent.Outside;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.status.Lease;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/** Two engines of one host never serve it at the same time. */
class HostLeaseTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05Z");
    // No machine has it, so nobody can tell whether it runs.
    private static final String ELSEWHERE = "another-boot/4026531836/12/345";
    // Who is there has answered long before, even on a machine that does much else.
    private static final HostLease.Times PATIENT = times(Duration.ofSeconds(60));
    // For those who wait for somebody who is not there.
    private static final HostLease.Times HASTY = times(Duration.ofMillis(700));

    private final Tree tree = Tree.planted();
    private final Place host = tree.acme().child("cn", Tree.HOST);
    private final List<HostLease> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(HostLease::close);
        tree.close();
    }

    private static HostLease.Times times(Duration answer) {
        return new HostLease.Times(
                answer, Duration.ofMillis(20), Duration.ofSeconds(60), Duration.ofMillis(500), Duration.ofMillis(1));
    }

    private HostLease engine(int board, boolean takeOver) {
        return engine(board, takeOver, PATIENT, tree::directory);
    }

    private HostLease engine(int board, boolean takeOver, HostLease.Times times, Supplier<Directory> directory) {
        return engine(board, takeOver, times, directory, Clock.systemUTC());
    }

    private HostLease engine(
            int board, boolean takeOver, HostLease.Times times, Supplier<Directory> directory, Clock clock) {
        var options = new EngineOptions(
                Tree.HOST,
                Path.of("unused"),
                new Listening(InetAddress.getLoopbackAddress(), 0),
                Outside.USUAL,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                takeOver,
                tree::connect,
                Map.of(),
                World.HASTY,
                "1",
                clock);
        var lease =
                new HostLease(options, directory, URI.create("http://127.0.0.1:" + board + "/#key"), times, () -> {});
        open.add(lease);
        lease.look(host);
        return lease;
    }

    @Test
    void theFirstServesAndTheSecondSaysWhoDoes() {
        HostLease first = engine(1, false);
        await("the first serves", first::serves);
        HostLease second = engine(2, false);
        await("the second is told", () -> !second.objection().isEmpty());
        assertFalse(second.serves());
        String said = second.objection();
        assertTrue(said.startsWith("The engine at http://127.0.0.1:1/ already serves host host1 (since 20"), said);
        assertTrue(said.endsWith("). Stop that engine, or take over with --take-over."), said);
        first.close();
        second.look(host);
        await("the second serves when the first has stopped", second::serves);
        assertEquals("", second.objection());
    }

    @Test
    void anEngineThatIsToTakeOverDoesAndTheOtherStops() {
        HostLease first = engine(1, false);
        await("the first serves", first::serves);
        HostLease second = engine(2, true);
        await("the second serves", second::serves);
        first.look(host);
        await("the first stops", () -> !first.serves());
        assertTrue(first.objection().startsWith("The engine at http://127.0.0.1:2/ took over host host1"));
        assertTrue(second.serves());
    }

    @Test
    void theLeaseOfAProcessOfThisMachineThatEndedHoldsNobodyBack() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        String mark = ProcessMark.own().replaceFirst("/\\d+/\\d+$", "/" + process.pid() + "/");
        hold(new Lease("gone", LONG_AGO, LONG_AGO, mark + "1", "http://127.0.0.1:9/"));
        long began = System.nanoTime();
        HostLease engine = engine(1, false);
        await("it serves", engine::serves);
        assertTrue(System.nanoTime() - began < PATIENT.answer().toNanos(), "without waiting for an answer");
        process.destroy();
    }

    @Test
    void anEngineThatDoesNotAnswerLosesItsLease() {
        hold(new Lease("silent", LONG_AGO, LONG_AGO, ELSEWHERE, "http://127.0.0.1:9/"));
        long began = System.nanoTime();
        HostLease engine = engine(1, false, HASTY, tree::directory);
        await("it serves", engine::serves);
        assertTrue(System.nanoTime() - began > HASTY.answer().toNanos(), "not before the other could answer");
        assertEquals(Optional.empty(), entry().value(HostLease.CLAIM));
    }

    @Test
    void anEngineThatIsCutOffFromTheDirectoryAloneKeepsItsLease() throws IOException {
        HttpServer board = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        board.createContext("/lease", exchange -> {
            byte[] said = "{\"instance\": \"cut-off\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        board.start();
        try {
            String at = "http://127.0.0.1:" + board.getAddress().getPort() + "/";
            hold(new Lease("cut-off", LONG_AGO, LONG_AGO, ELSEWHERE, at));
            HostLease engine = engine(1, false, HASTY, tree::directory);
            await("it is told", () -> engine.objection().startsWith("The engine at " + at + " already serves"));
            assertFalse(engine.serves());
        } finally {
            board.stop(0);
        }
    }

    @Test
    void anotherServerWhereTheBoardWasIsNotTheEngine() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        try {
            String at = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
            hold(new Lease("gone", LONG_AGO, LONG_AGO, ELSEWHERE, at));
            HostLease engine = engine(1, false, HASTY, tree::directory);
            await("it serves", engine::serves);
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aChallengedEngineThatIsCutOffStopsWhenTheChallengerTakesOver() {
        var line = new CutLine();
        HostLease engine = engine(1, false, PATIENT, line, line.clock());
        challengeAndCut(line, engine);
        assertTrue(engine.serves());
        line.passes(PATIENT.answer());
        await("it stops", () -> !engine.serves());
        assertTrue(engine.objection().startsWith("Another engine claims host host1"), engine.objection());
        line.cut = false;
        await("it serves again", engine::serves);
    }

    @Test
    void aChallengedEngineThatIsCutOffGoesOnWhenTheChallengerAsksIt() {
        var line = new CutLine();
        HostLease engine = engine(1, false, PATIENT, line, line.clock());
        challengeAndCut(line, engine);
        assertEquals(lease().instance(), engine.answerDirectly());
        line.passes(PATIENT.answer().multipliedBy(2));
        int before = line.refused.get();
        await("it looks again", () -> line.refused.get() > before + 3);
        assertTrue(engine.serves());
    }

    // The engine sees the challenge, and cannot answer it.
    private void challengeAndCut(CutLine line, HostLease engine) {
        await("it serves", engine::serves);
        line.cut = true;
        int quiet = line.refused.get();
        await("it is cut off", () -> line.refused.get() > quiet + 1);
        tree.directory().mark(host, Map.of(HostLease.CLAIM, List.of("other http://127.0.0.1:9/")));
        line.once.release();
        await("it looked once", () -> line.once.availablePermits() == 0);
        int looked = line.refused.get();
        await("it cannot answer", () -> line.refused.get() > looked + 1);
    }

    /** The way to the directory, and the time. */
    private final class CutLine implements Supplier<Directory> {
        private final Semaphore once = new Semaphore(0);
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicReference<Instant> now = new AtomicReference<>(LONG_AGO);
        private volatile boolean cut;

        Clock clock() {
            return ((InstantSource) now::get).withZone(ZoneOffset.UTC);
        }

        void passes(Duration time) {
            now.updateAndGet(before -> before.plus(time));
        }

        @Override
        public Directory get() {
            if (cut && !once.tryAcquire()) {
                refused.incrementAndGet();
                throw new DirectoryDown("It is away.", new IllegalStateException());
            }
            return tree.directory();
        }
    }

    @Test
    void anEngineOfAnotherMachineThatAnswersKeepsItsLease() {
        var other = new Lease("alive", LONG_AGO, LONG_AGO, ELSEWHERE, "http://127.0.0.1:9/");
        hold(other);
        HostLease engine = engine(1, false);
        await("a challenge", () -> entry().value(HostLease.CLAIM).isPresent());
        assertFalse(engine.serves());
        hold(other.renewed(LONG_AGO.plusSeconds(1)));
        await("it is told", () -> !engine.objection().isEmpty());
        assertFalse(engine.serves());
        assertTrue(engine.objection().contains("(since 2026-01-02 03:04 UTC)"), engine.objection());
    }

    @Test
    void theHolderAnswersAChallenge() {
        HostLease holder = engine(1, false);
        await("it serves", holder::serves);
        Lease before = lease();
        tree.directory().mark(host, Map.of(HostLease.CLAIM, List.of("other http://127.0.0.1:9/")));
        holder.look(host);
        await("an answer", () -> entry().value(HostLease.CLAIM).isEmpty());
        assertEquals(before.since(), lease().since());
        assertNotEquals(before.renewed(), lease().renewed());
        assertTrue(holder.serves());
    }

    @Test
    void whileTheDirectoryIsDownMailDoesNotWaitForALease() {
        HostLease engine = engine(1, false, HASTY, () -> {
            throw new DirectoryDown("down", new IllegalStateException());
        });
        await("it serves", engine::serves);
    }

    @Test
    void anEngineThatServedWithoutDirectoryGoesOnWhileItAsksWhoHasTheLease() {
        hold(new Lease("rebooted", LONG_AGO, LONG_AGO, ELSEWHERE, "http://127.0.0.1:9/"));
        var down = new AtomicBoolean(true);
        HostLease engine = engine(1, false, HASTY, () -> {
            if (down.get()) {
                throw new DirectoryDown("down", new IllegalStateException());
            }
            return tree.directory();
        });
        await("it serves", engine::serves);
        down.set(false);
        await("it has the lease", () -> {
            assertTrue(engine.serves(), engine.objection());
            return lease().board().equals("http://127.0.0.1:1/");
        });
    }

    @Test
    void aDirectoryThatDoesNotAnswerKeepsNoMailWaiting() {
        var silent = new CountDownLatch(1);
        HostLease engine = engine(1, false, HASTY, () -> {
            try {
                silent.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return tree.directory();
        });
        await("it serves", engine::serves);
        silent.countDown();
        await("it has the lease", () -> entry().value(HostLease.LEASE).isPresent());
    }

    private void hold(Lease lease) {
        tree.directory().mark(host, Map.of(HostLease.LEASE, List.of(lease.text())));
    }

    private Lease lease() {
        return entry().value(HostLease.LEASE).flatMap(Lease::of).orElseThrow();
    }

    private Entry entry() {
        return tree.directory().read(host).orElseThrow();
    }

    private static void await(String what, BooleanSupplier condition) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < limit, what);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
