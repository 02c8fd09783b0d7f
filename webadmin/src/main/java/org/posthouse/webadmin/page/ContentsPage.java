package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Listing;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.DeliveryAddresses;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.table.Slice;
import org.posthouse.webadmin.table.TableQuery;
import org.posthouse.webadmin.words.Words;

/** The contents of a container, page by page as the server gives them. */
@Named
@RequestScoped
public class ContentsPage {

    private static final int COUNTED = 1_000;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private ObjectPage objectPage;

    @Inject
    private Words words;

    @Inject
    private TablePage tablePage;

    private @Nullable Table<Entry> table;

    /** The children, read page by page. */
    public Table<Entry> getTable() {
        Table<Entry> known = table;
        if (known == null) {
            known = tablePage.lazy("contents", counted(), query -> banner.during(() -> rows(query), Slice.none()));
            table = known;
        }
        return known;
    }

    private Slice<Entry> rows(TableQuery query) {
        Place container = objectPage.getEntry().place();
        Listing.Listed found = visitor.directory()
                .list(
                        container,
                        new Listing(
                                sought(container, query.filter()),
                                kinds(),
                                by(query.column()),
                                query.isDescending(),
                                query.from(),
                                query.size()));
        return new Slice<>(
                found.entries().stream()
                        .filter(entry -> !entry.kind().isHidden())
                        .toList(),
                found.matches());
    }

    // The addresses shown are not in the directory: they follow from the names and the domains of the server.
    private String sought(Place container, String text) {
        int at = text.indexOf('@');
        if (at <= 0) {
            return text;
        }
        String name = text.substring(0, at);
        boolean here = new DeliveryAddresses(() -> visitor.directory().tree())
                .of(container.child(Kind.USER.naming(), name)).stream()
                        .anyMatch(
                                address -> address.toLowerCase(Locale.ROOT).startsWith(text.toLowerCase(Locale.ROOT)));
        return here ? name : text;
    }

    // Addresses are in the order of the names that they begin with.
    private static Listing.By by(String column) {
        return switch (column) {
            case "kind" -> Listing.By.KIND;
            case "first" -> Listing.By.FIRST_NAME;
            case "last" -> Listing.By.LAST_NAME;
            case "description" -> Listing.By.DESCRIPTION;
            default -> Listing.By.NAME;
        };
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

    /** What to say of an empty container. */
    public String getNothing() {
        return words.of(getProposals().isEmpty() ? "contents.nothing" : "contents.none");
    }

    /** What an empty container most likely is for. */
    public List<Kind> getProposals() {
        return objectPage.getOffers().stream()
                .filter(List.of(Kind.USER, Kind.ORGANIZATIONAL_UNIT)::contains)
                .toList();
    }

    /** Whether there are users among what is shown, whose columns are shown then. */
    public boolean isPeople() {
        return getTable().getRows().stream().anyMatch(entry -> entry.kind() == Kind.USER);
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
        int number = getTable().getAll();
        return number > COUNTED ? words.of("contents.countMore", COUNTED) : words.of("contents.count", number);
    }

    private int counted() {
        Place container = objectPage.getEntry().place();
        return banner.during(() -> visitor.directory().count(container, kinds(), COUNTED + 1), 0);
    }
}
