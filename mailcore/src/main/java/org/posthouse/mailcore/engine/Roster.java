package org.posthouse.mailcore.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents of one messaging server, in the order that follows from what they need: the one that provides the mail
 * starts first and stops last, and while it does not run, those that need the mail wait. Agents that need nothing neither
 * wait nor stop with it.
 */
final class Roster {

    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private final Assembly assembly;
    private final Supplier<Snapshot> inForce;
    private final Tally tally;
    private final Runnable changed;
    private final FolderFallback folders;
    private final Map<Kind, AgentRun> agents = new EnumMap<>(Kind.class);
    private @Nullable Surroundings surroundings;
    private volatile @Nullable Office office;

    /** What to do about folders when the mail is opened. */
    interface FolderFallback {
        /** The mail is about to be opened. Throws AgentRefused when that would make a new store in place of a lost one. */
        void check();

        /** The folders in force proved to be usable. */
        void confirm();

        /** One of them did not. Returns whether the settings in force now name another one. */
        boolean goBack(AgentRefused refused);
    }

    Roster(Assembly assembly, Supplier<Snapshot> inForce, Tally tally, FolderFallback folders, Runnable changed) {
        this.folders = folders;
        this.tally = tally;
        this.assembly = assembly;
        this.inForce = inForce;
        this.changed = changed;
    }

    /** Makes room for agents that are new, and stops and drops those that are gone. */
    void arrange() {
        Snapshot now = inForce.get();
        for (Kind kind : List.copyOf(agents.keySet())) {
            if (now.server().agent(kind).isEmpty()) {
                find(kind).ifPresent(run -> run.stop(State.STOPPED, ""));
                agents.remove(kind);
            }
        }
        for (Agent agent : now.server().agents().values()) {
            agents.computeIfAbsent(
                    agent.kind(), kind -> assembly.supervise(agent, this::surroundings, this::open, changed));
        }
    }

    /** Starts every agent that may run. */
    void start() {
        provider().ifPresent(this::start);
        startClients();
    }

    /** Starts these agents. */
    void start(Set<Kind> kinds) {
        kinds.forEach(kind -> find(kind).ifPresent(this::start));
    }

    /** Stops every agent with so much time for what runs, then closes the mail. */
    void stop(Duration drain) {
        stop(all().stream().filter(run -> !isProvider(run)).toList(), drain);
        provider().ifPresent(nmap -> nmap.stop(State.STARTING, "", drain));
        office().ifPresent(open -> open.close(drain));
        office = null;
    }

    /** Starts one agent if it may run. */
    void start(AgentRun run) {
        if (!isProvider(run)) {
            startClient(run);
        } else if (office == null && run.isToStart(inForce.get())) {
            openOffice(run);
        } else {
            run.start(inForce.get());
        }
    }

    /** Stops one agent until it is released; those that need what it provides stop too and wait. */
    void hold(AgentRun run) {
        if (isProvider(run)) {
            stop(dependents(run), assembly.patience().drain());
            run.hold(inForce.get());
            closeOffice();
            startClients();
        } else {
            run.hold(inForce.get());
        }
    }

    /** Has agents let their sessions end; {@code done} is called for each whose sessions have. */
    void leave(Collection<AgentRun> leaving, Duration grace, Runnable done) {
        leaving.forEach(run -> run.leave(grace, done));
    }

    /** Starts an agent that was held, and whoever waits for what it provides. */
    void release(AgentRun run) {
        run.release();
        start(run);
        if (isProvider(run)) {
            startClients();
        }
    }

    /** Looks after each agent: crashes, refusals, a message store that could not be opened. */
    void look() {
        Optional<AgentRun> nmap = provider();
        if (office == null && nmap.isPresent() && nmap.get().state() == State.FAILED) {
            openOffice(nmap.get());
            startClients();
        }
        all().stream().filter(run -> office != null || isIndependent(run)).forEach(run -> run.look(inForce.get()));
    }

    /** The agents that need what this one provides. */
    List<AgentRun> dependents(AgentRun provider) {
        return all().stream()
                .filter(run -> !Collections.disjoint(
                        run.kind().agentType().needs(),
                        provider.kind().agentType().provides()))
                .toList();
    }

    /** Whether others need what this agent provides. */
    static boolean isProvider(AgentRun run) {
        return !run.kind().agentType().provides().isEmpty();
    }

    /** What agents wait for while the provider of the mail does not run. */
    static String waitsFor(Kind provider) {
        return "Waiting for the " + provider.label() + " of this server.";
    }

    private static boolean isIndependent(AgentRun run) {
        return !isProvider(run) && run.kind().agentType().needs().isEmpty();
    }

    private Optional<AgentRun> provider() {
        return all().stream().filter(Roster::isProvider).findFirst();
    }

    /** All agents, in their order. */
    Collection<AgentRun> all() {
        return agents.values();
    }

    Optional<AgentRun> find(Kind kind) {
        return Optional.ofNullable(agents.get(kind));
    }

    /** What the agents share while the NMAP Agent runs. */
    Optional<Office> office() {
        return Optional.ofNullable(office);
    }

    private Surroundings surroundings() {
        Surroundings known = surroundings;
        if (known == null) {
            known = assembly.surroundings(inForce, tally);
            surroundings = known;
        }
        return known;
    }

    private Office open() {
        return office().orElseThrow(() -> new IllegalStateException("the NMAP Agent is not running"));
    }

    // The mail itself comes before the port: where only the port is refused, the other agents work.
    private void openOffice(AgentRun nmap) {
        try {
            office = openMail();
            nmap.start(inForce.get());
        } catch (AgentRefused refused) {
            assembly.faults().note(nmap.place() + " store", "The message store cannot be opened: " + refused.reason());
            nmap.fail(refused, inForce.get());
        } catch (RuntimeException broken) {
            LOG.debug("The message store cannot be opened", broken);
            assembly.faults().note(nmap.place() + " store", "The message store cannot be opened: " + broken);
            nmap.fail("The message store cannot be opened: " + broken.getMessage());
        }
    }

    private Office openMail() {
        Office opened = openMailOrGoBack();
        folders.confirm();
        return opened;
    }

    private Office openMailOrGoBack() {
        try {
            folders.check();
            return assembly.open(surroundings());
        } catch (AgentRefused refused) {
            if (folders.goBack(refused)) {
                return assembly.open(surroundings());
            }
            throw refused;
        }
    }

    private void closeOffice() {
        office().ifPresent(open -> open.close(assembly.patience().drain()));
        office = null;
    }

    private void startClients() {
        all().stream().filter(run -> !isProvider(run)).forEach(this::startClient);
    }

    private void startClient(AgentRun run) {
        if (office != null || isIndependent(run)) {
            run.start(inForce.get());
        } else {
            Kind provider =
                    Kind.provider(run.kind().agentType().needs().iterator().next());
            run.await(
                    agents.containsKey(provider)
                            ? waitsFor(provider)
                            : "Requires " + provider.labelWithArticle() + " on this server.",
                    inForce.get());
        }
    }

    // Side by side, so that a restart takes one drain and not one for each agent.
    private static void stop(List<AgentRun> leaving, Duration drain) {
        var stopping = leaving.stream()
                .map(run -> Thread.ofVirtual().start(() -> run.stop(State.STARTING, "", drain)))
                .toList();
        try {
            for (Thread each : stopping) {
                each.join();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
