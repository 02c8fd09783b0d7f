package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.posthouse.schema.directory.Noticed.Everything;
import org.posthouse.schema.value.Place;

/**
 * Asks twice a second whether a number was handed out, and then which objects carry it.
 *
 * <p>A number is handed out before its change is written, and a later number may be written first. So each number that
 * no object carries yet stays outstanding and is looked for, ever less often, for a minute. One that nobody shows soon
 * was a deletion, or a change of what is hidden: then everything is reported.
 *
 * <p>Beside a server that reports changes by itself, this finds what the server forgot to report.
 */
final class Polling implements Watch {

    private static final Duration PACE = Duration.ofMillis(500);
    private static final long GIVEN_UP = TimeUnit.SECONDS.toNanos(60);
    private static final long DELETED = TimeUnit.MILLISECONDS.toNanos(900);

    private final Server server;
    private final Counter counter;

    private Consumer<Noticed> report = notice -> {};
    private long last;
    private final TreeMap<Long, Outstanding> outstanding = new TreeMap<>();
    private final Map<Place, Long> told = new HashMap<>();
    private final ConcurrentSkipListSet<Long> learnt = new ConcurrentSkipListSet<>();
    private final Hidden hidden = new Hidden();
    private long lookAgain;

    private record Outstanding(long since, boolean reported) {}

    Polling(Server server, Counter counter) {
        this.server = server;
        this.counter = counter;
    }

    @Override
    public String manner() {
        return "polling";
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public void open(Consumer<Noticed> to, Runnable ended) {
        report = to;
        last = counter.last();
        outstanding.clear();
        told.clear();
        learnt.clear();
        // Numbers handed out just before may still be written.
        for (long number = Math.max(1, last - 20); number <= last; number++) {
            outstanding.put(number, new Outstanding(System.nanoTime(), true));
        }
        hidden.begin(server);
        for (SearchResultEntry found : carriers()) {
            told.put(Place.of(found.getDN()), Shape.revision(found));
            outstanding.remove(Shape.revision(found));
        }
    }

    @Override
    public void beat() {
        long now = System.nanoTime();
        long version = counter.last();
        boolean moved = version != last;
        if (version < last) {
            // Another tree, or one restored from a backup.
            outstanding.clear();
            told.clear();
            learnt.clear();
            report.accept(new Everything());
        }
        for (long number = last + 1; number <= version; number++) {
            outstanding.put(number, new Outstanding(now, false));
        }
        last = version;
        outstanding.keySet().removeAll(learnt);
        if (!outstanding.isEmpty() && (moved || now - lookAgain >= 0)) {
            look(now);
        }
        learnt.headSet(outstanding.isEmpty() ? version + 1 : outstanding.firstKey())
                .clear();
    }

    /** What to tell of an entry that the server reported by itself; its number needs no looking for any more. */
    Noticed learn(SearchResultEntry found) {
        learnt.add(Shape.revision(found));
        return hidden.noticed(found);
    }

    private void look(long now) {
        var seen = new HashSet<Long>();
        for (SearchResultEntry found : carriers()) {
            long number = Shape.revision(found);
            seen.add(number);
            Long before = told.put(Place.of(found.getDN()), number);
            if ((before == null || before != number) && !learnt.contains(number)) {
                report.accept(hidden.noticed(found));
            }
        }
        seen.forEach(outstanding::remove);
        settle(now, seen);
        long youngest = outstanding.values().stream()
                .mapToLong(Outstanding::since)
                .max()
                .orElse(now);
        lookAgain = now + Math.max(PACE.toNanos(), (now - youngest) / 2);
    }

    private void settle(long now, Set<Long> seen) {
        boolean unseen = false;
        for (Map.Entry<Long, Outstanding> each : Map.copyOf(outstanding).entrySet()) {
            Outstanding waiting = each.getValue();
            if (now - waiting.since() > GIVEN_UP) {
                outstanding.remove(each.getKey());
            } else if (!waiting.reported() && now - waiting.since() > DELETED) {
                outstanding.put(each.getKey(), new Outstanding(waiting.since(), true));
                unseen = true;
            }
        }
        if (unseen) {
            report.accept(new Everything());
        }
        if (outstanding.isEmpty()) {
            told.values().removeIf(number -> !seen.contains(number));
        }
    }

    // Every object that carries a number not settled yet; under creation or not.
    private List<SearchResultEntry> carriers() {
        if (outstanding.isEmpty()) {
            return List.of();
        }
        Filter filter = Filter.createGreaterOrEqualFilter(Shape.REVISION, Long.toString(outstanding.firstKey()));
        return server.all(server.address().root(), SearchScope.SUB, filter, Shape.REVISION, Shape.PENDING);
    }

    @Override
    public void close() {}
}
