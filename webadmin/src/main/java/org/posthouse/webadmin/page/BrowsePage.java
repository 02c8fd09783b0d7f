package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/** The Browse dialog: walks through containers or searches the whole tree for objects of the kinds that may be named. */
@Named
@ViewScoped
public class BrowsePage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int PAGE = 30;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    private transient Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private transient Consumer<Place> taker = place -> {};
    private transient @Nullable Place container;
    private transient List<TreeItem> lines = List.of();
    private String title = "";
    private String text = "";
    private String next = "";

    /** Opens for a field of a page. */
    public void open(Field field, PanelPage page) {
        title = words.label(field.getFacts());
        ask(Kind.accepted(field.getFacts()), place -> {
            field.pick(place);
            page.changed();
        });
    }

    /** Opens for objects of these kinds; the taker gets the one picked. */
    void ask(String heading, Set<Kind> allowed, Consumer<Place> forWhom) {
        title = heading;
        ask(allowed, forWhom);
    }

    private void ask(Set<Kind> allowed, Consumer<Place> forWhom) {
        kinds = allowed;
        taker = forWhom;
        text = "";
        container = visitor.directory().root();
        search();
        lines = banner.during(() -> Stream.concat(atHand(), lines.stream()).toList(), lines);
    }

    // What belongs to the configuration is little: nobody should have to look for it in the tree.
    private Stream<TreeItem> atHand() {
        var sight = new Sight(visitor.directory());
        return visitor.directory().configuration().stream()
                .filter(entry -> kinds.contains(entry.kind()))
                .limit(PAGE)
                .map(entry -> TreeItem.of(sight, entry))
                .filter(item -> lines.stream().noneMatch(line -> line.dn().equals(item.dn())));
    }

    /** Goes into a container. */
    public void enter(String dn) {
        container = Place.of(dn);
        text = "";
        search();
    }

    /** Shows what the text finds in the whole tree; without a text, what stands in the container. */
    public void search() {
        next = "";
        lines = banner.during(() -> text.isBlank() ? page("") : found(), List.of());
    }

    /** Shows more of the container. */
    public void showMore() {
        banner.during(() -> {
            var all = new ArrayList<TreeItem>(lines);
            all.addAll(page(next));
            lines = all;
        });
    }

    /** Takes the object. */
    public void pick(String dn) {
        taker.accept(Place.of(dn));
    }

    private List<TreeItem> items(List<Entry> entries) {
        var sight = new Sight(visitor.directory());
        return entries.stream().map(entry -> TreeItem.of(sight, entry)).toList();
    }

    private List<TreeItem> found() {
        return items(visitor.directory().find(text.strip(), kinds, PAGE));
    }

    private List<TreeItem> page(String after) {
        var wanted = EnumSet.copyOf(kinds);
        for (Kind kind : Kind.values()) {
            if (leadsOn(kind)) {
                wanted.add(kind);
            }
        }
        Directory.Page page = visitor.directory().children(getContainer(), new Query("", wanted, PAGE, after));
        next = page.next();
        return items(page.entries());
    }

    // Containers in which one of the wanted kinds may stand, directly or deeper.
    private boolean leadsOn(Kind kind) {
        return kind.isContainer()
                && !kind.isAgent()
                && (kind != Kind.MESSAGING_SERVER || kinds.stream().anyMatch(Kind::isAgent))
                && kinds.stream()
                        .anyMatch(wanted -> wanted.parents().contains(kind)
                                || kind == Kind.ORGANIZATION
                                || kind == Kind.ORGANIZATIONAL_UNIT);
    }

    private Place getContainer() {
        Place known = container;
        return known == null ? visitor.directory().root() : known;
    }

    /** Whether an object may be picked. */
    public boolean isPickable(TreeItem line) {
        return kinds.contains(line.kind());
    }

    /** Whether one may go into it. */
    public boolean isEnterable(TreeItem line) {
        return leadsOn(line.kind());
    }

    /** The way from the root to the container. */
    public List<ObjectPage.Crumb> getCrumbs() {
        var crumbs = new ArrayList<ObjectPage.Crumb>();
        Place root = visitor.directory().root();
        Place step = getContainer();
        while (step.isWithin(root)) {
            crumbs.addFirst(new ObjectPage.Crumb(step.toString(), step.leaf()));
            step = step.parent().orElse(root);
            if (crumbs.getFirst().dn().equals(root.toString())) {
                break;
            }
        }
        return crumbs;
    }

    /** Where a found object stands, as people read it. */
    public String path(TreeItem line) {
        return line.place()
                .parent()
                .map(above -> above.path(visitor.directory().root()))
                .orElse("");
    }

    /** The kinds that may be picked, in words. */
    public String getWanted() {
        return kinds.stream().map(words::kind).collect(Collectors.joining(", "));
    }

    public List<TreeItem> getLines() {
        return lines;
    }

    public boolean isMore() {
        return !next.isEmpty();
    }

    public String getTitle() {
        return title;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }
}
