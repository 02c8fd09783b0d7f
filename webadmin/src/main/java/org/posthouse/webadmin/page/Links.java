package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Visitor;

/** Distinguished names in addresses and in words. */
@Named
@RequestScoped
public class Links {

    @Inject
    private Visitor visitor;

    private final Map<String, Boolean> gone = new HashMap<>();

    /** A text as part of an address. */
    public String encoded(@Nullable String text) {
        return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The name of a line of the tree; any other text, such as one being typed, is its own name. */
    public String name(@Nullable Object line) {
        return line instanceof TreeItem item ? item.name() : leafOr(line == null ? "" : line.toString());
    }

    /** The distinguished name of a line of the tree, else the text itself. */
    public String dn(@Nullable Object line) {
        return line instanceof TreeItem item ? item.dn() : line == null ? "" : line.toString();
    }

    /** The object's own name out of its distinguished name. */
    public String leaf(String dn) {
        try {
            return Place.of(dn).leaf();
        } catch (IllegalArgumentException malformed) {
            return dn;
        }
    }

    /** The object's own name when the text is a distinguished name, else the text. */
    public String leafOr(String text) {
        return leafOf(text);
    }

    /** The object's own name when the text is a distinguished name, else the text. */
    static String leafOf(String text) {
        try {
            return text.contains("=") ? Place.of(text).leaf() : text;
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /** The place of a distinguished name; empty for any other text. */
    static Optional<Place> place(String dn) {
        try {
            return Optional.of(Place.of(dn));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** A distinguished name as the console writes it; any other text stays as it is. */
    static String canonical(String dn) {
        try {
            return Place.of(dn).toString();
        } catch (IllegalArgumentException malformed) {
            return dn;
        }
    }

    /** Where the object of a distinguished name stands, as people read it. */
    public String above(String dn) {
        try {
            return Place.of(dn)
                    .parent()
                    .map(place -> place.path(visitor.directory().root()))
                    .orElse("");
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /** The object of a distinguished name; empty when there is none, or the text is no name. */
    Optional<Entry> object(String dn) {
        try {
            return visitor.directory().read(Place.of(dn));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether a place names an object that no longer exists; false while the directory is unavailable. */
    public boolean isGone(String dn) {
        return gone.computeIfAbsent(dn, name -> {
            try {
                return object(name).isEmpty();
            } catch (DirectoryException down) {
                return false;
            }
        });
    }

    /** Leaves the page for that of an object. */
    void go(Place place) throws IOException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        external.redirect(external.getRequestContextPath() + "/object?dn=" + encoded(place.toString()));
    }

    /** Internet Services. */
    public String getServices() {
        return visitor.directory().internetServices().toString();
    }
}
