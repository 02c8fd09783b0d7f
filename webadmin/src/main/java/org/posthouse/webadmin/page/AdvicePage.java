package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.summary.Grouping;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.webadmin.advice.Advice;
import org.posthouse.webadmin.advice.Advice.What;
import org.posthouse.webadmin.advice.Adviser;
import org.posthouse.webadmin.advice.Routes;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.words.Look;
import org.posthouse.webadmin.words.Words;

/** "Getting started" on the home page: the next sensible step, and those after it. */
@Named
@RequestScoped
public class AdvicePage {

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private Look look;

    @Inject
    private Links links;

    @Inject
    private Pulse pulse;

    @Inject
    private Routes routes;

    @Inject
    private TablePage tablePage;

    private @Nullable List<Advice> all;
    private @Nullable Table<Advice> table;

    private List<Advice> all() {
        List<Advice> known = all;
        if (known == null) {
            known = banner.during(this::advice, List.of());
            all = known;
        }
        return known;
    }

    private List<Advice> advice() {
        Tree tree = visitor.directory().tree();
        var adviser = new Adviser(pulse::server, routes::route);
        List<String> away = look.getPutAway();
        return adviser
                .advice(
                        tree,
                        FacesContext.getCurrentInstance().getExternalContext().isSecure())
                .stream()
                .filter(step -> !step.optional() || !away.contains(id(step)))
                .toList();
    }

    /** The next step; empty when nothing is left. */
    public List<Advice> getNext() {
        return all().stream().limit(1).toList();
    }

    /** Those after it: of each kind the first few. */
    public List<Advice> getLater() {
        return later().stream().flatMap(group -> group.first().stream()).toList();
    }

    /** Of which kinds there are more steps than are listed: one step of each such kind. */
    public List<Grouping<Advice>> getFurther() {
        return later().stream().filter(group -> group.more() > 0).toList();
    }

    private List<Grouping<Advice>> later() {
        return Grouping.by(all().stream().skip(1).toList(), step -> List.of(step.what(), kind(step)));
    }

    // The kind of agent that is missing or disabled.
    private static String kind(Advice step) {
        return step.values().stream()
                .filter(Kind.class::isInstance)
                .map(Object::toString)
                .findFirst()
                .orElse("");
    }

    /** "and 101 more servers have no POP Agent". */
    public String further(Grouping<Advice> group) {
        Advice step = group.first().getFirst();
        String kind = kind(step);
        return words.of(
                "advice.further." + name(step), group.more(), kind.isEmpty() ? "" : words.kind(Kind.valueOf(kind)));
    }

    /** The table that lists all steps of a kind. */
    public String furtherHref(Grouping<Advice> group) {
        Advice step = group.first().getFirst();
        String console = FacesContext.getCurrentInstance().getExternalContext().getRequestContextPath();
        return console
                + switch (step.what()) {
                    case AGENT -> "/running?state=without-" + kind(step);
                    case DISABLED -> "/running?state=rests&text=" + links.encoded(words.kind(Kind.valueOf(kind(step))));
                    default -> "/attention?steps-filter=" + links.encoded(words.of("advice.about." + name(step)));
                };
    }

    /** All steps, in the order of the home page. */
    public Table<Advice> getTable() {
        Table<Advice> known = table;
        if (known == null) {
            known = tablePage.inOrder(
                    "steps",
                    all(),
                    Columns.<Advice>none()
                            .text("about", step -> words.of("advice.about." + name(step)))
                            .text("text", this::text));
            table = known;
        }
        return known;
    }

    /** What a step is about, in a word or two. */
    public String about(Advice step) {
        return words.of("advice.about." + name(step));
    }

    /** How many there are after the next one. */
    public int getRest() {
        return Math.max(0, all().size() - 1);
    }

    /** What is to be done, as a sentence. */
    public String text(Advice step) {
        return words.of(
                "advice." + name(step),
                step.values().stream()
                        .map(value -> value instanceof Kind kind ? words.kind(kind) : value)
                        .toArray());
    }

    /** What the way to it is called. */
    public String go(Advice step) {
        return words.of("advice." + name(step) + ".go");
    }

    /** The step's name in the bundles. */
    public String name(Advice step) {
        return step.what().name().toLowerCase(Locale.ROOT);
    }

    /** Where it is done. */
    public String href(Advice step) {
        String console = FacesContext.getCurrentInstance().getExternalContext().getRequestContextPath();
        if (step.what() == What.HTTPS) {
            return "https://"
                    + FacesContext.getCurrentInstance().getExternalContext().getRequestServerName() + ":"
                    + System.getProperty("posthouse.https-port", "8449") + "/";
        }
        String subject = links.encoded(step.subject().map(Object::toString).orElseGet(links::getServices));
        return step.kind().isPresent()
                ? console + "/create?kind=" + step.kind().get().name() + "&in=" + subject
                : console + "/object?dn=" + subject + "&page=" + step.panel();
    }

    /** Puts a step away for this administrator until what it follows from changes. */
    public void putAway(Advice step) {
        look.putAway(id(step));
        all = all().stream().filter(other -> !other.equals(step)).toList();
    }

    // Each administrator's own, even in one browser.
    private String id(Advice step) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((visitor.getPlace() + "\n" + step.key()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
