package org.posthouse.mailcore.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.logging.RepeatedFault;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.Following;
import org.posthouse.schema.directory.Noticed;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the directory and brings its changes into force.
 *
 * <p>While the directory cannot be reached the last good configuration stays in force: the one of this run, or the one
 * kept in a file by the run before. Everything happens on one thread of its own; whoever listens is called there, or, with saved settings, by a
 * thread that does not wait for the directory.
 */
public final class SettingsFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsFeed.class);
    private static final String LOST = "The connection to the directory is lost. The current settings stay in force.";
    private static final long RECONNECT_MILLIS = 1000;
    // The directory of this host starts at the same time, and passwords are not checked before it is there.
    private static final long CONNECT_MILLIS = 200;
    // How long the directory may take before the engine starts without it.
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration FINISH = Duration.ofSeconds(2);
    // So many changes at once, as of an import of users, are cheaper read whole.
    private static final int FLOOD = 100;
    // Changes come by themselves; this catches what a directory may have failed to tell.
    private static final long RECONCILE_MINUTES = 5;

    /**
     * Who is told what, one after the other.
     *
     * @param adopted these settings are in force from now on
     * @param touched this object of the directory, whatever it is, was changed, created or deleted
     * @param allTouched any object may have changed
     */
    public record Listener(Consumer<Settings> adopted, Consumer<Place> touched, Runnable allTouched) {}

    private final Supplier<Directory> connect;
    private final Listener listener;
    private final LastGood lastGood;
    private final Clock clock;
    private final RepeatedFault faults;
    private final Branches branches = new Branches();
    private final RevisionGuard guard;
    private List<Entry> applied = List.of();
    private volatile Optional<Settings> unused = Optional.empty();
    private final Map<Place, Entry> known = new HashMap<>();
    private final ReentrantLock adopting = new ReentrantLock();
    private final BlockingQueue<Noticed> noticed = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile @Nullable Directory directory;
    private volatile @Nullable Following following;
    private volatile String trouble = "";
    private volatile Instant since;
    private volatile boolean closed;
    private volatile String objection = "";
    private String wasState = "";
    private boolean adopted;

    /** Will connect as {@code connect} says, again and again until it succeeds. */
    public SettingsFeed(Supplier<Directory> connect, Listener listener, LastGood lastGood, Clock clock) {
        this.connect = connect;
        this.listener = listener;
        this.lastGood = lastGood;
        this.guard = new RevisionGuard(lastGood.beside(".older"));
        this.clock = clock;
        this.faults = new RepeatedFault(LOG, clock);
        this.since = clock.instant();
        this.thread = Thread.ofVirtual().name("settings").unstarted(this::run);
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    /** The directory for look-ups. Throws DirectoryDown before the first connection. */
    public Directory directory() {
        Directory connected = directory;
        if (connected == null) {
            String why = trouble.isEmpty() ? "The directory is not connected yet." : trouble;
            throw new DirectoryDown(why, new IllegalStateException(why));
        }
        return connected;
    }

    /** How the directory is followed at this moment. */
    public synchronized DirectoryState state() {
        Following now = following;
        String state = now == null || !now.connected()
                ? "down"
                : !objection.isEmpty() ? "older" : now.manner().contains("poll") ? "polling" : "following";
        if (!state.equals(wasState)) {
            wasState = state;
            since = clock.instant();
        }
        return new DirectoryState(
                state,
                switch (state) {
                    case "down" -> trouble.isEmpty() ? LOST : trouble;
                    case "older" -> objection;
                    default -> "";
                },
                since);
    }

    /** Brings nothing more into force; look-ups still work, for mail that is on its way to a mailbox. */
    public void hold() {
        closed = true;
        thread.interrupt();
        Following now = following;
        if (now != null) {
            now.close();
        }
        finish();
    }

    // What was brought into force is on the disk before the next engine starts with it.
    private void finish() {
        try {
            if (thread.isAlive() && Thread.currentThread() != thread) {
                thread.join(FINISH);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        hold();
        Directory connected = directory;
        if (connected != null) {
            connected.close();
        }
    }

    private void run() {
        try {
            List<Entry> kept = lastGood.read();
            Settings before = branches.adopt(kept);
            applied = kept;
            unused = kept.isEmpty() ? Optional.empty() : Optional.of(before);
            Thread.ofVirtual().name("saved settings").start(this::useKeptSoon);
            if (!connected() && !kept.isEmpty()) {
                LOG.info("The directory does not respond yet. Starting with the settings that were saved last.");
                useKept();
            }
            while (directory == null) {
                pause(CONNECT_MILLIS);
                connected();
            }
            while (true) {
                follow();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void useKept() {
        adopting.lock();
        try {
            Optional<Settings> kept = unused;
            unused = Optional.empty();
            kept.ifPresent(listener.adopted());
        } finally {
            adopting.unlock();
        }
    }

    // A directory that takes its time, or never answers, does not keep mail waiting.
    private void useKeptSoon() {
        try {
            thread.join(PATIENCE);
            if (!closed && unused.isPresent()) {
                LOG.info("The directory does not respond yet. Starting with the settings that were saved last.");
                useKept();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(long millis) throws InterruptedException {
        noticed.poll(millis, TimeUnit.MILLISECONDS);
    }

    private boolean connected() {
        try {
            Directory fresh = connect.get();
            directory = fresh;
            following = fresh.follow(noticed::add);
            noticed.add(new Noticed.Everything());
            LOG.info("Connected to the directory; changes arrive by {}.", following.manner());
            return true;
        } catch (DirectoryException down) {
            return waiting(String.valueOf(down.getMessage()));
        } catch (RuntimeException | LinkageError fault) {
            // This thread is the only one that tries again.
            return waiting(fault.toString());
        }
    }

    private boolean waiting(String why) {
        if (!trouble.equals(why)) {
            trouble = why;
            LOG.warn("Waiting for the directory: {}", trouble);
        }
        return false;
    }

    private void follow() throws InterruptedException {
        var news = new ArrayList<Noticed>();
        Noticed first = noticed.poll(RECONCILE_MINUTES, TimeUnit.MINUTES);
        news.add(first == null ? new Noticed.Everything() : first);
        noticed.drainTo(news);
        try {
            if (read(news)) {
                adopt();
            }
            faults.over("directory");
        } catch (DirectoryException down) {
            if (closed) {
                throw new InterruptedException();
            }
            faults.note(
                    "directory",
                    "The directory cannot be read now; the current settings stay in force: " + down.getMessage());
            trouble = String.valueOf(down.getMessage());
            pause(RECONNECT_MILLIS);
            noticed.add(new Noticed.Everything());
        } catch (RuntimeException broken) {
            if (faults.note("settings", "The settings cannot be applied; the current ones stay in force: " + broken)) {
                LOG.debug("The settings cannot be applied", broken);
            }
            adopted = false;
            pause(RECONNECT_MILLIS);
            noticed.add(new Noticed.Everything());
        }
    }

    private void adopt() {
        Settings settings = branches.adopt(known.values());
        adopted = true;
        applied = List.copyOf(known.values());
        adopting.lock();
        try {
            unused = Optional.empty();
            listener.adopted().accept(settings);
        } finally {
            adopting.unlock();
        }
        settings.refusals()
                .values()
                .forEach(refusal -> faults.note("Refused: " + refusal.reason(), "Refused: " + refusal.reason()));
        lastGood.keep(branches.inForce());
    }

    // True when something that settings are made of was read anew.
    private boolean read(List<Noticed> news) {
        if (news.size() > FLOOD || news.stream().anyMatch(Noticed.Everything.class::isInstance)) {
            List<Entry> all = directory().configuration();
            listener.allTouched().run();
            if (isOlder(all)) {
                trouble = "";
                useKept();
                return false;
            }
            var now = new HashMap<Place, Entry>();
            all.forEach(entry -> now.put(entry.place(), entry));
            boolean differs = !now.equals(known);
            known.clear();
            known.putAll(now);
            trouble = "";
            return differs || !adopted;
        }
        boolean differs = false;
        for (Noticed each : news) {
            if (each instanceof Noticed.Changed(Place place)) {
                listener.touched().accept(place);
                if (isPossiblyOlder(place)) {
                    noticed.add(new Noticed.Everything());
                } else {
                    differs |= readAgain(place);
                }
            }
        }
        return differs;
    }

    /** Whether the directory is older than the settings in use, so that they stay. */
    public boolean isOlder() {
        return !objection.isEmpty();
    }

    /** Why the directory is not applied; empty when it is. */
    public String objection() {
        return objection;
    }

    private boolean isOlder(List<Entry> all) {
        String why = guard.objection(applied, all).orElse("");
        if (!why.equals(objection)) {
            if (why.isEmpty()) {
                LOG.info("The settings in the directory are applied again.");
            } else {
                LOG.error("{}", why);
            }
            objection = why;
        }
        return !why.isEmpty();
    }

    // Only Internet Services tells; while a decision is pending, every change may be a part of it.
    private boolean isPossiblyOlder(Place place) {
        if (!objection.isEmpty()) {
            return true;
        }
        return place.equals(directory().internetServices())
                && RevisionGuard.revision(directory().read(place).stream().toList())
                        < RevisionGuard.revision(applied.stream()
                                .filter(entry -> entry.place().equals(place))
                                .toList());
    }

    private boolean readAgain(Place place) {
        Entry before = known.get(place);
        Entry now = directory().read(place).orElse(null);
        if (now == null) {
            return known.keySet().removeIf(other -> other.isWithin(place));
        }
        if (!now.kind().isConfiguration() || now.equals(before)) {
            return false;
        }
        known.put(place, now);
        return true;
    }
}
