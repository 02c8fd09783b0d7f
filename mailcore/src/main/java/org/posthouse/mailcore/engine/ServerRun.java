package org.posthouse.mailcore.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.posthouse.mailcore.acme.AcmeClient;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.settings.Refusal;
import org.posthouse.mailcore.settings.Settings;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.snmp.SnmpAgent;
import org.posthouse.mailcore.status.AcmeLine;
import org.posthouse.mailcore.status.Count;
import org.posthouse.mailcore.status.History;
import org.posthouse.mailcore.status.History.Reading;
import org.posthouse.mailcore.status.OptionRefusal;
import org.posthouse.mailcore.status.Orders.NotPossible;
import org.posthouse.mailcore.status.PostmasterLine;
import org.posthouse.mailcore.status.ServerBoard;
import org.posthouse.mailcore.status.Standing;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.store.DamagedMessages;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Impact;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One messaging server under supervision. What happens to its agents happens on one thread, in the order in which it was
 * asked for; the snapshot in force is swapped at once, so that a long drain holds up no LIVE option.
 */
final class ServerRun {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);

    private final Place place;
    private final Assembly assembly;
    private final Tally tally;
    private final History history = new History();
    private final Roster roster;
    private final SnmpAgent snmp;
    private final SnmpListening snmpListening;
    private final AcmeClient acme;
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile Snapshot inForce;
    private volatile Settings settings;
    private volatile Snapshot obeying;
    private volatile Instant obeyedAt;
    private volatile State state = State.STARTING;
    private volatile String reason = "";
    private final WorkingFolders folders;
    private final ServerRefusals refusals;
    private volatile Snapshot desired;
    private volatile long obeyedRevision;
    private volatile long tried;
    private volatile Instant triedAt;
    private volatile String warning = "";
    private volatile String shownFault = "";
    private volatile Optional<Instant> leavesAt = Optional.empty();
    private volatile Optional<Instant> runsSince = Optional.empty();
    private boolean closed;

    ServerRun(Snapshot first, Settings settings, Assembly assembly) {
        this.place = first.server().place();
        this.assembly = assembly;
        this.folders = assembly.workingFolders(place);
        this.refusals = new ServerRefusals(place.leaf(), assembly);
        this.desired = first;
        this.inForce = folders.kept(first);
        this.obeying = first;
        this.obeyedRevision = first.server().revision();
        this.settings = settings;
        this.obeyedAt = assembly.clock().instant();
        this.triedAt = obeyedAt;
        this.tally = new Tally(obeyedAt);
        this.roster = new Roster(assembly, () -> inForce, tally, new Folders(), this::publish);
        this.snmp = assembly.snmp(place, () -> inForce);
        this.snmpListening = new SnmpListening(snmp, assembly.snmpListening(place));
        this.acme = assembly.acme(
                () -> inForce, () -> Optional.ofNullable(this.settings.wanted().get(place)), this::publish);
        this.thread = Thread.ofVirtual().name("server " + place.leaf()).unstarted(this::run);
    }

    /** Starts the server and its agents as their settings say. */
    void begin() {
        tasks.add(this::start);
        thread.start();
    }

    /** Brings settings into force; the rest of what they ask follows on the server's own thread. */
    void offer(Snapshot now, Settings all) {
        settings = all;
        Snapshot before = desired;
        boolean same = before.server().equals(now.server()) && before.seen().equals(now.seen());
        if (!same) {
            desired = now;
            // A start goes through with the settings that it began with; what it misses follows, without another
            // restart.
            if (state != State.STARTING) {
                // A folder is taken over only after it was tried.
                inForce = folders.kept(now);
            }
        }
        tasks.add(same ? this::publish : () -> adopt(desired));
    }

    /** Carries out a command; answers why not, or nothing. No kind means the whole server. */
    Optional<String> command(Optional<Kind> kind, String verb, Duration grace) {
        var commands = new Commands(this, roster, grace);
        return ask(() -> kind.isPresent() ? commands.agent(kind.get(), verb) : commands.server(verb));
    }

    /** The line an agent shows in a real session of an option; "" when none depends on it. */
    String prove(Kind kind, String option) {
        return ask(() -> roster.find(kind))
                .orElseThrow(() -> new NotPossible(name() + " has no " + kind.label() + "."))
                .prove(option);
    }

    /** Stops everything, drained, and ends; returns when it is done. */
    void close() {
        close(assembly.patience().drain());
    }

    /** Stops everything with so much time for what runs, and ends; returns when it is done. */
    void close(Duration drain) {
        ask(() -> {
            acme.close();
            stop(State.STOPPED, "", drain);
            snmp.close();
            folders.release();
            closed = true;
            return Optional.empty();
        });
    }

    String name() {
        return place.leaf();
    }

    Snapshot inForce() {
        return inForce;
    }

    /** Why it is not as wanted; "" when nothing is to be said. */
    String reason() {
        return reason;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /** What its agents share while its NMAP Agent runs. */
    Optional<Office> office() {
        return roster.office();
    }

    /** Starts all agents that may run, on the server's own thread. */
    void start() {
        folders.forgive();
        Snapshot now = settle(desired);
        roster.arrange();
        Optional<String> orphaned = assembly.orphaned(now);
        if (!now.server().status().enabled()) {
            rest(now, State.STOPPED, "The messaging server is disabled.");
            enter(State.DISABLED, "");
        } else if (orphaned.isPresent()) {
            rest(now, State.WAITING, "The messaging server has no postmaster.");
            enter(State.BROKEN, orphaned.get());
        } else {
            enter(State.STARTING, "");
            roster.start();
            obey(now);
            enter(State.RUNNING, "");
        }
    }

    private void rest(Snapshot now, State at, String why) {
        roster.all().forEach(run -> run.rest(at, why, now));
        obey(now);
    }

    /** Stops all agents, on the server's own thread. */
    void stop(String why) {
        boolean enabled = inForce.server().status().enabled();
        stop(enabled ? State.STOPPED : State.DISABLED, enabled ? why : "");
        Snapshot now = inForce;
        roster.all().forEach(run -> run.rest(State.STOPPED, "The messaging server is not running.", now));
        publish();
    }

    /** The same before a start that follows at once. */
    void stopToStart() {
        stop(State.STARTING, "");
    }

    private void stop(State after, String why) {
        stop(after, why, assembly.patience().drain());
    }

    private void stop(State after, String why, Duration drain) {
        enter(State.STOPPING, "");
        roster.stop(drain);
        leavesAt = Optional.empty();
        enter(after, why);
    }

    /** Takes no new sessions, and stops when those that run have ended, or after the grace. */
    void leave(Duration grace) {
        leavesAt = Optional.of(assembly.clock().instant().plus(grace));
        enter(State.STOPPING, "");
        List<AgentRun> running =
                roster.all().stream().filter(AgentRun::isRunning).toList();
        roster.leave(running, grace, () -> tasks.add(this::stopWhenLeft));
        stopWhenLeft();
    }

    private void stopWhenLeft() {
        if (isLeaving() && roster.all().stream().noneMatch(AgentRun::isFinishing)) {
            stop("Stopped by command.");
        }
    }

    /** The same for one agent; those that need what it provides go too. */
    void leave(AgentRun run, Duration grace) {
        if (!run.isRunning()) {
            roster.hold(run);
            return;
        }
        List<AgentRun> leaving = Stream.concat(Stream.of(run), roster.dependents(run).stream())
                .filter(AgentRun::isRunning)
                .toList();
        roster.leave(leaving, grace, () -> tasks.add(() -> holdWhenLeft(run, leaving)));
    }

    private void holdWhenLeft(AgentRun run, List<AgentRun> leaving) {
        if (run.isLeaving() && leaving.stream().noneMatch(AgentRun::isFinishing)) {
            leaving.stream().filter(other -> other != run).forEach(other -> {
                other.stop(State.WAITING, Roster.waitsFor(run.kind()));
                other.release();
            });
            roster.hold(run);
        }
    }

    /** Whether it takes no new sessions and waits for those that run. */
    boolean isLeaving() {
        return leavesAt.isPresent();
    }

    private void adopt(Snapshot wanted) {
        Snapshot now = settle(wanted);
        Impact impact = Impact.between(obeying.server(), now.server());
        if (isLeaving()) {
            roster.arrange();
        } else if (!isRunning()) {
            roster.arrange();
            adoptAtRest(now);
        } else if (impact.isWhole()) {
            stopToStart();
            start();
        } else {
            roster.arrange();
            roster.start(impact.created());
            roster.all().stream()
                    .filter(run -> !impact.created().contains(run.kind()))
                    .forEach(run -> run.adopt(now));
        }
        obey(now);
        acme.look();
        publish();
    }

    private void adoptAtRest(Snapshot now) {
        if (state != State.BROKEN) {
            roster.all().forEach(run -> run.rest(State.STOPPED, "The messaging server is not running.", now));
        }
        if (!now.server().status().enabled()) {
            enter(State.DISABLED, "");
        } else if (state == State.BROKEN) {
            start();
        } else if (state == State.DISABLED) {
            enter(State.WAITING, "Enabled: starts with its engine or by command.");
        }
    }

    // What is on disk is brought where it is wanted; where that cannot be, it stays, and mail goes on. One refusal must
    // not
    // keep the rest from being tried. Returns what is in force from now on.
    private Snapshot settle(Snapshot wanted) {
        refusals.begin();
        refusals.note(FolderUse.TEMP_DIRECTORY, folders.choose(FolderUse.TEMP_DIRECTORY, wanted), wanted);
        refusals.note(FolderUse.MESSAGE_STORE, folders.choose(FolderUse.MESSAGE_STORE, wanted), wanted);
        refusals.attempt(FolderUse.DBF_DIRECTORY.option(), wanted, () -> folders.moveDbfDirectory(wanted));
        Snapshot now = folders.kept(wanted);
        if (wanted == desired || state == State.STARTING) {
            inForce = now;
        }
        refusals.attempt("certificate", wanted, () -> assembly.copyCertificate(now));
        refusals.attempt("snmpPort", wanted, () -> snmpListening.adopt(now));
        return now;
    }

    private void retry() {
        List<OptionRefusal> before = refusals.all();
        Snapshot now = settle(desired);
        if (isRunning() && !now.server().equals(obeying.server())) {
            adopt(desired);
        } else if (!refusals.all().equals(before)) {
            obey(now);
            publish();
        }
    }

    /** What the office tells of the folders in force. */
    private final class Folders implements Roster.FolderFallback {

        @Override
        public void check() {
            folders.checkStore();
        }

        @Override
        public void confirm() {
            folders.confirm();
        }

        @Override
        public boolean goBack(AgentRefused refused) {
            for (FolderUse use : FolderUse.values()) {
                if (use.option().equals(refused.option()) && folders.goBack(use, refused.reason())) {
                    refusals.note(use, Optional.of(refused.reason()), desired);
                    inForce = folders.kept(desired);
                    return true;
                }
            }
            return false;
        }
    }

    /** Where one of its agents listens, such as "127.0.0.1:2525". */
    List<String> listening(Kind kind) {
        return roster.find(kind)
                .map(run -> run.board(0, 0, "", List.of()).live().get().listening())
                .orElse(List.of());
    }

    /** Tries folders for it, without consequence. */
    FolderTrials folderTrials() {
        return new FolderTrials(folders, office(), inForce);
    }

    private void obey(Snapshot now) {
        obeying = now;
        tried = now.server().revision();
        triedAt = assembly.clock().instant();
        if (refusals.ofServer().isEmpty()) {
            obeyedRevision = now.server().revision();
            obeyedAt = assembly.clock().instant();
        }
    }

    private void enter(State next, String why) {
        if (next != State.RUNNING && next != State.STOPPING) {
            runsSince = Optional.empty();
        } else if (runsSince.isEmpty() && next == State.RUNNING) {
            runsSince = Optional.of(assembly.clock().instant());
        }
        state = next;
        reason = why;
        publish();
    }

    private void publish() {
        var shown = new BoardRows(place, settings, refusals, assembly.clock().instant());
        Optional<Refusal> refusal = shown.refusal();
        String running = state == State.RUNNING && !inForce.server().status().enabled()
                ? "Disabled: runs until its next start."
                : reason;
        warning = assembly.warning(inForce);
        String trouble = Stream.of(ServerRefusals.text(refusals.ofServer()), running, warning, uncertified())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        var standing = new Standing(
                shown(),
                refusal.map(why -> "Rejected; the last valid settings stay in force. " + why.reason())
                        .orElse(trouble),
                settings.wantedOf(place),
                refusal.isPresent() ? settings.wantedOf(place) : tried,
                triedAt,
                obeyedRevision,
                obeyedAt,
                leavesAt);
        String fault = office().map(Office::fault).orElse("");
        shownFault = fault;
        var rows = roster.all().stream()
                .map(run -> Roster.isProvider(run) ? shown.ofNmap(run, fault, this::damaged) : shown.of(run))
                .toList();
        assembly.board()
                .post(new ServerBoard(
                        place,
                        standing,
                        rows,
                        shown.ofServer(),
                        this::queueFigures,
                        this::postmaster,
                        acme.line(),
                        Optional.of(tally),
                        runsSince));
    }

    // A server none of whose agents runs does nothing for anybody, however well it is.
    private State shown() {
        boolean works = roster.all().stream().anyMatch(AgentRun::isRunning);
        return state == State.RUNNING && !works ? State.IDLE : state;
    }

    private String uncertified() {
        return acme.line()
                .filter(AcmeLine::isTrouble)
                .map(line -> "No certificate from ACME: " + line.reason())
                .orElse("");
    }

    /** Reads how busy it is. */
    void sample() {
        long sessions = roster.all().stream()
                .map(run -> run.board(0, 0, "", List.of()).live().get().figures())
                .mapToLong(figures -> figures.getOrDefault("sessions", 0L))
                .sum();
        history.note(
                assembly.clock().instant(),
                new Reading(
                        sum(Count.MESSAGES_RECEIVED_LOCAL, Count.MESSAGES_RECEIVED_REMOTE),
                        sum(Count.MESSAGES_STORED_LOCAL),
                        sum(Count.MESSAGES_SENT_REMOTE),
                        sum(Count.FAILED_LOCAL, Count.FAILED_REMOTE),
                        office().map(Office::queueLength).orElse(0L),
                        sessions));
    }

    private long sum(Count... counts) {
        return Stream.of(counts).mapToLong(count -> tally.of(count).orElse(0)).sum();
    }

    /** How busy it was. */
    History history() {
        return history;
    }

    /** Begins to count anew. */
    void reset() {
        tally.reset(assembly.clock().instant());
        publish();
    }

    private List<DamagedMessages.Damaged> damaged() {
        return office().map(Office::damaged).orElse(List.of());
    }

    private Map<String, Long> queueFigures() {
        return office().map(Office::queueFigures).orElse(Map.of());
    }

    private Optional<PostmasterLine> postmaster() {
        return office().flatMap(office -> office.postmaster(inForce));
    }

    private <T> T ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        tasks.add(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException failed) {
                answer.completeExceptionally(failed);
            }
        });
        return answer.join();
    }

    private void run() {
        try {
            while (!closed) {
                Runnable task = tasks.poll(assembly.patience().look().toMillis(), TimeUnit.MILLISECONDS);
                work(task == null ? this::look : task);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (refusals.isDue()) {
            retry();
        }
        if (isRunning()) {
            roster.look();
        } else if (state == State.BROKEN && assembly.orphaned(inForce).isEmpty()) {
            start();
        }
        snmp.look();
        acme.look();
        if (!warning.equals(assembly.warning(inForce))
                || !shownFault.equals(office().map(Office::fault).orElse(""))) {
            publish();
        }
    }

    private void work(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError fault) {
            LOG.error("A step in the supervision of {} failed; supervision continues", name(), fault);
        }
    }
}
