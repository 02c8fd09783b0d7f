package org.posthouse.schema.directory;

import java.io.Serial;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.value.Place;

/**
 * The last answers to what was asked of the directory, for while it does not respond, or not soon.
 *
 * <p>Every question is asked again; only when the answer is not there within {@link #PATIENCE} does the last one serve.
 * What is changed through this process is forgotten. Safe for use by several threads.
 */
final class LastAnswers {

    /** So long the last answer waits for a new one. */
    static final Duration PATIENCE = Duration.ofMillis(700);

    private static final Duration LOST = Duration.ofSeconds(3);
    private static final int MOST = 2_000;

    /**
     * What was asked.
     *
     * @param account in whose name
     * @param what the kind of question
     * @param about the object or container asked about
     * @param details what else the answer depends on
     */
    record Question(String account, What what, Place about, List<?> details) {

        boolean isTouchedBy(Place changed) {
            return switch (what) {
                case OBJECT -> about.isWithin(changed);
                case CONTAINER ->
                    about.isWithin(changed)
                            || changed.parent().filter(about::equals).isPresent();
                case TREE -> true;
            };
        }
    }

    /** What a question is about: an object, what is directly in a container, or more. */
    enum What {
        OBJECT,
        CONTAINER,
        TREE
    }

    // A question on its way. An answer that is so late may never come.
    private record Asked(CompletableFuture<Object> answer, long since) {

        boolean isLost() {
            return System.nanoTime() - since > LOST.toNanos();
        }
    }

    private static final class Recent extends LinkedHashMap<Question, Object> {
        @Serial
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Object> eldest) {
            return size() > MOST;
        }
    }

    private final Map<Question, Object> answers = Collections.synchronizedMap(new Recent());
    private final Map<Question, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    /** The answer of the server, or the last one where that is all there is. Throws what asking throws. */
    @SuppressWarnings("unchecked") // The same question always has answers of the same type.
    <T> T of(Question question, Connections connections, Supplier<T> ask) {
        Object known = answers.get(question);
        if (known == null) {
            return (T) ask(question, (Supplier<Object>) ask);
        }
        if (connections.availability().outage().isPresent()) {
            asked.remove(question);
            return (T) known;
        }
        return (T) soon(again(question, (Supplier<Object>) ask), connections).orElse(known);
    }

    private Object ask(Question question, Supplier<Object> ask) {
        long before = changes.get();
        Object answer = ask.get();
        if (changes.get() == before) {
            answers.put(question, answer);
        }
        return answer;
    }

    private CompletableFuture<Object> again(Question question, Supplier<Object> ask) {
        return asked.compute(
                        question, (each, running) -> running == null || running.isLost() ? begin(each, ask) : running)
                .answer();
    }

    private Asked begin(Question question, Supplier<Object> ask) {
        var fresh = new Asked(new CompletableFuture<>(), System.nanoTime());
        Thread.ofVirtual().name("directory-question").start(() -> {
            try {
                fresh.answer().complete(ask(question, ask));
            } catch (RuntimeException failed) {
                fresh.answer().completeExceptionally(failed);
            } finally {
                asked.remove(question, fresh);
            }
        });
        return fresh;
    }

    /**
     * What comes within the patience, or at once while answers come late; empty when nothing does. Throws what asking
     * throws, except that the directory is down.
     */
    static <T> Optional<T> soon(CompletableFuture<T> answer, Connections connections) {
        try {
            long patience = connections.availability().isSlow() ? 0 : PATIENCE.toMillis();
            return Optional.of(answer.get(patience, TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            connections.suspect();
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof DirectoryDown) {
                return Optional.empty();
            }
            throw failed.getCause() instanceof RuntimeException why ? why : new IllegalStateException(failed);
        }
    }

    /** An object was changed, created, or deleted. */
    void forget(Place changed) {
        changes.incrementAndGet();
        synchronized (answers) {
            answers.keySet().removeIf(question -> question.isTouchedBy(changed));
        }
        asked.keySet().removeIf(question -> question.isTouchedBy(changed));
    }
}
