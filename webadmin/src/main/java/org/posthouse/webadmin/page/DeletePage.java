package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.DirectoryException.StillNeeded;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.form.ObjectNames;
import org.posthouse.webadmin.form.Postmaster;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.plan.Inquiry;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.plan.Succession;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Delete dialog. It says what goes along, asks for the name, and does not let a postmaster go before a successor is
 * named: without one NetMail's servers turned into type Unknown.
 */
@Named
@ViewScoped
public class DeletePage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DeletePage.class);
    private static final int LISTED = 12;

    @Inject
    private Visitor visitor;

    @Inject
    private ChangeServices changeServices;

    @Inject
    private Inquiry inquiry;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private Links links;

    @Inject
    private ObjectPage objectPage;

    @Inject
    private BrowsePage browsePage;

    private transient List<Entry> inside = List.of();
    private transient List<Entry> servers = List.of();
    private transient @Nullable Place successor;
    private String named = "";
    private transient Plan plan = Plan.NOTHING;
    private transient @Nullable String forbidden;
    private boolean more;
    private String typed = "";
    private String problem = "";

    /** Looks what the deletion would touch. */
    public void open() {
        typed = "";
        problem = "";
        successor = null;
        named = "";
        Place place = objectPage.getEntry().place();
        banner.during(() -> {
            Directory directory = visitor.directory();
            Directory.Page page = directory.children(place, Query.first(LISTED));
            inside = page.entries();
            more = !page.next().isEmpty();
            servers = Postmaster.servers(directory, place);
            plan = plan();
        });
    }

    private Plan plan() {
        Entry entry = objectPage.getEntry();
        var steps = new ArrayList<Step>();
        Place chosen = successor;
        if (chosen != null) {
            steps.addAll(Succession.steps(visitor.directory().tree(), entry.place(), chosen));
        }
        steps.add(new Step.Remove(entry.place()));
        return inquiry.withMailboxes(changes().plan(steps, List.of(entry)));
    }

    /** What deleting would do. */
    public Plan getPlan() {
        return plan;
    }

    /** Opens the Browse dialog for the successor. */
    public void browse() {
        browsePage.ask(words.of("delete.successor"), EnumSet.of(Kind.USER), place -> {
            named = place.leaf();
            successor = place;
            problem = "";
            plan = banner.during(this::plan, plan);
        });
    }

    /** Deletes, after the successor was saved; goes to the container. */
    public void delete() throws IOException {
        Entry entry = objectPage.getEntry();
        problem = banner.during(() -> refusal(entry), words.of("create.unchecked"));
        if (!problem.isEmpty()) {
            return;
        }
        boolean gone = banner.during(() -> isDeleted(entry), false);
        if (gone) {
            links.go(entry.place().parent().orElseThrow());
        }
    }

    private String refusal(Entry entry) {
        if (!typed.strip().equals(entry.name().strip())) {
            return words.of("delete.mistyped");
        }
        if (!servers.isEmpty() && successor == null && !named.isBlank()) {
            var names = new ObjectNames(visitor.directory());
            Optional<String> unknown = names.problem(EnumSet.of(Kind.USER), named);
            if (unknown.isPresent()) {
                return "“" + named.strip() + "” " + unknown.get() + ".";
            }
            successor =
                    Links.place(names.resolved(EnumSet.of(Kind.USER), named)).orElse(null);
        }
        Place chosen = successor;
        if (!servers.isEmpty() && chosen == null) {
            return words.of("delete.needsSuccessor");
        }
        return chosen != null && chosen.isWithin(entry.place()) ? words.of("delete.successorGoes") : "";
    }

    // The successor takes over and the object goes, both or neither.
    private boolean isDeleted(Entry entry) {
        try {
            changes().apply(plan());
            LOG.info("{} deleted {}", visitor.getPlace(), entry.place());
            return true;
        } catch (NotAllowed | StillNeeded forbidden) {
            problem = String.valueOf(forbidden.getMessage());
        } catch (Refused refused) {
            problem = String.valueOf(refused.getMessage());
        }
        return false;
    }

    private ChangeService changes() {
        return changeServices.by(visitor.directory(), visitor.getPlace());
    }

    /**
     * Why this object cannot be deleted, whatever is chosen in the dialog; "" when it can. The button is disabled with this
     * reason.
     */
    public String getForbidden() {
        Entry entry = objectPage.getEntry();
        String known = forbidden;
        if (known == null) {
            known = banner.during(
                    () -> changes().plan(List.of(new Step.Remove(entry.place())), List.of(entry)).flaws().stream()
                            .filter(flaw -> !isPostmaster(flaw))
                            .findFirst()
                            .map(ChangeService::sentence)
                            .orElse(""),
                    "");
            forbidden = known;
        }
        return known;
    }

    // For a postmaster a successor can be chosen in the dialog.
    private boolean isPostmaster(Plan.Flaw flaw) {
        return flaw.rule() == Plan.Rule.NEEDED
                && Postmaster.servers(visitor.directory(), flaw.object()).stream()
                        .findAny()
                        .isPresent();
    }

    /** What stands in the object and goes with it. */
    public List<Entry> getInside() {
        return inside;
    }

    /** Whether more goes with it than is listed. */
    public boolean isMore() {
        return more;
    }

    /** The servers whose postmaster would go. */
    public List<Entry> getServers() {
        return servers;
    }

    /** What is typed for the successor: a name or a distinguished name. */
    public String getNamed() {
        return named;
    }

    public void setNamed(@Nullable String text) {
        String given = text == null ? "" : text.strip();
        if (!given.equals(named)) {
            named = given;
            successor = null;
        }
    }

    /** The successor's name; "" while none is chosen. */
    public String getSuccessor() {
        return Optional.ofNullable(successor).map(Place::leaf).orElse("");
    }

    public String getProblem() {
        return words.reason(problem);
    }

    public String getTyped() {
        return typed;
    }

    public void setTyped(@Nullable String typed) {
        this.typed = typed == null ? "" : typed;
    }
}
