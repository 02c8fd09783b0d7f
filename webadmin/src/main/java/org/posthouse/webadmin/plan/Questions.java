package org.posthouse.webadmin.plan;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.Plan.About;
import org.posthouse.webadmin.plan.Plan.Difference;
import org.posthouse.webadmin.plan.Plan.Warning;
import org.posthouse.webadmin.pulse.Tried;

/**
 * What engines find when they try new values: ports, addresses, resolvers, domains. Asked in the background, each
 * question once a minute at most, so that a plan need not wait.
 */
public final class Questions {

    private static final Duration KNOWN_FOR = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final int MOST = 20;
    private static final Set<About> UNREACHABLE = EnumSet.of(About.NO_ENGINE, About.ENGINE_SILENT);

    /** Tries a value at a messaging server. */
    @FunctionalInterface
    public interface Asking {
        /** What came of it. Throws IOException when the engine does not say. */
        Tried ask(Place server, Trial about, String value) throws IOException;
    }

    /**
     * What is known of a plan so far.
     *
     * @param warnings what was found
     * @param open whether an answer is still awaited
     */
    public record Found(List<Warning> warnings, boolean open) {}

    /** Nothing was asked. */
    public static final Found NOTHING = new Found(List.of(), false);

    private record Question(Place server, Trial about, String value) {}

    private record Asked(CompletableFuture<Optional<Tried>> answer, Instant since) {}

    private final Asking asking;
    private final Clock clock;
    private final Map<Question, Asked> asked = new ConcurrentHashMap<>();

    /** Asks in this way. */
    public Questions(Asking asking, Clock clock) {
        this.asking = asking;
        this.clock = clock;
    }

    /** What is known about the new values of a plan, after at most so long a wait. */
    public Found about(Plan plan, Duration patience) {
        Map<Question, Difference> questions = questions(plan);
        questions.keySet().forEach(this::begin);
        long end = System.nanoTime() + patience.toNanos();
        var warnings = new ArrayList<Warning>();
        boolean open = false;
        for (Map.Entry<Question, Difference> each : questions.entrySet()) {
            Asked known = begin(each.getKey());
            boolean late = known.since().plus(DEADLINE).isBefore(clock.instant());
            if (await(known.answer(), end - System.nanoTime())) {
                warnings.addAll(told(plan, each, known));
            } else if (late) {
                warnings.add(warning(
                        each.getValue(), About.NOT_ANSWERED, each.getKey().value()));
            } else {
                open = true;
            }
        }
        return new Found(List.copyOf(warnings), open);
    }

    // What could not be asked is no good news: it is said, and asked again with the next plan. Only that an engine does
    // not answer at all is said by the plan already.
    private List<Warning> told(Plan plan, Map.Entry<Question, Difference> each, Asked known) {
        Optional<Tried> tried = known.answer().join();
        if (tried.isPresent()) {
            return warning(each, tried.get()).stream().toList();
        }
        asked.remove(each.getKey(), known);
        boolean said = plan.warnings().stream()
                .anyMatch(warning -> UNREACHABLE.contains(warning.about())
                        && warning.object().equals(each.getKey().server()));
        return said
                ? List.of()
                : List.of(warning(
                        each.getValue(), About.NOT_ANSWERED, each.getKey().value()));
    }

    private static boolean await(CompletableFuture<?> answer, long nanos) {
        try {
            answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Asked begin(Question question) {
        asked.values().removeIf(known -> known.since().plus(KNOWN_FOR).isBefore(clock.instant()));
        return asked.computeIfAbsent(question, any -> {
            var answer = new CompletableFuture<Optional<Tried>>();
            Thread.ofVirtual().name("question").start(() -> answer.complete(ask(question)));
            return new Asked(answer, clock.instant());
        });
    }

    private Optional<Tried> ask(Question question) {
        try {
            return Optional.of(asking.ask(question.server(), question.about(), question.value()));
        } catch (IOException | RuntimeException silent) {
            return Optional.empty();
        }
    }

    private static Map<Question, Difference> questions(Plan plan) {
        var questions = new LinkedHashMap<Question, Difference>();
        for (Difference difference : plan.differences()) {
            Trial trial = difference.option().map(OptionFacts::trial).orElse(Trial.NONE);
            if (trial != Trial.NONE && questions.size() < MOST && isReadable(plan, difference)) {
                Place server = difference.kind() == Kind.MESSAGING_SERVER
                        ? difference.object()
                        : difference.object().parent().orElseThrow();
                if (isMade(plan, server)) {
                    continue;
                }
                values(difference).forEach(value -> questions.put(new Question(server, trial, value), difference));
            }
        }
        return questions;
    }

    // No engine knows it yet.
    private static boolean isMade(Plan plan, Place server) {
        return plan.made().stream().anyMatch(made -> made.place().equals(server));
    }

    // A value that is refused anyway is not worth a question.
    private static boolean isReadable(Plan plan, Difference difference) {
        return plan.flaws().stream()
                .noneMatch(flaw -> flaw.object().equals(difference.object())
                        && difference
                                .option()
                                .map(OptionFacts::name)
                                .equals(Optional.of(flaw.problem().option())));
    }

    private static Stream<String> values(Difference difference) {
        boolean list = difference.option().filter(OptionFacts::multiple).isPresent();
        return (list ? difference.added() : difference.after()).stream();
    }

    private static Optional<Warning> warning(Map.Entry<Question, Difference> each, Tried tried) {
        Optional<About> about = switch (tried.word()) {
            case "taken" -> Optional.of(tried.detail().isEmpty() ? About.PORT_TAKEN : About.PORT_USED);
            case "forbidden" -> Optional.of(About.PORT_FORBIDDEN);
            case "absent" -> Optional.of(About.ADDRESS_ABSENT);
            case "none" -> Optional.of(About.NO_MX);
            case "system" -> Optional.of(About.FOLDER_SYSTEM);
            case "link" -> Optional.of(About.FOLDER_LINK);
            case "file" -> Optional.of(About.FOLDER_FILE);
            case "denied" -> Optional.of(About.FOLDER_DENIED);
            case "full" -> Optional.of(About.FOLDER_FULL);
            case "open" -> Optional.of(About.FOLDER_OPEN);
            case "used" -> Optional.of(About.FOLDER_USED);
            case "empty" -> Optional.of(About.STORE_EMPTY);
            case "lost" -> Optional.of(About.STORE_LOST);
            case "store" -> Optional.of(About.STORE_FOUND);
            case "stay" -> Optional.of(About.MAILBOXES_STAY);
            case "unknown" -> Optional.of(About.HOST_UNKNOWN);
            case "silent" ->
                Optional.of(each.getKey().about() == Trial.RESOLVER ? About.RESOLVER_SILENT : About.NOT_ANSWERED);
            default -> Optional.empty();
        };
        return about.map(found -> warning(each.getValue(), found, tried.value(), tried.detail()));
    }

    private static Warning warning(Difference difference, About about, String value) {
        return warning(difference, about, value, "");
    }

    private static Warning warning(Difference difference, About about, String value, String detail) {
        return new Warning(
                difference.object(), difference.option().map(OptionFacts::name).orElse(""), about, value, detail);
    }
}
