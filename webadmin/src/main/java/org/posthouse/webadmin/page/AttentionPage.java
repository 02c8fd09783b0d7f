package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.address.AccessProblem;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.summary.Grouping;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.attention.Attention;
import org.posthouse.webadmin.attention.Concern;
import org.posthouse.webadmin.attention.Sentences;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.words.Words;

/** "Needs attention" on the home page: each concern as a sentence with the way to the page where it can be fixed. */
@Named
@RequestScoped
public class AttentionPage {

    @Inject
    private Attention attention;

    @Inject
    private Visitor visitor;

    @Inject
    private IndexPage indexPage;

    @Inject
    private MailAccessPage mailAccessPage;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private TablePage tablePage;

    private @Nullable List<Concern> concerns;
    private @Nullable Table<Concern> table;

    private List<Concern> concerns() {
        List<Concern> known = concerns;
        if (known == null) {
            known = banner.during(
                    () -> indexPage
                            .overview()
                            .map(overview -> attention.concerns(visitor.directory(), overview))
                            .orElse(List.of()),
                    List.<Concern>of());
            concerns = known;
        }
        return known;
    }

    /** How many concerns there are. */
    public int getCount() {
        return concerns().size();
    }

    /** What hurts most first: of each kind the first few. */
    public List<Concern> getLines() {
        return groups().stream().flatMap(group -> group.first().stream()).toList();
    }

    // Alike is what says the same of different objects and hurts as much.
    private List<Grouping<Concern>> groups() {
        return Grouping.by(concerns(), concern -> List.of(concern.severity(), concern.key(), concern.kind()));
    }

    /** How many are not listed, in words; "" for none. */
    public String getMore() {
        int more = groups().stream().mapToInt(Grouping::more).sum();
        return more > 0 ? words.of("attention.more", more) : "";
    }

    /** All of them, what hurts most first. */
    public Table<Concern> getTable() {
        Table<Concern> known = table;
        if (known == null) {
            known = tablePage.inOrder(
                    "concerns",
                    concerns(),
                    Columns.<Concern>none()
                            .ranked("severity", this::severity, Comparator.comparing(Concern::severity))
                            .text("object", this::object)
                            .text("text", this::text));
            table = known;
        }
        return known;
    }

    /** A concern as a sentence. */
    public String text(Concern concern) {
        if (concern.values().size() == 1 && concern.values().getFirst() instanceof AccessProblem problem) {
            return mailAccessPage.text(problem);
        }
        return Sentences.ended(words.of(
                "attention." + concern.key(),
                concern.values().stream().map(this::value).toArray()));
    }

    private Object value(Object value) {
        return switch (value) {
            case Kind kind -> words.kind(kind);
            case OptionFacts option -> words.label(option);
            case Instant at -> words.day(at);
            default -> value;
        };
    }

    /** The object that a concern is about; "" for the console itself. */
    public String object(Concern concern) {
        return concern.subject().map(Place::leaf).orElse("");
    }

    /** The severity in words. */
    public String severity(Concern concern) {
        return words.of("attention.severity." + concern.severity().word());
    }
}
