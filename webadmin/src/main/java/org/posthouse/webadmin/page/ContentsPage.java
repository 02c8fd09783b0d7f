package org.posthouse.webadmin.page;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
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
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.DeliveryAddresses;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/** What stands in a container, page by page as the server gives it. */
@Named
@ViewScoped
public class ContentsPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;
    private static final int COUNTED = 1_000;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private ObjectPage objectPage;

    @Inject
    private Words words;

    private transient @Nullable List<Entry> lines;
    private String text = "";
    private String next = "";

    /** Begins with the filter that the address names. */
    @PostConstruct
    void begin() {
        text = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .getOrDefault("named", "");
    }

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
        Directory.Page page = visitor.directory().children(container, new Query(text.strip(), kinds(), PAGE, after));
        next = page.next();
        return page.entries().stream().filter(entry -> !entry.kind().isHidden()).toList();
    }

    // Internet Services lists its servers in a table of their own. No kinds: all of them.
    private Set<Kind> kinds() {
        return objectPage.getEntry().kind() != Kind.INTERNET_SERVICES
                ? Set.of()
                : Stream.of(Kind.values())
                        .filter(kind -> kind.parents().contains(Kind.INTERNET_SERVICES))
                        .filter(kind -> !kind.isHidden() && kind != Kind.MESSAGING_SERVER)
                        .collect(Collectors.toSet());
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

    /** Whether there are users among what is shown, whose columns are shown then. */
    public boolean isPeople() {
        return getLines().stream().anyMatch(entry -> entry.kind() == Kind.USER);
    }

    /** A value of an object; "" where it has none. */
    public String value(Entry entry, String attribute) {
        return entry.value(attribute).orElse("");
    }

    /** The address at which mail for a user arrives first; of other objects the address that is stored. */
    public String mail(Entry entry) {
        return entry.kind() == Kind.USER
                ? banner
                        .during(
                                () -> new DeliveryAddresses(
                                                () -> visitor.directory().tree())
                                        .of(entry.place()),
                                List.<String>of())
                        .stream()
                        .findFirst()
                        .orElse("")
                : value(entry, "mail");
    }

    /** The first and last name of a user; "" for other objects. */
    static String fullName(Entry entry) {
        return Stream.of("givenName", "sn")
                .filter(attribute -> entry.kind() == Kind.USER)
                .flatMap(attribute -> entry.value(attribute).stream())
                .collect(Collectors.joining(" "));
    }

    /** How many objects there are: "1 object", or "more than 1,000 objects". */
    public String getCount() {
        Place container = objectPage.getEntry().place();
        int number = banner.during(() -> visitor.directory().count(container, kinds(), COUNTED + 1), 0);
        return number > COUNTED ? words.of("contents.countMore", COUNTED) : words.of("contents.count", number);
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
