package org.posthouse.webadmin.page;

import jakarta.faces.component.FacesComponent;
import jakarta.faces.component.UIComponentBase;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.util.List;
import org.posthouse.webadmin.words.Words;

/**
 * Writes the tree as nested lists of links with the roles of the ARIA pattern for navigation trees (WAI-ARIA APG, "Tree
 * View"): each link is a {@code treeitem} that owns the {@code group} beside it. {@code tree.js} moves the focus.
 */
@FacesComponent(TreeView.TYPE)
public class TreeView extends UIComponentBase {

    /** The component type that the tag names. */
    public static final String TYPE = "org.posthouse.Tree";

    /** For Faces. */
    public TreeView() {}

    @Override
    public String getFamily() {
        return TYPE;
    }

    @Override
    public void encodeBegin(FacesContext context) throws IOException {
        TreePage page = bean(context, "treePage", TreePage.class);
        var pen = new Writing(context, page, context.getResponseWriter());
        pen.tree(page.getRoots(), bean(context, "words", Words.class).of("tree.title"));
    }

    private static <T> T bean(FacesContext context, String name, Class<T> type) {
        return context.getApplication().evaluateExpressionGet(context, "#{" + name + "}", type);
    }

    /** The state of writing one tree: groups are numbered so that their lines can name them. */
    private static final class Writing {

        private final ResponseWriter out;
        private final TreePage page;
        private final Words words;
        private final Icons icons;
        private final Links links;
        private final String sheet;
        private final String object;
        private int groups;
        private boolean entered;

        Writing(FacesContext context, TreePage page, ResponseWriter out) {
            this.out = out;
            this.page = page;
            this.words = bean(context, "words", Words.class);
            this.icons = bean(context, "icons", Icons.class);
            this.links = bean(context, "links", Links.class);
            this.sheet = bean(context, "resource['posthouse:icons.svg']", String.class);
            this.object = context.getExternalContext().getRequestContextPath() + "/object?dn=";
        }

        void tree(List<TreeNode> roots, String title) throws IOException {
            out.startElement("ul", null);
            out.writeAttribute("class", "tree", null);
            out.writeAttribute("role", "tree", null);
            out.writeAttribute("aria-label", title, null);
            lines(roots, 1, false);
            out.endElement("ul");
        }

        private void lines(List<TreeNode> nodes, int level, boolean cutOff) throws IOException {
            for (int at = 0; at < nodes.size(); at++) {
                TreeNode node = nodes.get(at);
                String group = node.children().isEmpty() ? "" : "tree-group-" + groups++;
                out.startElement("li", null);
                out.writeAttribute("role", "none", null);
                link(node, level, group, at + 1, cutOff ? -1 : nodes.size());
                if (!group.isEmpty()) {
                    out.startElement("ul", null);
                    out.writeAttribute("role", "group", null);
                    out.writeAttribute("id", group, null);
                    lines(node.children(), level + 1, node.isCutOff());
                    out.endElement("ul");
                }
                out.endElement("li");
            }
        }

        private void link(TreeNode node, int level, String group, int position, int size) throws IOException {
            TreeItem item = node.item();
            boolean current = !item.isMore() && item.dn().equals(page.getCurrent());
            boolean entry = !entered && (current || page.getCurrent().isEmpty());
            entered |= entry;
            out.startElement("a", null);
            out.writeAttribute("role", "treeitem", null);
            out.writeAttribute("class", current ? "tree-link current" : "tree-link", null);
            out.writeAttribute("href", item.isMore() ? "#" : object + links.encoded(item.dn()), null);
            out.writeAttribute("tabindex", entry ? 0 : -1, null);
            out.writeAttribute("aria-level", level, null);
            out.writeAttribute("aria-posinset", position, null);
            out.writeAttribute("aria-setsize", size, null);
            out.writeAttribute("style", "--level: " + level, null);
            out.writeAttribute(item.isMore() ? "data-more" : "data-dn", item.dn(), null);
            state(node, group, current);
            toggle(node);
            if (item.isMore()) {
                name(item.name());
            } else {
                face(item);
            }
            out.endElement("a");
        }

        private void state(TreeNode node, String group, boolean current) throws IOException {
            if (current) {
                out.writeAttribute("aria-current", "page", null);
            }
            if (node.isExpandable()) {
                out.writeAttribute("aria-expanded", String.valueOf(node.isExpanded()), null);
                out.writeAttribute("data-loaded", String.valueOf(node.isLoaded()), null);
            }
            if (!group.isEmpty()) {
                out.writeAttribute("aria-owns", group, null);
            }
        }

        private void toggle(TreeNode node) throws IOException {
            out.startElement("span", null);
            out.writeAttribute("class", node.isExpandable() ? "tree-toggle" : "tree-leaf", null);
            out.writeAttribute("aria-hidden", "true", null);
            out.endElement("span");
        }

        private void face(TreeItem item) throws IOException {
            String kind = words.kind(item.shown());
            out.startElement("svg", null);
            out.writeAttribute("class", "icon hue-" + icons.hue(item.shown()), null);
            out.writeAttribute("role", "img", null);
            out.writeAttribute("aria-label", kind, null);
            out.writeAttribute("data-kind", item.shown().name(), null);
            out.startElement("title", null);
            out.writeText(kind, null);
            out.endElement("title");
            out.startElement("use", null);
            out.writeAttribute("href", sheet + "#" + icons.of(item.shown()), null);
            out.endElement("use");
            out.endElement("svg");
            name(item.name());
            if (item.alone()) {
                out.startElement("span", null);
                out.writeAttribute("class", "tag", null);
                out.writeAttribute("data-alone", "true", null);
                out.writeText(words.of("server.alone"), null);
                out.endElement("span");
            }
        }

        private void name(String text) throws IOException {
            out.startElement("span", null);
            out.writeAttribute("class", "tree-name", null);
            out.writeAttribute("title", text, null);
            out.writeText(text, null);
            out.endElement("span");
        }
    }
}
