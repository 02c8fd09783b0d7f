package org.posthouse.webadmin.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthouse.schema.value.Place;

/** A line of the tree with the lines below it, as far as they were read. Not safe for use by several threads. */
final class TreeNode {

    private final TreeItem item;
    private final List<TreeNode> children = new ArrayList<>();
    private boolean loaded;
    private boolean expanded;

    TreeNode(TreeItem item) {
        this.item = item;
    }

    TreeItem item() {
        return item;
    }

    List<TreeNode> children() {
        return children;
    }

    /** Whether the children were read; a container that was not opened yet has some that nobody asked for. */
    boolean isLoaded() {
        return loaded;
    }

    void loaded() {
        loaded = true;
    }

    boolean isExpanded() {
        return expanded;
    }

    void expand(boolean open) {
        expanded = open;
    }

    /** Whether it can be opened: a container, unless it was read and is empty. */
    boolean isExpandable() {
        return !item.isMore() && item.kind().isContainer() && !(loaded && children.isEmpty());
    }

    /** Whether the container has more children than were read. */
    boolean isCutOff() {
        return children.stream().anyMatch(child -> child.item.isMore());
    }

    /** The line of an object at or below this one. */
    Optional<TreeNode> find(Place place) {
        if (!item.isMore() && item.place().equals(place)) {
            return Optional.of(this);
        }
        return children.stream().flatMap(child -> child.find(place).stream()).findFirst();
    }

    /** This line and all below it, from top to bottom. */
    Stream<TreeNode> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(TreeNode::all));
    }
}
