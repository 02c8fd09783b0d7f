package org.posthouse.webadmin.history;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.Following;
import org.posthouse.schema.directory.Noticed;
import org.posthouse.schema.directory.Stamp;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Author.By;
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
    private static final int REMEMBERED = 5_000;
    // The stamps of servers count in seconds.
    private static final Duration STAMP = Duration.ofSeconds(2);

    private final History history;
    private final Directory directory;
    private final String service;
    private final Clock clock;
    private final Shadow shadow;
    private final Path file;
    private final Map<String, Instant> own = remembering();
    private final Map<String, Person> people = remembering();
    private @Nullable Following following;
    private Instant since = Instant.MAX;
    private Instant saved = Instant.MIN;
    private boolean begun;

    /** What was last seen of an object that is not in the shadow. */
    private record Person(Kind kind, Map<String, List<Value>> attributes, Optional<Instant> at) {}

    private Others(History history, Directory directory, String service, Clock clock) {
        this.history = history;
        this.directory = directory;
        this.service = service;
        this.clock = clock;
        this.shadow = new Shadow(history.secrets());
        this.file = history.folder().resolve("shadow.json");
    }

    private static <V> Map<String, V> remembering() {
        return java.util.Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        });
    }

    /**
     * Begins to follow a directory for a history.
     *
     * @param service the account of console and engine of this host, whose changes beside the history are an engine's
     */
    public static Others follow(History history, Directory directory, String service, Clock clock) {
        var others = new Others(history, directory, service, clock);
        history.whenDone(others::ownDone);
        others.following = directory.follow(others::noticed);
        return others;
    }

    static boolean isAdministrators(String object) {
        return object.toLowerCase(Locale.ROOT).startsWith("cn=administrators,");
    }

    private void ownDone(History.Done done) {
        if (done.noticed()) {
            return;
        }
        for (Deed deed : done.deeds()) {
            own.put(Names.key(deed.object()), clock.instant());
            if (begun) {
                shadow.apply(deed);
            }
            people.remove(Names.key(deed.object()));
        }
    }

    private void noticed(Noticed notice) {
        try {
            switch (notice) {
                case Noticed.Everything everything -> compareAll();
                case Noticed.Changed changed -> look(changed.place());
            }
            save(false);
        } catch (IOException full) {
            LOG.error("What others changed cannot be written into the history", full);
        }
    }

    private void compareAll() throws IOException {
        begin();
        settle();
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
        begun = true;
        since = clock.instant();
        save(true);
    }

    // A crash between a change and its last line leaves the line open; the directory knows.
    private void settle() {
        for (Change change : history.unended()) {
            if (!history.isUnderWay(change.number())) {
                Outcome.Found found = new Outcome(directory, history.secrets()).of(change);
                history.settle(change, found.state(), found.remark());
            }
        }
    }

    // Between a change of our own and its last line, what is read is neither ours yet nor a stranger's.
    private void look(Place place) throws IOException {
        String object = place.toString();
        for (int attempt = 0; attempt < 250; attempt++) {
            long epoch = history.epoch();
            if (!history.isUnderWay(object)) {
                Optional<Entry> now = directory.read(place);
                Optional<Stamp> stamp = now.flatMap(any -> directory.stamp(place));
                if (epoch == history.epoch() || (attempt > 50 && !history.isUnderWay(object))) {
                    compare(object, now, stamp);
                    return;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        LOG.warn("A long change of {} is under way; what others do to it meanwhile is found later", object);
    }

    private void compare(String object, Optional<Entry> now, Optional<Stamp> stamp) throws IOException {
        boolean shadowed = now.map(entry -> Shadow.isShadowed(entry.kind())).orElse(false)
                || shadow.known(object).isPresent()
                || isAdministrators(object);
        if (shadowed) {
            shadowed(object, now, stamp);
        } else if (now.isPresent()) {
            person(object, now.get(), stamp);
        } else {
            gone(object);
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
            return;
        }
        Kind kind = now.map(Entry::kind).orElseGet(() -> known.orElseThrow().kind());
        write(new Deed(0, what, object, kind, alterations), stamp);
        now.ifPresent(shadow::take);
        if (now.isEmpty()) {
            shadow.apply(new Deed(0, what, object, kind, List.of()));
        }
    }

    // Users are too many for a shadow: of one never seen before only what stands now is known.
    private void person(String object, Entry now, Optional<Stamp> stamp) throws IOException {
        String key = Names.key(object);
        Optional<Instant> at = stamp.flatMap(Stamp::at);
        Map<String, List<Value>> after = Shadow.attributes(now, history.secrets());
        Person seen = people.put(key, new Person(now.kind(), after, at));
        Instant ours = own.get(key);
        boolean fresh = at.map(time -> time.isAfter(since.minus(STAMP))
                        && (ours == null || time.isAfter(ours.plus(STAMP)))
                        && (seen == null
                                || seen.at().map(time::isAfter).orElse(true)
                                || !Alterations.between(seen.attributes(), after)
                                        .isEmpty()))
                .orElse(false);
        if (!fresh || now.kind() == Kind.ROOT) {
            return;
        }
        boolean made = seen == null && stamp.flatMap(Stamp::made).equals(at) && !history.isKnown(object);
        List<Alteration> alterations = made
                ? Alterations.between(Map.of(), after)
                : seen != null ? Alterations.between(seen.attributes(), after) : since(history.known(object), after);
        write(new Deed(0, made ? Deed.What.MADE : Deed.What.CHANGED, object, now.kind(), alterations), stamp);
    }

    // Of attributes the journal never spoke of, what stood before is not known: they are said as having come.
    private static List<Alteration> since(Map<String, List<Value>> known, Map<String, List<Value>> after) {
        var all = new ArrayList<Alteration>();
        after.forEach((name, values) -> {
            if (!known.containsKey(name)) {
                all.add(new Alteration(name, List.of(), values, false));
            }
        });
        var spoken = new java.util.TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
        known.keySet().forEach(name -> spoken.put(name, after.getOrDefault(name, List.of())));
        all.addAll(Alterations.between(known, spoken));
        return List.copyOf(all);
    }

    private void gone(String object) throws IOException {
        String key = Names.key(object);
        Person seen = people.remove(key);
        boolean ours = own.containsKey(key)
                || List.copyOf(own.keySet()).stream().anyMatch(removed -> key.endsWith("," + removed));
        if (ours || since.equals(Instant.MAX)) {
            return;
        }
        Map<String, List<Value>> before = seen == null ? history.known(object) : seen.attributes();
        Kind kind = seen == null ? Kind.UNKNOWN : seen.kind();
        own.put(key, clock.instant());
        write(new Deed(0, Deed.What.REMOVED, object, kind, Alterations.between(before, Map.of())), Optional.empty());
    }

    private void write(Deed deed, Optional<Stamp> stamp) throws IOException {
        String who = spelled(stamp.flatMap(Stamp::by).orElse(""));
        Instant at = stamp.flatMap(Stamp::at).orElseGet(clock::instant);
        boolean engine = !who.isEmpty() && (isService(who) || isHost(who));
        String remark = deed.alterations().isEmpty() && deed.what() == Deed.What.CHANGED
                ? "nothing that can be read differs: a password, perhaps"
                : at.isBefore(since.minus(STAMP)) ? "made while this console was down" : "";
        history.noticed(new Author(who, "", engine ? By.ENGINE : By.TOOL), List.of(deed), at, remark);
    }

    // A server names whoever it was in a spelling of its own: OpenDJ folds case and blanks.
    private String spelled(String who) {
        try {
            return who.isEmpty()
                    ? who
                    : directory
                            .read(Place.of(who))
                            .map(entry -> entry.place().toString())
                            .orElse(who);
        } catch (IllegalArgumentException | DirectoryException unknown) {
            return who;
        }
    }

    // OpenDJ binds a root user by a short name of its own (ds-cfg-alternate-bind-dn) and signs with the long one.
    private boolean isService(String who) {
        String key = Names.key(who);
        return key.equals(Names.key(service)) || key.equals(Names.key(service) + ",cn=root dns,cn=config");
    }

    private boolean isHost(String who) {
        return shadow.known(who).map(known -> known.kind() == Kind.HOST_SERVER).orElse(false);
    }

    private synchronized void save(boolean now) throws IOException {
        if (begun && (now || saved.isBefore(clock.instant().minus(SAVED_EACH)))) {
            saved = clock.instant();
            shadow.save(file, history.settledUpTo());
        }
    }

    @Override
    public void close() {
        Optional.ofNullable(following).ifPresent(Following::close);
        try {
            save(true);
        } catch (IOException | DirectoryException unwritable) {
            LOG.info("The shadow of the directory was not saved; the next start makes up for it", unwritable);
        }
    }
}
