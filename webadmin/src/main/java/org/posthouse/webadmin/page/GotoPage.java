package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/** "Go directly to an object": by part of its name or address, or by its distinguished name. */
@Named
@RequestScoped
public class GotoPage {

    private static final int SHOWN = 10;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    private String wish = "";

    /** Objects that the text may mean. */
    public List<TreeItem> complete(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        return banner.during(() -> matches(text.strip()), List.of());
    }

    private List<TreeItem> matches(String text) {
        Directory directory = visitor.directory();
        if (text.contains("=")) {
            try {
                return directory.read(Place.of(text)).map(entry -> TreeItem.of(directory, entry)).stream()
                        .toList();
            } catch (IllegalArgumentException notYetWhole) {
                return List.of();
            }
        }
        return directory.find(text, Set.of(), SHOWN).stream()
                .map(entry -> TreeItem.of(directory, entry))
                .toList();
    }

    /** Goes to the object chosen, or to the only one that the text may mean. */
    public void go() throws IOException {
        List<TreeItem> matches = complete(wish);
        if (matches.isEmpty()) {
            banner.say("warn", words.of("goto.none", wish));
            return;
        }
        TreeItem exact = matches.stream()
                .filter(item -> item.name().equalsIgnoreCase(wish.strip()))
                .findFirst()
                .orElse(matches.getFirst());
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        external.redirect(external.getRequestContextPath() + "/object?dn="
                + URLEncoder.encode(exact.dn(), StandardCharsets.UTF_8));
    }

    /** Where an object stands, as people read it. */
    public String path(TreeItem item) {
        return item.place()
                .parent()
                .map(above -> above.path(visitor.directory().root()))
                .orElse("");
    }

    public String getWish() {
        return wish;
    }

    public void setWish(@Nullable String wish) {
        this.wish = wish == null ? "" : wish;
    }
}
