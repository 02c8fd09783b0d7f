package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;
import org.primefaces.event.NodeCollapseEvent;
import org.primefaces.event.NodeExpandEvent;
import org.primefaces.model.DefaultTreeNode;
import org.primefaces.model.TreeNode;

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
    private Opened opened;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    private transient @Nullable TreeNode<TreeItem> root;
    private transient List<TreeItem> found = List.of();
    private String current = "";
    private String filter = "";

    /** The tree with everything open that was open before, and the way to the current object. */
    public TreeNode<TreeItem> getRoot() {
        TreeNode<TreeItem> known = root;
        if (known == null) {
            known = banner.during(this::grown, new DefaultTreeNode<>());
            root = known;
        }
        return known;
    }

    private TreeNode<TreeItem> grown() {
        var invisible = new DefaultTreeNode<TreeItem>();
        Directory directory = visitor.directory();
        var sight = new Sight(directory);
        directory.read(directory.root()).map(entry -> TreeItem.of(sight, entry)).ifPresent(top -> {
            var node = new DefaultTreeNode<>("object", top, invisible);
            node.setExpanded(true);
            load(node, Query.first(PAGE), sight);
        });
        return invisible;
    }

    private void load(TreeNode<TreeItem> container, Query query) {
        load(container, query, new Sight(visitor.directory()));
    }

    private void load(TreeNode<TreeItem> container, Query query, Sight sight) {
        Directory.Page page = visitor.directory().children(container.getData().place(), query);
        page.entries().stream()
                .filter(entry -> !entry.kind().isHidden())
                .forEach(entry -> hang(container, TreeItem.of(sight, entry), sight));
        wayTo(container.getData().place())
                .filter(next ->
                        page.entries().stream().noneMatch(entry -> entry.place().equals(next)))
                .filter(next -> query.after().isEmpty())
                .flatMap(next -> visitor.directory().read(next))
                .ifPresent(entry -> hang(container, TreeItem.of(sight, entry), sight));
        if (!page.next().isEmpty()) {
            TreeItem of = container.getData();
            new DefaultTreeNode<>("more", TreeItem.more(of, words.of("tree.more"), page.next()), container);
        }
    }

    private void hang(TreeNode<TreeItem> container, TreeItem item, Sight sight) {
        boolean there = container.getChildren().stream()
                .anyMatch(child -> child.getData().place().equals(item.place())
                        && !child.getData().isMore());
        if (there) {
            return;
        }
        var node = new DefaultTreeNode<>("object", item, container);
        node.setSelected(item.dn().equals(current));
        if (!item.kind().isContainer()) {
            return;
        }
        if (opened.holds(item.place()) || wayTo(item.place()).isPresent()) {
            node.setExpanded(true);
            load(node, Query.first(PAGE), sight);
        } else {
            new DefaultTreeNode<>("waiting", TreeItem.more(item, "", "?"), node);
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

    /** Loads the children of a container that was opened. */
    public void expand(NodeExpandEvent event) {
        TreeNode<TreeItem> node = node(event.getTreeNode());
        node.setExpanded(true);
        opened.open(node.getData().place());
        boolean waiting =
                node.getChildren().stream().anyMatch(child -> child.getType().equals("waiting"));
        if (waiting) {
            node.getChildren().clear();
            banner.during(() -> load(node, Query.first(PAGE)));
        }
    }

    /** Remembers that a container was closed. */
    public void collapse(NodeCollapseEvent event) {
        TreeNode<TreeItem> node = node(event.getTreeNode());
        node.setExpanded(false);
        opened.close(node.getData().place());
    }

    /** Shows the next page of a container in place of its "more" line. */
    public void more(TreeNode<TreeItem> line) {
        TreeNode<TreeItem> container = line.getParent();
        String mark = line.getData().next();
        container.getChildren().remove(line);
        banner.during(() -> load(container, Query.first(PAGE).next(mark)));
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

    @SuppressWarnings("unchecked") // PrimeFaces gives back the nodes of this tree without their type
    private static TreeNode<TreeItem> node(TreeNode<?> node) {
        return (TreeNode<TreeItem>) node;
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
