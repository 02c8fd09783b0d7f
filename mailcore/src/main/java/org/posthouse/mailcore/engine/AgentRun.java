package org.posthouse.mailcore.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.agent.Agent;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.OptionRefusal;
import org.posthouse.mailcore.status.Orders.NotPossible;
import org.posthouse.mailcore.status.ServerBoard.AgentBoard;
import org.posthouse.mailcore.status.ServerBoard.Live;
import org.posthouse.mailcore.status.Standing;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Impact;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent under supervision: its life from start to stop, over crashes and refusals. Used by the thread of its server
 * alone; only what the board shows is read by others.
 */
final class AgentRun {

    private static final Logger LOG = LoggerFactory.getLogger(AgentRun.class);

    private final Kind kind;
    private final Place place;
    private final Means means;
    private final Patience patience;
    private final Clock clock;
    private final Runnable changed;
    private final Deque<Instant> crashes = new ArrayDeque<>();
    private volatile @Nullable Agent agent;
    private volatile State state = State.STARTING;
    private volatile String reason = "";
    private final OptionRefusals refusals = new OptionRefusals();
    private volatile @Nullable Snapshot obeying;
    private volatile Instant obeyedAt = Instant.EPOCH;
    private volatile long tried;
    private volatile Instant triedAt = Instant.EPOCH;
    private Instant retryAt = Instant.MAX;
    private volatile Optional<Instant> leavesAt = Optional.empty();
    private volatile boolean finishing;
    private boolean held;

    /**
     * How an agent is run.
     *
     * @param maker makes it, or refuses to
     * @param forbidden which settings do not let it go on
     * @param listening where it last listened
     */
    record Means(Supplier<Agent> maker, Predicate<Snapshot> forbidden, ListeningRecord listening) {}

    /** At rest; {@code changed} is called when there is news for the board. */
    AgentRun(Place place, Kind kind, Means means, Patience patience, Clock clock, Runnable changed) {
        this.place = place;
        this.kind = kind;
        this.means = means;
        this.patience = patience;
        this.clock = clock;
        this.changed = changed;
    }

    /** Starts unless it runs, is disabled, or was stopped by a command. */
    void start(Snapshot now) {
        if (agent != null) {
            return;
        }
        tried(now);
        if (!isEnabled(now)) {
            enter(State.DISABLED, "");
        } else if (held) {
            enter(State.STOPPED, "Stopped by command.");
        } else {
            enter(State.STARTING, "");
            attempt(now);
        }
    }

    private void attempt(Snapshot now) {
        retryAt = Instant.MAX;
        try {
            launch(now);
            obey(now);
        } catch (AgentRefused refused) {
            boolean asBefore = startsAsBefore(now);
            retryAt = clock.instant().plus(patience.retry());
            refuse(refused, now);
            tried(now);
            enter(State.REFUSED, asBefore ? goesOn(refused) : words(refused));
        } catch (RuntimeException crash) {
            tried(now);
            crashed(crash.toString(), crash);
        }
    }

    private void launch(Snapshot now) {
        Agent fresh = means.maker().get();
        try {
            fresh.start(now);
            agent = fresh;
        } catch (AgentRefused refused) {
            throw refused;
        } catch (RuntimeException crash) {
            discard(fresh, Duration.ZERO);
            throw crash;
        }
    }

    // A port or address that is refused must not close the ones that were open before the engine stopped.
    private boolean startsAsBefore(Snapshot now) {
        Optional<Snapshot> former = means.listening().former(now);
        try {
            former.ifPresent(this::launch);
        } catch (AgentRefused alsoRefused) {
            return false;
        }
        former.ifPresent(snapshot -> {
            obeying = snapshot;
            obeyedAt = clock.instant();
        });
        return former.isPresent();
    }

    /** Takes over changed settings, by whatever they ask of it since the ones it obeys. */
    void adopt(Snapshot now) {
        Agent running = agent;
        if (running == null) {
            adoptAtRest(now);
            return;
        }
        if (leavesAt.isPresent()) {
            return;
        }
        switch (means.forbidden().test(now) ? Effect.AGENT_RESTART : effect(now)) {
            case LIVE -> obey(now);
            case REBIND -> rebind(running, now);
            case AGENT_RESTART, SERVER_RESTART -> {
                stop(State.STARTING, "");
                start(now);
            }
        }
    }

    // What was refused or crashed may do better with other settings; what was disabled waits for a start or a command.
    private void adoptAtRest(Snapshot now) {
        tried(now);
        if (!isEnabled(now)) {
            enter(State.DISABLED, "");
        } else if (state == State.DISABLED) {
            enter(State.WAITING, "Enabled: starts with its server or by command.");
        } else if (state == State.REFUSED || state == State.FAILED) {
            crashes.clear();
            attempt(now);
        }
    }

    private void rebind(Agent running, Snapshot now) {
        retryAt = Instant.MAX;
        try {
            running.adopt(obeyed(now), now);
            obey(now);
        } catch (AgentRefused refused) {
            retryAt = clock.instant().plus(patience.retry());
            refuse(refused, now);
            tried(now);
            enter(State.REFUSED, goesOn(refused));
        } catch (RuntimeException crash) {
            stop(State.FAILED, "");
            tried(now);
            crashed(crash.toString(), crash);
        }
    }

    private void refuse(AgentRefused refused, Snapshot now) {
        now.server()
                .agent(kind)
                .ifPresent(wanted -> refusals.refuse(
                        refused.option(),
                        OptionRefusals.value(wanted, refused.option()),
                        refused.reason(),
                        now.server().wanted(wanted),
                        clock.instant()));
    }

    /** Looks after it: a fault is a crash, and what was refused or crashed is tried again when its time has come. */
    void look(Snapshot now) {
        Agent running = agent;
        if (leavesAt.isPresent()) {
            return;
        }
        Optional<String> fault = running == null ? Optional.empty() : running.fault();
        if (fault.isPresent()) {
            agent = null;
            discard(running, Duration.ZERO);
            crashed(fault.get(), null);
        } else if (!retryAt.isAfter(clock.instant())) {
            if (running == null) {
                attempt(now);
            } else {
                rebind(running, now);
            }
        }
    }

    /** Stops it, drained, and leaves it in this state. */
    void stop(State after, String why) {
        stop(after, why, patience.drain());
    }

    /** Stops it with so much time for what runs, and leaves it in this state. */
    void stop(State after, String why, Duration drain) {
        Agent running = agent;
        retryAt = Instant.MAX;
        if (running != null) {
            enter(State.STOPPING, "");
            agent = null;
            discard(running, drain);
        }
        leavesAt = Optional.empty();
        obeying = null;
        refusals.clear();
        enter(after, why);
    }

    /**
     * Refuses new sessions from now on and lets those that run end by themselves, without holding up anything else; then
     * {@code done} is called. It stays held.
     */
    void leave(Duration grace, Runnable done) {
        Agent running = agent;
        held = true;
        if (running == null || leavesAt.isPresent()) {
            done.run();
            return;
        }
        retryAt = Instant.MAX;
        leavesAt = Optional.of(clock.instant().plus(grace));
        finishing = true;
        enter(State.STOPPING, "");
        Thread.ofVirtual().name(kind.label() + " leaves").start(() -> {
            try {
                running.finish(grace);
            } finally {
                finishing = false;
                done.run();
            }
        });
    }

    /** Whether sessions are still let end by themselves. */
    boolean isFinishing() {
        return finishing && agent != null;
    }

    /** Keeps it from starting until {@link #release()}. */
    void hold(Snapshot now) {
        held = true;
        boolean enabled = isEnabled(now);
        tried(now);
        stop(enabled ? State.STOPPED : State.DISABLED, enabled ? "Stopped by command." : "");
    }

    /** Lets it start again; forgives its crashes. */
    void release() {
        held = false;
        crashes.clear();
    }

    /** It cannot start for want of something else. */
    void await(String what, Snapshot now) {
        rest(State.WAITING, what, now);
    }

    /** It stops if it runs, and stays in this state; when it is disabled, it is just that. */
    void rest(State at, String why, Snapshot now) {
        boolean enabled = isEnabled(now);
        tried(now);
        stop(enabled ? at : State.DISABLED, enabled ? why : "");
    }

    /** What it needs cannot be had. */
    void fail(String why) {
        stop(State.FAILED, why);
    }

    /** What it needs cannot be had, by the fault of one of its options. */
    void fail(AgentRefused refused, Snapshot now) {
        stop(State.FAILED, refused.reason());
        refuse(refused, now);
        changed.run();
    }

    private void crashed(String what, @Nullable RuntimeException cause) {
        LOG.error("{} of {} crashed: {}", kind.label(), server(), what, cause);
        Instant now = clock.instant();
        crashes.add(now);
        crashes.removeIf(crash -> crash.plus(patience.window()).isBefore(now));
        if (crashes.size() >= patience.crashes()) {
            retryAt = Instant.MAX;
            enter(
                    State.FAILED,
                    "Crashed %d times within %s and is no longer restarted automatically. Last error: %s"
                            .formatted(crashes.size(), words(patience.window()), what));
        } else {
            Duration wait = patience.backOff().multipliedBy(1L << (crashes.size() - 1));
            retryAt = now.plus(wait);
            enter(State.FAILED, "Crashed; restarts in %s: %s".formatted(words(wait), what));
        }
    }

    private void discard(@Nullable Agent running, Duration drain) {
        try {
            if (running != null) {
                running.stop(drain);
            }
        } catch (RuntimeException untidy) {
            LOG.warn("{} of {} did not stop properly", kind.label(), server(), untidy);
        }
    }

    private void obey(Snapshot now) {
        means.listening().keep(now);
        obeying = now;
        refusals.clear();
        obeyedAt = clock.instant();
        tried(now);
        enter(State.RUNNING, isEnabled(now) ? "" : "Disabled: runs until its next start.");
    }

    private void tried(Snapshot now) {
        tried = wanted(now);
        triedAt = clock.instant();
    }

    private long wanted(Snapshot settings) {
        return settings.server().agent(kind).map(settings.server()::wanted).orElse(0L);
    }

    private void enter(State next, String why) {
        boolean news = state != next || !reason.equals(why);
        if (news && (next == State.REFUSED || next == State.RUNNING)) {
            LOG.info("{} of {}: {} {}", kind.label(), server(), next.word(), why);
        }
        if (next.isOff() || next == State.WAITING) {
            refusals.clear();
        }
        state = next;
        reason = why;
        if (news || next == State.RUNNING) {
            changed.run();
        }
    }

    Kind kind() {
        return kind;
    }

    Place place() {
        return place;
    }

    /** Whether nothing but its needs keeps it from starting. */
    boolean isToStart(Snapshot now) {
        return isEnabled(now) && !held;
    }

    State state() {
        return state;
    }

    String reason() {
        return reason;
    }

    boolean isRunning() {
        return agent != null;
    }

    /** Whether it lets its sessions end and takes no new ones. */
    boolean isLeaving() {
        return leavesAt.isPresent();
    }

    /** The line a real session to it shows of an option; "" when none depends on it. With no option, its greeting. */
    String prove(String option) {
        Agent running = agent;
        if (running == null) {
            throw new NotPossible("The " + kind.label() + " is not running.");
        }
        return option.isEmpty() ? running.prove() : running.prove(option).orElse("");
    }

    /**
     * What the board shows.
     *
     * @param wanted the revision it is wanted to obey
     * @param most the last revision of which nothing is refused: a later one does not count as obeyed
     * @param flaw what was refused of its newest settings, or ""
     * @param flaws the same value by value
     */
    AgentBoard board(long wanted, long most, String flaw, List<OptionRefusal> flaws) {
        Agent running = agent;
        Snapshot obeyed = obeying;
        boolean flawed = running != null && !flaw.isEmpty();
        var standing = new Standing(
                flawed ? State.REFUSED : state,
                flawed ? flaw : reason,
                wanted,
                flawed ? about(flaws) : tried,
                triedAt,
                obeyed == null ? 0 : Math.min(most, wanted(obeyed)),
                obeyedAt,
                leavesAt);
        var refused = Stream.concat(refusals.all().stream(), flaws.stream()).toList();
        return new AgentBoard(place, kind, standing, refused, () -> live(running));
    }

    // A refusal of an earlier value says nothing of the value that came since.
    private long about(List<OptionRefusal> flaws) {
        return flaws.stream().mapToLong(OptionRefusal::revision).max().orElse(tried);
    }

    private static Live live(@Nullable Agent running) {
        return running == null ? Live.NONE : new Live(running.listening(), running.figures(), running.notes());
    }

    private Effect effect(Snapshot now) {
        return Impact.between(obeyed(now).server(), now.server()).agents().getOrDefault(kind, Effect.LIVE);
    }

    private Snapshot obeyed(Snapshot otherwise) {
        Snapshot obeyed = obeying;
        return obeyed == null ? otherwise : obeyed;
    }

    private boolean isEnabled(Snapshot now) {
        return now.server().agent(kind).map(wanted -> wanted.enabled()).orElse(false);
    }

    private String server() {
        return place.parent().map(Place::leaf).orElse("");
    }

    private String words(AgentRefused refused) {
        return kind.panels().stream()
                        .flatMap(panel -> panel.option(refused.option()).stream())
                        .map(option -> option.label() + ": ")
                        .findFirst()
                        .orElse("")
                + refused.reason();
    }

    private String goesOn(AgentRefused refused) {
        return words(refused).replaceFirst("[.]?$", ". It keeps its previous port.");
    }

    private static String words(Duration duration) {
        return duration.toSeconds() < 120
                ? Math.max(1, duration.toSeconds()) + " s"
                : duration.toMinutes() + " minutes";
    }
}
