package org.posthouse.webadmin.undo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.file.Source;
import org.posthouse.webadmin.file.Standing;
import org.posthouse.webadmin.history.Alteration;
import org.posthouse.webadmin.history.Difference;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.history.Value;

/**
 * The tree as it stood at a moment: as it stands now, without what was changed since.
 *
 * <p>Of a secret it shows the one that stands there now, and none where there is none: no file has secrets in it, but a
 * file may say that one is to stay.
 */
public final class FormerTree implements Source {

    private static final Comparator<Entry> BY_NAME = Comparator.comparing(Entry::name, NameOrder.NAMES);

    private final History history;
    private final Standing now;
    private final long moment;
    private final Map<Place, Difference> since = new HashMap<>();

    /** After the change of this number, or one of before it; 0 is where the history begins. */
    public FormerTree(History history, Directory directory, long moment) {
        this.history = history;
        this.now = new Standing(directory);
        this.moment = Math.min(moment, history.newest());
        history.compare(moment, history.newest(), "", 0, Integer.MAX_VALUE)
                .differences()
                .forEach(each -> since.put(Place.of(each.object()), each));
    }

    @Override
    public Place root() {
        return now.root();
    }

    @Override
    public Optional<Entry> read(Place place) {
        Difference difference = since.get(place);
        return difference != null && isGone(difference)
                ? Optional.of(gone(difference))
                : now.read(place).flatMap(this::former);
    }

    @Override
    public List<Entry> within(Place place, Set<Kind> kinds) {
        var all = new ArrayList<Entry>();
        now.within(place, kinds).forEach(entry -> former(entry).ifPresent(all::add));
        since.values().stream()
                .filter(FormerTree::isGone)
                .filter(each ->
                        kinds.contains(each.kind()) && Place.of(each.object()).isWithin(place))
                .forEach(each -> all.add(gone(each)));
        return all;
    }

    @Override
    public void users(Place home, Consumer<Entry> to) {
        List<Entry> left = new ArrayList<>(since.values().stream()
                .filter(each -> isGone(each) && each.kind() == Kind.USER)
                .filter(each -> Place.of(each.object()).parent().equals(Optional.of(home)))
                .map(this::gone)
                .sorted(BY_NAME)
                .toList());
        // A place that is gone itself has none now.
        if (now.read(home).isPresent()) {
            now.users(home, user -> {
                while (!left.isEmpty() && BY_NAME.compare(left.getFirst(), user) < 0) {
                    to.accept(left.removeFirst());
                }
                former(user).ifPresent(to);
            });
        }
        left.forEach(to);
    }

    @Override
    public List<String> remarks() {
        String when = history.change(moment).map(change -> " of " + change.at()).orElse("");
        return List.of(
                "The tree as it was after entry " + moment + when
                        + " of the history. Secrets and passwords are the current ones.",
                "With --prune, objects created since then are deleted; without it, they stay.");
    }

    private static boolean isGone(Difference difference) {
        return difference.before() && !difference.after();
    }

    private Entry gone(Difference difference) {
        var attributes = new TreeMap<String, List<String>>(NameOrder.NAMES);
        difference.alterations().stream()
                .filter(each -> each.before().stream().noneMatch(Value::secret))
                .forEach(each -> attributes.put(each.attribute(), texts(each.before())));
        return entry(Place.of(difference.object()), difference.kind(), attributes);
    }

    // Empty when it was made since.
    private Optional<Entry> former(Entry stands) {
        Difference difference = since.get(stands.place());
        if (difference == null) {
            return Optional.of(stands);
        }
        if (!difference.before()) {
            return Optional.empty();
        }
        var attributes = new TreeMap<>(stands.attributes());
        difference.alterations().forEach(each -> attributes.put(each.attribute(), former(stands, each)));
        return Optional.of(entry(stands.place(), stands.kind(), attributes));
    }

    private List<String> former(Entry stands, Alteration alteration) {
        List<String> texts = stands.values(alteration.attribute());
        List<Value> before =
                alteration.whole() ? alteration.before() : alteration.off(history.kept(alteration.attribute(), texts));
        return before.stream().anyMatch(Value::secret) ? texts : texts(before);
    }

    private static List<String> texts(List<Value> values) {
        return values.stream().map(Value::text).toList();
    }

    private static Entry entry(Place place, Kind kind, Map<String, List<String>> attributes) {
        attributes.values().removeIf(List::isEmpty);
        return new Entry(place, kind, 0, attributes);
    }
}
