package org.posthouse.webadmin.pulse;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.status.State;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Change.Effect;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Others;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.Recovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history going from the start of the console on: has it follow what others change, and has it told, for each
 * change, after what time the engines applied it, or why they did not.
 */
@ApplicationScoped
public class Aftermath {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOKED_AT = Duration.ofSeconds(10);
    private static final int MOST_LATE = 1_000;
    private static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(500);

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private Recovery recovery;

    private final Queue<Sequel> late = new ConcurrentLinkedQueue<>();
    // Changes that no engine has answered for yet, and those of them that a later change replaced.
    private final Set<Sequel> open = ConcurrentHashMap.newKeySet();
    private final Map<Sequel, History.Done> replaced = new ConcurrentHashMap<>();
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
                extendSchema(directory);
                synchronized (this) {
                    others = Others.follow(history, directory, installed.account(), installed.clock(), recovery::look);
                }
                history.whenDone(this::watch);
                Thread.ofVirtual().name("late aftermaths").start(this::followLate);
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

    // A directory that was set up by an earlier version lacks what this version stores.
    private void extendSchema(Directory directory) {
        try {
            if (installed.isSetUp()) {
                directory.prepareSchema();
            }
        } catch (NotAllowed | Unwilling refused) {
            LOG.warn("The schema of the directory is that of an earlier version: {}", refused.getMessage());
        }
    }

    private void watch(History.Done done) {
        var sequel = Sequel.of(done);
        Stream.concat(open.stream(), late.stream())
                .filter(earlier -> earlier.isReplacedBy(done))
                .forEach(earlier -> replaced.putIfAbsent(earlier, done));
        if (!sequel.isNothing()) {
            open.add(sequel);
            Thread.ofVirtual().name("aftermath of " + done.number()).start(() -> await(sequel));
        }
    }

    private void await(Sequel sequel) {
        pulse.await(() -> closed || effect(sequel).isPresent(), PATIENCE);
        // Of what another tool did, no engine says which revision it is: what it ignored cannot be told from what is
        // late.
        if (!write(sequel, effect(sequel)) && !closed && !sequel.done().noticed()) {
            write(sequel, Optional.of(new Effect(-1, why(sequel))));
            late.add(sequel);
            while (late.size() > MOST_LATE) {
                replaced.remove(late.poll());
            }
        }
        open.remove(sequel);
        if (!late.contains(sequel)) {
            replaced.remove(sequel);
        }
    }

    // What took longer is written down all the same, when it is obeyed at last.
    private void followLate() {
        while (!closed) {
            pulse.await(
                    () -> closed || late.stream().anyMatch(each -> effect(each).isPresent()), LOOKED_AT);
            if (!closed) {
                late.removeIf(each -> {
                    boolean known = write(each, effect(each));
                    if (known) {
                        replaced.remove(each);
                    }
                    return known;
                });
            }
        }
    }

    private Optional<Effect> effect(Sequel sequel) {
        return sequel.effect(pulse::server, installed.clock().instant(), Optional.ofNullable(replaced.get(sequel)));
    }

    private String why(Sequel sequel) {
        return sequel.laggard(pulse::server, installed.clock().instant())
                .map(server -> server.leaf() + ": "
                        + sequel.host(server).map(pulse::whySilent).orElseGet(() -> why(server)))
                .orElse("");
    }

    private String why(Place server) {
        return pulse.server(server)
                .map(Board.Server::agents)
                .flatMap(agents -> agents.stream()
                        .filter(agent -> agent.obedience().state() == State.WAITING)
                        .map(agent ->
                                agent.place().leaf() + ": " + agent.obedience().reason())
                        .findFirst())
                .orElseGet(() -> pulse.whyUnknown(server));
    }

    private boolean write(Sequel sequel, Optional<Effect> effect) {
        try {
            effect.ifPresent(known -> installed.history().effect(sequel.done().number(), known));
        } catch (DirectoryException | IllegalStateException ended) {
            LOG.info("The effect of change {} is not known: {}", sequel.done().number(), ended.getMessage());
        }
        return effect.isPresent();
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        Optional.ofNullable(others).ifPresent(Others::close);
    }
}
