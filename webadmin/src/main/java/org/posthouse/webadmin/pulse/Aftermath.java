package org.posthouse.webadmin.pulse;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Change.Effect;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Others;
import org.posthouse.webadmin.login.Installed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history going from the start of the console on: has it follow what others change, and has it told, for each
 * change, after what time the engines obeyed.
 */
@ApplicationScoped
public class Aftermath {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(500);

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    private volatile boolean closed;
    private @Nullable Others others;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        Thread.ofVirtual().name("history follower").start(this::follow);
    }

    // The directory may come later than the console.
    private void follow() {
        boolean said = false;
        while (!closed) {
            try {
                History history = installed.history();
                Directory directory = installed.directory();
                synchronized (this) {
                    others = Others.follow(history, directory, installed.account(), installed.clock());
                }
                history.whenDone(this::watch);
                return;
            } catch (DirectoryException notYet) {
                if (!said) {
                    LOG.info("The history waits for the directory: {}", notYet.getMessage());
                }
                said = true;
                LockSupport.parkNanos(AGAIN);
            }
        }
    }

    private void watch(History.Done done) {
        List<Place> concerned = done.deeds().stream()
                .filter(deed -> deed.what() != Deed.What.PASSWORD)
                .filter(deed ->
                        deed.kind() == Kind.MESSAGING_SERVER || deed.kind().isAgent())
                .map(deed -> server(Place.of(deed.object()), deed.kind()))
                .distinct()
                .toList();
        if (done.revision() > 0 && !concerned.isEmpty()) {
            Thread.ofVirtual().name("aftermath of " + done.number()).start(() -> await(done, concerned));
        }
    }

    private static Place server(Place place, Kind kind) {
        return kind.isAgent() ? place.parent().orElseThrow() : place;
    }

    private void await(History.Done done, List<Place> servers) {
        try {
            pulse.await(
                    () -> closed
                            || servers.stream()
                                    .allMatch(server -> of(server, done).isPresent()),
                    PATIENCE);
            if (!closed) {
                installed.history().effect(done.number(), effect(done, servers));
            }
        } catch (DirectoryException | IllegalStateException ended) {
            LOG.info("What came of change {} is not known: {}", done.number(), ended.getMessage());
        }
    }

    private Effect effect(History.Done done, List<Place> servers) {
        long slowest = -1;
        for (Place server : servers) {
            Effect one = of(server, done)
                    .orElse(new Effect(-1, server.leaf() + ": not obeyed within " + PATIENCE.toSeconds() + " s"));
            if (one.millis() < 0) {
                return one;
            }
            slowest = Math.max(slowest, one.millis());
        }
        return new Effect(slowest, "");
    }

    // Empty while it is not known yet.
    private Optional<Effect> of(Place server, History.Done done) {
        Optional<Board.Server> board = pulse.server(server);
        if (board.isEmpty()) {
            return Optional.empty();
        }
        List<Board.Obedience> parts = board.get().agents().isEmpty()
                ? List.of(board.get().obedience())
                : board.get().agents().stream()
                        .filter(agent -> isConcerned(agent.place(), server, done))
                        .map(Board.Agent::obedience)
                        .toList();
        return parts.isEmpty()
                ? Optional.of(new Effect(-1, server.leaf() + ": nothing runs that had to obey"))
                : all(server, parts, done);
    }

    private static boolean isConcerned(Place agent, Place server, History.Done done) {
        return done.deeds().stream()
                .map(deed -> Place.of(deed.object()))
                .anyMatch(place -> place.equals(server) || place.equals(agent));
    }

    private static Optional<Effect> all(Place server, List<Board.Obedience> parts, History.Done done) {
        long slowest = -1;
        for (Board.Obedience part : parts) {
            switch (part.state()) {
                case "disabled", "stopped" -> {}
                case "refused", "failed", "broken" -> {
                    return Optional.of(new Effect(-1, server.leaf() + ": " + part.reason()));
                }
                default -> {
                    if (part.obeyed() < done.revision()) {
                        return Optional.empty();
                    }
                    slowest = Math.max(slowest, since(part, done.at()));
                }
            }
        }
        return Optional.of(
                slowest < 0
                        ? new Effect(-1, server.leaf() + ": nothing runs that had to obey")
                        : new Effect(slowest, ""));
    }

    private static long since(Board.Obedience part, Instant done) {
        return part.obeyedAt()
                .map(at -> Math.max(0, Duration.between(done, at).toMillis()))
                .orElse(0L);
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        Optional.ofNullable(others).ifPresent(Others::close);
    }
}
