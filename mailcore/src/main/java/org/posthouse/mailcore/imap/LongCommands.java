package org.posthouse.mailcore.imap;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.posthouse.mailcore.compute.ComputePool;
import org.posthouse.mailcore.compute.SlicedWork;
import org.posthouse.mailcore.wire.Connection;

/**
 * Runs what a session's command does to many messages: on the session's own thread while that is short, otherwise on the
 * pool that all share.
 */
final class LongCommands {

    // Below this, a command over so many messages is done before the pool would have answered.
    private static final int FEW = 250;
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final String account;
    private final Connection connection;
    private final Answers answers;

    LongCommands(String account, Connection connection, Answers answers) {
        this.account = account;
        this.connection = connection;
        this.answers = answers;
    }

    /** Work that writes answers all the time: they are sent after each slice. */
    void write(SlicedWork work) {
        ComputePool.shared().run(account, work, answers::pass);
    }

    /**
     * Work that answers at the end. Every few seconds the client hears that it goes on; the work ends by a WireException
     * when there is no client any more.
     *
     * @param percent how much is done
     */
    void search(SlicedWork work, IntSupplier percent) {
        ComputePool.shared().run(account, work, new Watch(percent)::look);
    }

    /** One piece of work over so many messages. */
    <T> T whole(int messages, Supplier<T> work) {
        if (messages < FEW) {
            return work.get();
        }
        var result = new AtomicReference<T>();
        SlicedWork once = slice -> {
            if (!slice.isOwn()) {
                result.set(work.get());
            }
            return slice.isOwn();
        };
        ComputePool.shared().run(account, once, new Watch(() -> 0)::look);
        return result.get();
    }

    /** One piece of work that writes answers; they are kept until it is done. */
    <T> T written(Supplier<T> work) {
        return whole(FEW, () -> {
            answers.holding(true);
            try {
                return work.get();
            } finally {
                answers.holding(false);
            }
        });
    }

    /** Looks after the client while it hears nothing. */
    private final class Watch {
        private final IntSupplier percent;
        private long looked = System.nanoTime();
        private long told = looked;

        Watch(IntSupplier percent) {
            this.percent = percent;
        }

        // A client that has closed its side may still read. Only writing tells: what is sent to nobody is answered by a
        // reset, which the next look finds.
        void look() {
            long now = System.nanoTime();
            if (now - looked < LOOK.toNanos()) {
                return;
            }
            looked = now;
            if (connection.isInputOver() || now - told > SIGN_OF_LIFE.toNanos()) {
                told = now;
                int done = percent.getAsInt();
                answers.line(done > 0 ? "* OK Still working, " + done + "% done" : "* OK Still working");
                answers.flush();
            }
        }
    }
}
