package org.posthouse.mailcore.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.posthouse.mailcore.store.Vault.Write;

/**
 * Group commit: one thread takes whatever batches have been handed over, has them written and synced together, and then
 * lets their sessions go on.
 *
 * <p>It is a platform thread because a synced write pins its carrier; the sessions wait as virtual threads at no cost.
 */
final class Committer implements AutoCloseable {

    private static final int MOST_BATCHES = 512;
    private static final long MOST_OCTETS = 8L << 20;

    private record Waiting(List<Write> batch, CompletableFuture<Void> done) {

        boolean isEnd() {
            return batch.isEmpty();
        }

        long octets() {
            long octets = 0;
            for (Write write : batch) {
                byte[] value = write.value();
                octets += value == null ? 0 : value.length;
            }
            return octets;
        }
    }

    private static final Waiting END = new Waiting(List.of(), new CompletableFuture<>());

    private final LinkedBlockingQueue<Waiting> line = new LinkedBlockingQueue<>();
    private final Consumer<List<List<Write>>> writer;
    private final Thread thread;
    private volatile boolean closed;

    Committer(String name, Consumer<List<List<Write>>> writer) {
        this.writer = writer;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::work);
    }

    /** Returns when the batch is durable; throws what the writer threw, then nothing of the batch is written. */
    void commit(List<Write> batch) {
        var waiting = new Waiting(batch, new CompletableFuture<>());
        line.add(waiting);
        if (closed) {
            waiting.done().completeExceptionally(closing());
        }
        try {
            waiting.done().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private static StoreFailure closing() {
        return new StoreFailure("the store is being closed", new IllegalStateException("closed"));
    }

    private void work() {
        var group = new ArrayList<Waiting>();
        boolean open = true;
        while (open) {
            gather(group);
            open = !group.removeIf(Waiting::isEnd);
            if (!group.isEmpty()) {
                write(group);
            }
            group.clear();
        }
    }

    private void gather(List<Waiting> group) {
        try {
            long octets = 0;
            for (Waiting next = line.take(); next != null; next = line.poll()) {
                group.add(next);
                octets += next.octets();
                if (next.isEnd() || group.size() >= MOST_BATCHES || octets >= MOST_OCTETS) {
                    return;
                }
            }
        } catch (InterruptedException ended) {
            group.add(END);
        }
    }

    private void write(List<Waiting> group) {
        try {
            writer.accept(group.stream().map(Waiting::batch).toList());
            group.forEach(each -> each.done().complete(null));
        } catch (RuntimeException failed) {
            apart(group, failed);
        }
    }

    // One bad batch must not fail its neighbours: after a failure each is tried alone.
    private void apart(List<Waiting> group, RuntimeException failed) {
        for (Waiting each : group) {
            try {
                if (group.size() == 1) {
                    throw failed;
                }
                writer.accept(List.of(each.batch()));
                each.done().complete(null);
            } catch (RuntimeException again) {
                each.done().completeExceptionally(again);
            }
        }
    }

    /** Writes what was handed over before, then ends. */
    @Override
    public void close() {
        closed = true;
        line.add(END);
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        line.forEach(late -> late.done().completeExceptionally(closing()));
    }
}
