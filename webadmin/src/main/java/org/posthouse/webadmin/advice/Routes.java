package org.posthouse.webadmin.advice;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.Questions.Asking;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.pulse.Tried;

/**
 * Where the mail of domains goes, as the engine of their server finds by its own Resolver(s). No page waits for it: who
 * asks for the first time learns nothing yet, and the answer is there when the page looks again.
 */
@ApplicationScoped
public class Routes {

    private static final Duration KNOWN_FOR = Duration.ofMinutes(5);
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);
    private static final int LARGEST = 2_000;

    private record Question(Place server, DomainName domain, List<IpAddress> resolvers) {}

    private record Answer(Route route, Instant asked, boolean underway) {}

    @Inject
    private @Nullable Installed installed;

    @Inject
    private @Nullable Pulse pulse;

    private Asking engine = (server, about, value) -> {
        throw new IOException("not available yet");
    };
    private Clock clock = Clock.systemUTC();
    private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

    /** For the container. */
    public Routes() {}

    /** Asks in this way. */
    Routes(Asking engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @PostConstruct
    void begin() {
        if (pulse != null && installed != null) {
            engine = pulse::trial;
            clock = installed.clock();
        }
    }

    /** What is known by now. */
    public Route route(MessagingServer server, DomainName domain) {
        var question =
                new Question(server.place(), domain, server.identification().resolvers());
        Instant now = clock.instant();
        if (answers.size() > LARGEST) {
            answers.clear();
        }
        Answer known = answers.compute(question, (key, before) -> {
            if (before != null && (before.underway() || isFresh(before, now))) {
                return before;
            }
            Route last = before == null ? Route.UNKNOWN : before.route();
            Thread.ofVirtual()
                    .name("route of " + domain)
                    .start(() -> answers.put(key, new Answer(ask(key), clock.instant(), false)));
            return new Answer(last, now, true);
        });
        return known.route();
    }

    private static boolean isFresh(Answer answer, Instant now) {
        Duration good = answer.route().state() == Route.State.UNKNOWN ? UNKNOWN_FOR : KNOWN_FOR;
        return answer.asked().plus(good).isAfter(now);
    }

    private Route ask(Question question) {
        try {
            Tried found =
                    engine.ask(question.server(), Trial.ROUTE, question.domain().ascii());
            List<String> hosts =
                    found.value().isEmpty() ? List.of() : List.of(found.value().split(" "));
            return switch (found.word()) {
                case "none" -> new Route(Route.State.NONE, List.of());
                case "here" -> new Route(Route.State.HERE, hosts);
                case "elsewhere" -> new Route(Route.State.ELSEWHERE, hosts);
                default -> Route.UNKNOWN;
            };
        } catch (IOException | RuntimeException silent) {
            return Route.UNKNOWN;
        }
    }
}
