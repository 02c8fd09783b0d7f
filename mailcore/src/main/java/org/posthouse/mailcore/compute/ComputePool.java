package org.posthouse.mailcore.compute;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few platform threads for what takes long. Callers wait as virtual threads, at no cost to others. Safe for use by
 * several threads.
 *
 * <p>Work comes in slices, which are served in the order in which they come. A user has at most one piece of work here at
 * a time, so each user with work gets the same share, however many sessions ask. Never call this while holding a lock that
 * the work may want.
 */
public final class ComputePool {

    private static final ComputePool SHARED =
            new ComputePool(Math.max(2, Runtime.getRuntime().availableProcessors() / 2), MemoryBudget::forMessage);

    private final ThreadGroup group = new ThreadGroup("compute");
    private final ExecutorService threads;
    private final LongFunction<MemoryBudget.Grant> memory;
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    /** The place of one user's work; the next one waits for it. */
    private static final class Turn {
        private final Semaphore free = new Semaphore(1, true);
        private int interested;
    }

    ComputePool(int threads, LongFunction<MemoryBudget.Grant> memory) {
        this.threads = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform().group(group).name("compute-", 0).daemon().factory());
        this.memory = memory;
    }

    /** The pool of this process: there is one set of cores. */
    public static ComputePool shared() {
        return SHARED;
    }

    /**
     * Does sliced work to its end: at first on the caller's thread, and on the pool when it turns out long.
     *
     * @param user whose other work waits meanwhile
     * @param between called on the caller's thread after each slice, and every second of waiting: sends what there is to
     *     send; ends the work by an exception when the client has left
     * @throws MemoryShort when there was no memory for a large message in time
     */
    public void run(String user, SlicedWork work, Runnable between) {
        var first = WorkSlice.own();
        boolean more = work.advance(first);
        between.run();
        if (!more) {
            return;
        }
        Turn turn = enter(user);
        try {
            await(turn, between);
            try {
                slices(work, between, first.wanted());
            } finally {
                turn.free.release();
            }
        } finally {
            leave(user);
        }
    }

    private void slices(SlicedWork work, Runnable between, long wantedFirst) {
        long wanted = wantedFirst;
        boolean more = true;
        while (more) {
            WorkSlice slice;
            try (var _ = memory.apply(wanted)) {
                long granted = wanted;
                // Its time begins when it is served.
                Served served = call(() -> {
                    var own = WorkSlice.pooled(granted);
                    return new Served(own, work.advance(own));
                });
                slice = served.slice;
                more = served.more;
            }
            wanted = slice.wanted();
            between.run();
        }
    }

    private record Served(WorkSlice slice, boolean more) {}

    /** Does one piece of work on the pool; on the caller's thread when that is one of the pool. */
    public <T extends @Nullable Object> T call(Supplier<T> work) {
        if (group.equals(Thread.currentThread().getThreadGroup())) {
            return work.get();
        }
        try {
            return CompletableFuture.supplyAsync(work, threads).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** As {@link #call}, for work on a message of so many octets: a small one is done on the caller's thread. */
    public <T extends @Nullable Object> T callFor(long octets, Supplier<T> work) {
        return octets > WorkSlice.OWN_OCTETS ? call(work) : work.get();
    }

    private Turn enter(String user) {
        return turns.compute(user, (name, known) -> {
            Turn turn = known == null ? new Turn() : known;
            turn.interested++;
            return turn;
        });
    }

    private void leave(String user) {
        turns.computeIfPresent(user, (name, turn) -> --turn.interested == 0 ? null : turn);
    }

    private static void await(Turn turn, Runnable between) {
        try {
            while (!turn.free.tryAcquire(1, TimeUnit.SECONDS)) {
                between.run();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for another command of the same user", stopped);
        }
    }
}
