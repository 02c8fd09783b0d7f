package org.posthouse.webadmin.history;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.posthouse.schema.directory.Stamp;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;

/**
 * What others do to objects that are too many for a shadow, users before all. Of one never seen before only what stands
 * now is known, and what the journal says of it.
 */
final class Unshadowed {

    private static final int REMEMBERED = 5_000;

    private final History history;
    private final Strangers strangers;
    private final Clock clock;
    private final Map<String, Instant> own = remembering();
    private final Map<String, Seen> seen = remembering();

    /** What was last seen of an object. */
    private record Seen(Kind kind, Map<String, List<Value>> attributes, Optional<Instant> at) {}

    Unshadowed(History history, Strangers strangers, Clock clock) {
        this.history = history;
        this.strangers = strangers;
        this.clock = clock;
    }

    private static <V> Map<String, V> remembering() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        });
    }

    /** This console itself changed an object. */
    void ownDone(String object) {
        own.put(Names.key(object), clock.instant());
        seen.remove(Names.key(object));
    }

    /** One that stands there was changed, by whomever. */
    void changed(String object, Entry now, Optional<Stamp> stamp, Instant since) throws IOException {
        String key = Names.key(object);
        Optional<Instant> at = stamp.flatMap(Stamp::at);
        Map<String, List<Value>> after = Shadow.attributes(now, history.secrets());
        Seen before = seen.put(key, new Seen(now.kind(), after, at));
        Instant ours = own.get(key);
        boolean fresh = at.map(time -> time.isAfter(since.minus(Strangers.STAMP))
                        && (ours == null || time.isAfter(ours.plus(Strangers.STAMP)))
                        && (before == null
                                || before.at().map(time::isAfter).orElse(true)
                                || !Alterations.between(before.attributes(), after)
                                        .isEmpty()))
                .orElse(false);
        if (!fresh || now.kind() == Kind.ROOT) {
            return;
        }
        boolean made = before == null && stamp.flatMap(Stamp::made).equals(at) && !history.isKnown(object);
        List<Alteration> alterations = made
                ? Alterations.between(Map.of(), after)
                : before != null
                        ? Alterations.between(before.attributes(), after)
                        : since(history.known(object), after);
        strangers.write(
                List.of(new Deed(0, made ? Deed.What.MADE : Deed.What.CHANGED, object, now.kind(), alterations)),
                stamp,
                since);
    }

    // Of attributes the journal never spoke of, what stood before is not known: they are said as having come.
    private static List<Alteration> since(Map<String, List<Value>> known, Map<String, List<Value>> after) {
        var all = new ArrayList<Alteration>();
        after.forEach((name, values) -> {
            if (!known.containsKey(name)) {
                all.add(new Alteration(name, List.of(), values, false));
            }
        });
        var spoken = new TreeMap<String, List<Value>>(String.CASE_INSENSITIVE_ORDER);
        known.keySet().forEach(name -> spoken.put(name, after.getOrDefault(name, List.of())));
        all.addAll(Alterations.between(known, spoken));
        return List.copyOf(all);
    }

    /** One is not there any more. */
    void gone(String object, Instant since) throws IOException {
        String key = Names.key(object);
        Seen before = seen.remove(key);
        boolean ours = own.containsKey(key)
                || List.copyOf(own.keySet()).stream().anyMatch(removed -> key.endsWith("," + removed));
        if (ours || since.equals(Instant.MAX)) {
            return;
        }
        Map<String, List<Value>> known = before == null ? history.known(object) : before.attributes();
        Kind kind = before == null ? Kind.UNKNOWN : before.kind();
        own.put(key, clock.instant());
        strangers.write(
                List.of(new Deed(0, Deed.What.REMOVED, object, kind, Alterations.between(known, Map.of()))),
                Optional.empty(),
                since);
    }
}
