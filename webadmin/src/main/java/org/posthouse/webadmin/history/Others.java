package org.posthouse.webadmin.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.Unwilling;
import org.posthouse.schema.directory.Following;
import org.posthouse.schema.directory.Noticed;
import org.posthouse.schema.directory.Stamp;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Strangers.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what others change in the directory, LDAP tools and engines, and writes it down: whoever the server names, or
 * nobody. What was changed while the console was down is found when it starts, by comparing with its {@link Shadow}.
 *
 * <p>Also finds out how the operations ended that a crash or a lost directory cut off.
 */
public final class Others implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Others.class);
    private static final Duration SAVED_EACH = Duration.ofMinutes(5);

    private final History history;
    private final Directory directory;
    private final Clock clock;
    private final Runnable recovery;
    private final Shadow shadow;
    private final Path file;
    private final Strangers strangers;
    private final Unshadowed unshadowed;
    private final Aging aging;
    private @Nullable Following following;
    private Instant since = Instant.MAX;
    private Instant saved = Instant.MIN;
    private boolean begun;
    private volatile boolean surveyed;

    private Others(History history, Directory directory, String service, Clock clock, Runnable recovery)
            throws IOException {
        this.recovery = recovery;
        this.history = history;
        this.directory = directory;
        this.clock = clock;
        this.shadow = new Shadow(history.secrets());
        this.strangers = new Strangers(history, directory, service, clock, shadow);
        this.unshadowed = new Unshadowed(history, directory, strangers, clock);
        this.aging = new Aging(history, directory, shadow, clock);
        this.file = history.folder().resolve("shadow.json");
    }

    /**
     * Begins to follow a directory for a history. Throws Unwilling when files of the history cannot be used.
     *
     * @param service the account of console and engine of this host, whose changes beside the history are an engine's
     */
    public static Others follow(History history, Directory directory, String service, Clock clock) {
        return follow(history, directory, service, clock, () -> {});
    }

    /** The same; {@code recovery} completes or puts back what was left half-done, before anything is compared. */
    public static Others follow(History history, Directory directory, String service, Clock clock, Runnable recovery) {
        try {
            var others = new Others(history, directory, service, clock, recovery);
            history.whenDone(others::ownDone);
            history.whenRefused(deeds -> deeds.forEach(others.unshadowed::ownRefused));
            others.following = directory.follow(others::noticed);
            return others;
        } catch (IOException unusable) {
            throw new Unwilling("The history cannot follow the directory: " + unusable, unusable);
        }
    }

    static boolean isAdministrators(String object) {
        return object.toLowerCase(Locale.ROOT).startsWith("cn=administrators,");
    }

    /** Whether the whole tree was compared since the start. */
    boolean isSurveyed() {
        return surveyed;
    }

    private void ownDone(History.Done done) {
        if (done.noticed()) {
            return;
        }
        for (Deed deed : done.deeds()) {
            unshadowed.ownDone(deed, done.revision());
            if (begun) {
                shadow.apply(deed);
                shadow.revised(deed.object(), done.revision());
            }
        }
    }

    private void noticed(Noticed notice) {
        try {
            switch (notice) {
                case Noticed.Everything everything -> compareAll();
                case Noticed.Changed changed -> {
                    if (begun && changed.place().equals(directory.internetServices()) && aging.isDue()) {
                        compareAll();
                    } else {
                        look(changed.place());
                    }
                }
            }
            save(false);
        } catch (IOException full) {
            LOG.error("Changes that others made cannot be written to the history", full);
        }
    }

    private void compareAll() throws IOException {
        recovery.run();
        begin();
        settle();
        boolean turned = aging.look();
        if (turned) {
            strangers.all(true);
        }
        try {
            compareShadowed();
            unshadowed.survey(turned || !surveyed, this::lookQuietly);
        } finally {
            if (turned) {
                aging.turned(strangers.all(false));
                save(true);
            }
        }
        shadow.reached(directory.configVersion());
        surveyed = true;
    }

    private void lookQuietly(Place place) {
        try {
            look(place);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private void compareShadowed() throws IOException {
        var seen = new HashSet<String>();
        for (Entry entry : configuration()) {
            seen.add(Names.key(entry.place().toString()));
            if (differs(entry)) {
                look(entry.place());
            }
        }
        for (Shadow.Known known : shadow.all()) {
            if (!seen.contains(Names.key(known.object()))) {
                look(Place.of(known.object()));
            }
        }
    }

    private List<Entry> configuration() {
        var all = new ArrayList<>(directory.configuration());
        directory.read(directory.administrators()).ifPresent(all::add);
        return all;
    }

    private boolean differs(Entry entry) {
        Map<String, List<Value>> now = Shadow.attributes(entry, history.secrets());
        return shadow.known(entry.place().toString())
                .map(known -> !Alterations.between(known.attributes(), now).isEmpty())
                .orElse(true);
    }

    // What stands at the very first start is where the history begins; nobody did it.
    private void begin() throws IOException {
        if (begun) {
            return;
        }
        history.index();
        Optional<Long> upTo = shadow.load(file);
        if (upTo.isPresent()) {
            history.replay(upTo.get(), shadow::apply);
        } else if (history.size() == 0) {
            List<Entry> all = configuration();
            all.forEach(shadow::take);
            history.note("begun", all.size() + " objects at revision " + directory.configVersion());
        } else {
            history.replay(0, shadow::apply);
            configuration().stream()
                    .filter(entry -> shadow.known(entry.place().toString()).isEmpty())
                    .forEach(shadow::take);
        }
        unshadowed.begin();
        begun = true;
        since = clock.instant();
        save(true);
    }

    // A crash between a change and its last line leaves the line open; the directory knows.
    private void settle() {
        for (Change change : history.unended()) {
            if (!history.underway().holds(change.number())) {
                Outcome.Found found = new Outcome(directory, history.secrets()).of(change);
                history.settle(change, found.state(), found.remark());
            }
        }
    }

    // Between a change of our own and its last line, what is read is neither ours yet nor a stranger's.
    private void look(Place place) throws IOException {
        String object = place.toString();
        for (int attempt = 0; attempt < 250; attempt++) {
            long epoch = history.underway().epoch();
            if (!history.underway().concerns(object)) {
                Optional<Entry> now = directory.read(place);
                Optional<Stamp> stamp = now.flatMap(any -> directory.stamp(place));
                if (epoch == history.underway().epoch()
                        || (attempt > 50 && !history.underway().concerns(object))) {
                    compare(object, now, stamp);
                    return;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        LOG.warn(
                "A long change of {} is in progress. Changes that others make to it in the meantime are recorded later",
                object);
    }

    private void compare(String object, Optional<Entry> now, Optional<Stamp> stamp) throws IOException {
        boolean shadowed = now.map(entry -> Shadow.isShadowed(entry.kind())).orElse(false)
                || shadow.known(object).isPresent()
                || isAdministrators(object);
        if (shadowed) {
            shadowed(object, now, stamp);
        } else if (now.isPresent()) {
            unshadowed.changed(now.get(), stamp, since);
        } else {
            unshadowed.gone(object, since);
        }
    }

    private void shadowed(String object, Optional<Entry> now, Optional<Stamp> stamp) throws IOException {
        Optional<Shadow.Known> known = shadow.known(object);
        Map<String, List<Value>> before = known.map(Shadow.Known::attributes).orElse(Map.of());
        Map<String, List<Value>> after =
                now.map(entry -> Shadow.attributes(entry, history.secrets())).orElse(Map.of());
        Deed.What what = now.isEmpty() ? Deed.What.REMOVED : known.isEmpty() ? Deed.What.MADE : Deed.What.CHANGED;
        List<Alteration> alterations = Alterations.between(before, after);
        if ((known.isEmpty() && now.isEmpty()) || (what == Deed.What.CHANGED && alterations.isEmpty())) {
            now.ifPresent(entry -> shadow.revised(object, entry.revision()));
            return;
        }
        Kind kind = now.map(Entry::kind).orElseGet(() -> known.orElseThrow().kind());
        var deed = new Deed(0, what, object, kind, alterations);
        if (now.isPresent()) {
            strangers.write(List.of(deed), new Trace(now, stamp, shadow.revision(object), since));
            shadow.take(now.get());
        } else {
            List<Deed> along = Stream.concat(inside(object), unshadowed.goneWith(object).stream())
                    .toList();
            strangers.write(
                    Stream.concat(Stream.of(deed), along.stream()).toList(),
                    new Trace(now, stamp, shadow.revision(object), since));
            shadow.apply(deed);
        }
    }

    // What stood in it went along; nobody will ask for it again.
    private Stream<Deed> inside(String object) {
        return shadow.inside(object).stream()
                .map(each -> new Deed(
                        0,
                        Deed.What.REMOVED,
                        each.object(),
                        each.kind(),
                        Alterations.between(each.attributes(), Map.of())));
    }

    private synchronized void save(boolean now) throws IOException {
        if (begun && (now || saved.isBefore(clock.instant().minus(SAVED_EACH)))) {
            saved = clock.instant();
            shadow.save(file, history.underway().settled(history.newest()));
        }
    }

    @Override
    public void close() {
        Optional.ofNullable(following).ifPresent(Following::close);
        try {
            save(true);
            unshadowed.close();
        } catch (IOException | DirectoryException unwritable) {
            LOG.info("The copy of the directory was not saved. The next start catches up", unwritable);
        }
    }
}
