package org.posthouse.schema.login;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs password checks on a few platform threads of its own, because each costs the directory a tenth of a second of
 * computation or more.
 *
 * <p>Waiting checks are served fairly by address and by name (self-clocked fair queuing): each check stands behind those
 * that wait for its address and behind those that wait for its name, and farther back the more wrong passwords came for
 * its name and from its address. Whoever sent many of them is served once a second at most. Safe for use by several threads.
 */
final class CheckQueue {

    /**
     * How much may wait.
     *
     * @param threads checks at a time
     * @param all waiting checks
     * @param perAddress waiting checks of one address
     * @param perName waiting checks of one name from addresses that sent many wrong passwords; others may add as many
     * @param perPair waiting checks of one name from one address
     * @param patience how long a check may wait
     */
    record Limits(int threads, int all, int perAddress, int perName, int perPair, Duration patience) {

        /** Half of the processors at most, so that what is not a check always finds one. */
        static final Limits USUAL = new Limits(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 64, 24, 12, 4, Duration.ofSeconds(20));
    }

    /**
     * Whose check it is.
     *
     * @param address where it comes from
     * @param name whose password is tried
     * @param known whether this user signed in from there before
     * @param handicap how many turns to stand back for wrong passwords lately; asked for at each turn
     * @param slowedAddress whether many wrong passwords came from there
     * @param slowedName whether many wrong passwords came for this name
     */
    record Owner(
            String address,
            String name,
            boolean known,
            IntSupplier handicap,
            boolean slowedAddress,
            boolean slowedName) {}

    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final long SPACING = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE = TimeUnit.SECONDS.toNanos(30);
    private static final int TIDY = 1_000;

    private record Job(Owner owner, long tag, FutureTask<Boolean> task) {}

    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final List<Job> waiting = new ArrayList<>();
    private final Map<String, Long> finish = new HashMap<>();
    private final Map<String, Long> next = new HashMap<>();
    private long served;
    private int threads;
    private int idle;

    CheckQueue(Limits limits) {
        this.limits = limits;
    }

    /** How many checks wait. */
    int length() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs a check when its turn comes and returns its result. Throws SignInDelayed when too many wait or it waited too
     * long, and what the check throws.
     */
    boolean run(Owner owner, BooleanSupplier check) {
        Job job = enter(owner, new FutureTask<>(check::getAsBoolean));
        try {
            return job.task().get(limits.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return late(job);
        } catch (ExecutionException failed) {
            throw failure(failed);
        } catch (CancellationException pushedOut) {
            throw SignInDelayed.busy(WAIT);
        } catch (InterruptedException ended) {
            leave(job);
            Thread.currentThread().interrupt();
            throw SignInDelayed.busy(Duration.ofSeconds(1));
        }
    }

    private boolean late(Job job) {
        if (leave(job)) {
            throw SignInDelayed.busy(limits.patience());
        }
        try {
            // It is being checked: the directory answers, or its time limit ends the check.
            return job.task().get();
        } catch (CancellationException pushedOut) {
            throw SignInDelayed.busy(WAIT);
        } catch (ExecutionException failed) {
            throw failure(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw SignInDelayed.busy(Duration.ofSeconds(1));
        }
    }

    private static RuntimeException failure(ExecutionException failed) {
        return failed.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(failed);
    }

    private Job enter(Owner owner, FutureTask<Boolean> task) {
        lock.lock();
        try {
            if (isFull(owner)) {
                throw SignInDelayed.busy(WAIT);
            }
            var job = new Job(owner, tag(owner), task);
            if (waiting.size() >= limits.all() && !makeRoom(place(job))) {
                throw SignInDelayed.busy(WAIT);
            }
            if (!owner.known()) {
                finish.put("a " + owner.address(), job.tag());
                finish.put("n " + owner.name(), job.tag());
            }
            waiting.add(job);
            if (idle == 0 && threads < limits.threads()) {
                threads++;
                Thread.ofPlatform().name("password-check").daemon().start(this::serve);
            }
            change.signalAll();
            return job;
        } finally {
            lock.unlock();
        }
    }

    // How far back wrong passwords put a check is asked for at each turn: they may come while it waits.
    private long tag(Owner owner) {
        if (owner.known()) {
            return served;
        }
        long address = finish.getOrDefault("a " + owner.address(), 0L);
        long name = finish.getOrDefault("n " + owner.name(), 0L);
        return Math.max(served, Math.max(address, name)) + 1;
    }

    private boolean isFull(Owner owner) {
        int address = 0;
        int name = 0;
        int pair = 0;
        for (Job job : waiting) {
            boolean sameAddress = job.owner().address().equals(owner.address());
            boolean sameName = job.owner().name().equals(owner.name());
            address += sameAddress ? 1 : 0;
            name += sameName ? 1 : 0;
            pair += sameAddress && sameName ? 1 : 0;
        }
        int perName = owner.slowedAddress() ? limits.perName() : 2 * limits.perName();
        return address >= limits.perAddress() || pair >= limits.perPair() || (!owner.known() && name >= perName);
    }

    /** Takes a check out that nobody waits for any longer; false when it is being checked already. */
    private boolean leave(Job job) {
        lock.lock();
        try {
            return waiting.remove(job);
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        while (true) {
            Job job = take();
            if (job == null) {
                return;
            }
            job.task().run();
        }
    }

    /** The next check; null when there was none for half a minute, and then this thread is not counted any longer. */
    private @Nullable Job take() {
        lock.lock();
        try {
            long until = System.nanoTime() + IDLE;
            while (true) {
                long now = System.nanoTime();
                Job best = best(now);
                if (best != null) {
                    begin(best, now);
                    return best;
                }
                if (waiting.isEmpty() && until - now <= 0) {
                    threads--;
                    return null;
                }
                idle++;
                try {
                    change.awaitNanos(waiting.isEmpty() ? until - now : untilNext(now));
                } finally {
                    idle--;
                }
            }
        } catch (InterruptedException ended) {
            threads--;
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Job best(long now) {
        Job best = null;
        long first = Long.MAX_VALUE;
        for (Job job : waiting) {
            long place = place(job);
            if (untilTurn(job.owner(), now) <= 0 && place <= first) {
                best = job;
                first = place;
            }
        }
        return best;
    }

    private static long place(Job job) {
        return job.tag() + (job.owner().known() ? 0 : job.owner().handicap().getAsInt());
    }

    // A newcomer pushes out whoever would be served last, unless that is the newcomer.
    private boolean makeRoom(long place) {
        Optional<Job> last = waiting.stream()
                .filter(job -> !job.owner().known())
                .max(Comparator.comparingLong(CheckQueue::place))
                .filter(job -> place(job) > place);
        last.ifPresent(job -> {
            waiting.remove(job);
            job.task().cancel(false);
        });
        return last.isPresent();
    }

    private void begin(Job job, long now) {
        waiting.remove(job);
        served = Math.max(served, job.tag());
        if (job.owner().slowedAddress()) {
            next.put("a " + job.owner().address(), now + SPACING);
        }
        if (job.owner().slowedName() && !job.owner().known()) {
            next.put("n " + job.owner().name(), now + SPACING);
        }
        if (finish.size() > TIDY || waiting.isEmpty()) {
            finish.values().removeIf(tag -> tag <= served);
        }
        if (next.size() > TIDY) {
            next.values().removeIf(time -> time - now <= 0);
        }
    }

    private long untilTurn(Owner owner, long now) {
        long address = owner.slowedAddress() ? left("a " + owner.address(), now) : 0;
        long name = owner.slowedName() && !owner.known() ? left("n " + owner.name(), now) : 0;
        return Math.max(address, name);
    }

    private long left(String key, long now) {
        Long time = next.get(key);
        return time == null ? 0 : Math.max(0, time - now);
    }

    private long untilNext(long now) {
        return waiting.stream()
                .mapToLong(job -> untilTurn(job.owner(), now))
                .min()
                .orElse(IDLE);
    }
}
