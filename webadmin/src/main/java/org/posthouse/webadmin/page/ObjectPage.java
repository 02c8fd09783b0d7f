package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Orphan;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.DeliveryAddresses;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;

/** One object: which it is, the way to it, its tabs, and what may be created in it. The address names object and tab. */
@Named
@ViewScoped
public class ObjectPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String OVERVIEW = "overview";

    /**
     * A step of the way to the object.
     *
     * @param dn its distinguished name
     * @param name its own name
     */
    public record Crumb(String dn, String name) {}

    /**
     * A tab.
     *
     * @param page its name in the address
     * @param title what it is called
     * @param chosen whether it is the one shown
     */
    public record Tab(String page, String title, boolean chosen) {}

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private PanelPage panelPage;

    @Inject
    private TreePage treePage;

    @Inject
    private Pulse pulse;

    private String dn = "";
    private String page = "";
    private boolean unread;
    private transient @Nullable Entry entry;
    private transient List<Problem> troubles = List.of();

    /** Reads the object that the address names. */
    public void open() {
        banner.during(this::read);
        unread = !isThere() && !banner.getText().isEmpty();
    }

    /** Whether the directory could not say whether there is such an object. */
    public boolean isUnread() {
        return unread;
    }

    // Only of these does the page show what an engine says.
    private static boolean isOfAnEngine(Kind kind) {
        return kind.isAgent() || kind == Kind.MESSAGING_SERVER || kind == Kind.HOST_SERVER;
    }

    private void read() {
        Place place;
        try {
            place = dn.isBlank() ? visitor.directory().root() : Place.of(dn);
        } catch (IllegalArgumentException malformed) {
            return;
        }
        Entry known = visitor.directory().read(place).orElse(null);
        if (known != null) {
            renew(known);
            if (isOfAnEngine(known.kind())) {
                pulse.settle();
            }
            treePage.setCurrent(known.place().toString());
            panel().ifPresent(panel -> panelPage.open(known, panel));
        }
    }

    /** Whether there is such an object. */
    public boolean isThere() {
        return entry != null;
    }

    /** The object. */
    public Entry getEntry() {
        Entry known = entry;
        if (known == null) {
            throw new IllegalStateException("no object is shown");
        }
        return known;
    }

    /** Takes the object as it stands after a change. */
    void renew(Entry changed) {
        entry = changed;
        troubles = banner.during(() -> new Sight(visitor.directory()).problems(changed), List.of());
    }

    /** Its kind, or Unknown when it cannot be understood. */
    public Kind getShown() {
        return troubles.isEmpty() ? getEntry().kind() : Kind.UNKNOWN;
    }

    /** What keeps it from being understood. */
    public List<Problem> getTroubles() {
        return troubles;
    }

    /** Whether nothing but its postmaster is gone: then a new one is all it needs, and nothing else may be edited. */
    public boolean isOrphan() {
        return !troubles.isEmpty()
                && getEntry().kind() == Kind.MESSAGING_SERVER
                && troubles.stream().allMatch(trouble -> trouble.option().equals(Orphan.OPTION));
    }

    /** The label of the option that a trouble names. */
    public String label(Problem trouble) {
        return getEntry().kind().panels().stream()
                .flatMap(panel -> panel.option(trouble.option()).stream())
                .map(words::label)
                .findFirst()
                .orElse(trouble.option());
    }

    /** The addresses at which mail for a user arrives; none for other objects. */
    public String getAddresses() {
        Entry user = getEntry();
        return user.kind() != Kind.USER
                ? ""
                : banner.during(
                        () -> words.joined(
                                new DeliveryAddresses(() -> visitor.directory().tree()).of(user.place())),
                        "");
    }

    /** The way to it, from the root down, without itself. */
    public List<Crumb> getCrumbs() {
        var crumbs = new ArrayList<Crumb>();
        int top = visitor.directory().root().depth();
        Optional<Place> above = getEntry().place().parent();
        while (above.isPresent() && above.get().depth() >= top) {
            crumbs.add(new Crumb(above.get().toString(), above.get().leaf()));
            above = above.get().parent();
        }
        Collections.reverse(crumbs);
        return crumbs;
    }

    /** Its tabs: an overview where there is something to see, then NetMail's pages. */
    public List<Tab> getTabs() {
        var tabs = new ArrayList<Tab>();
        if (hasOverview()) {
            tabs.add(new Tab(OVERVIEW, words.of("tab.overview"), panel().isEmpty()));
        }
        for (PanelFacts<?> facts : getEntry().kind().panels()) {
            boolean chosen = panel().filter(facts::equals).isPresent();
            tabs.add(new Tab(facts.name(), words.title(facts), chosen));
        }
        return tabs;
    }

    /** The title of the tab shown. */
    public String getSection() {
        return panel().map(words::title).orElseGet(() -> words.of("tab.overview"));
    }

    private boolean hasOverview() {
        Kind kind = getEntry().kind();
        return kind.isContainer()
                || kind.isAgent()
                || kind == Kind.HOST_SERVER
                || kind == Kind.ALIAS
                || kind.panels().isEmpty();
    }

    /** The panel shown; empty on the overview. */
    Optional<PanelFacts<?>> panel() {
        Kind kind = getEntry().kind();
        return hasOverview() || !page.isEmpty()
                ? kind.panel(page)
                : kind.panels().stream().findFirst();
    }

    /** Whether the overview is shown. */
    public boolean isOverview() {
        return panel().isEmpty();
    }

    /** What may be created in it. Agents that are there already are left out, for there is one of each. */
    public List<Kind> getOffers() {
        return getEntry().kind().offers().stream()
                .filter(kind -> !kind.isAgent() || isMissing(kind))
                .toList();
    }

    /** Whether hosts may stand in it. */
    public boolean isHoldingHosts() {
        return Kind.HOST_SERVER.parents().contains(getEntry().kind());
    }

    private boolean isMissing(Kind agent) {
        Place there = getEntry().place().child(agent.naming(), agent.label());
        return banner.during(() -> visitor.directory().read(there).isEmpty(), true);
    }

    /** Whether there is a Delete button, which may be disabled with a reason: everywhere but at the root of all. */
    public boolean isDeletable() {
        return getEntry().kind() != Kind.ROOT;
    }

    public String getDn() {
        return dn;
    }

    public void setDn(@Nullable String dn) {
        this.dn = dn == null ? "" : dn;
    }

    public String getPage() {
        return page;
    }

    public void setPage(@Nullable String page) {
        this.page = page == null ? "" : page;
    }
}
