package org.posthouse.webadmin.page;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/**
 * The tree at the left. A container's children are asked for when it is opened, fifty at a time, so that a container of
 * a million users opens as fast as any.
 */
@Named
@ViewScoped
public class TreePage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;

    @Inject
    private Visitor visitor;

    @Inject
    private Installed installed;

    @Inject
    private Opened opened;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    private transient @Nullable List<TreeNode> roots;
    private transient List<TreeItem> found = List.of();
    private String current = "";
    private String filter = "";

    /**
     * The tree with everything open that was open before, and the way to the current object. While the directory is
     * unavailable this is what the visitor saw last, see {@link #getAge}.
     */
    List<TreeNode> getRoots() {
        List<TreeNode> known = roots;
        if (known == null) {
            known = banner.during(this::grown, opened.lastSeen());
            roots = known;
        }
        return known;
    }

    /** Reads the tree anew. */
    public void refresh() {
        roots = null;
    }

    /** Since when the tree shown may be out of date, in words; "" while it is as the directory says. */
    public String getAge() {
        return opened.isLastSeen(getRoots()) && banner.isDirectoryAway()
                ? words.of("tree.age", words.time(opened.seenAt()))
                : "";
    }

    private List<TreeNode> grown() {
        Directory directory = visitor.directory();
        var sight = new Sight(directory);
        List<TreeNode> tops = directory.read(directory.root()).map(entry -> TreeItem.of(sight, entry)).stream()
                .map(TreeNode::new)
                .toList();
        for (TreeNode top : tops) {
            top.expand(true);
            load(top, Query.first(PAGE), sight);
        }
        opened.saw(tops, installed.asOf());
        return tops;
    }

    private void load(TreeNode container, Query query, Sight sight) {
        Place place = container.item().place();
        Directory.Page page = visitor.directory().children(place, query);
        page.entries().stream()
                .filter(entry -> !entry.kind().isHidden())
                .forEach(entry -> hang(container, TreeItem.of(sight, entry), sight));
        wayTo(place)
                .filter(next ->
                        page.entries().stream().noneMatch(entry -> entry.place().equals(next)))
                .filter(next -> query.after().isEmpty())
                .flatMap(next -> visitor.directory().read(next))
                .ifPresent(entry -> hang(container, TreeItem.of(sight, entry), sight));
        if (!page.next().isEmpty()) {
            container.children().add(new TreeNode(TreeItem.more(container.item(), words.of("tree.more"), page.next())));
        }
        container.loaded();
    }

    private void hang(TreeNode container, TreeItem item, Sight sight) {
        boolean there = container.children().stream()
                .anyMatch(child -> child.item().place().equals(item.place())
                        && !child.item().isMore());
        if (there) {
            return;
        }
        var node = new TreeNode(item);
        container.children().add(node);
        if (item.kind().isContainer()
                && (opened.holds(item.place()) || wayTo(item.place()).isPresent())) {
            node.expand(true);
            load(node, Query.first(PAGE), sight);
        }
    }

    // The child of this container through which the way to the current object leads.
    private Optional<Place> wayTo(Place container) {
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Optional<Place> step = Optional.of(Place.of(current));
        while (step.isPresent() && !step.get().parent().equals(Optional.of(container))) {
            step = step.get().parent();
        }
        return step;
    }

    /** Opens the containers that the parameters named "dn" name, and reads those that were not read yet. */
    public void expand() {
        for (Place place : named()) {
            node(place).ifPresent(this::expand);
        }
    }

    private void expand(TreeNode node) {
        node.expand(true);
        opened.open(node.item().place());
        if (!node.isLoaded()) {
            banner.during(() -> load(node, Query.first(PAGE), new Sight(visitor.directory())));
        }
    }

    /** Remembers that the containers that the parameters named "dn" name were closed. */
    public void collapse() {
        for (Place place : named()) {
            node(place).ifPresent(node -> node.expand(false));
            opened.close(place);
        }
    }

    /** Shows the next page of a container in place of its "more" line. */
    public void more() {
        for (Place place : named()) {
            node(place).ifPresent(this::more);
        }
    }

    private void more(TreeNode container) {
        container.children().stream()
                .filter(child -> child.item().isMore())
                .findFirst()
                .ifPresent(line -> banner.during(() -> {
                    var next = Query.first(PAGE).next(line.item().next());
                    container.children().remove(line);
                    try {
                        load(container, next, new Sight(visitor.directory()));
                    } catch (DirectoryException away) {
                        container.children().add(line);
                        throw away;
                    }
                }));
    }

    private Optional<TreeNode> node(Place place) {
        return getRoots().stream().flatMap(root -> root.find(place).stream()).findFirst();
    }

    private static List<Place> named() {
        String[] names = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterValuesMap()
                .get("dn");
        return names == null
                ? List.of()
                : Stream.of(names).flatMap(name -> place(name).stream()).toList();
    }

    private static Optional<Place> place(String name) {
        try {
            return Optional.of(Place.of(name));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Looks for objects of the whole tree by the filter's text. */
    public void search() {
        found = filter.isBlank() ? List.of() : banner.during(() -> found(new Sight(visitor.directory())), List.of());
    }

    private List<TreeItem> found(Sight sight) {
        return visitor.directory().find(filter.strip(), Set.of(), PAGE).stream()
                .map(entry -> TreeItem.of(sight, entry))
                .toList();
    }

    /** What the filter found, in place of the tree. */
    public List<TreeItem> getFound() {
        return found;
    }

    public boolean isFiltered() {
        return !filter.isBlank();
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(@Nullable String filter) {
        this.filter = filter == null ? "" : filter;
    }

    /** The object shown at the right, "" for none. */
    public String getCurrent() {
        return current;
    }

    public void setCurrent(@Nullable String current) {
        this.current = current == null ? "" : current;
    }
}
