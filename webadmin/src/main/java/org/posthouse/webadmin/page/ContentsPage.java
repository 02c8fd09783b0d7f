package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Visitor;

/** What stands in a container, page by page as the server gives it. */
@Named
@ViewScoped
public class ContentsPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private ObjectPage objectPage;

    private transient @Nullable List<Entry> lines;
    private String text = "";
    private String next = "";

    /** The children shown so far. */
    public List<Entry> getLines() {
        List<Entry> known = lines;
        if (known == null) {
            known = banner.during(() -> page(""), List.of());
            lines = known;
        }
        return known;
    }

    private List<Entry> page(String after) {
        Place container = objectPage.getEntry().place();
        Directory.Page page = visitor.directory().children(container, new Query(text.strip(), Set.of(), PAGE, after));
        next = page.next();
        return page.entries().stream().filter(entry -> !entry.kind().isHidden()).toList();
    }

    /** Begins anew with the text that is typed. */
    public void search() {
        lines = null;
    }

    /** Shows the next page below. */
    public void showMore() {
        banner.during(() -> {
            var all = new ArrayList<Entry>(getLines());
            all.addAll(page(next));
            lines = all;
        });
    }

    /** A few words on an object: a user's names and addresses, a server's domain. */
    public String about(Entry entry) {
        return Stream.of("givenName", "sn", "mail", "posthouseOfficialDomain", "description")
                .flatMap(attribute -> entry.value(attribute).stream())
                .filter(value -> !value.equals(entry.name()))
                .limit(3)
                .collect(Collectors.joining(" · "));
    }

    public boolean isMore() {
        return !next.isEmpty();
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }
}
