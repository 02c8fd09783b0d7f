package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Orphan;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.form.ObjectNames;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The repair of a messaging server whose postmaster is gone: another one is chosen. NetMail had IMSPMFIX for it. */
@Named
@ViewScoped
public class RepairPage implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(RepairPage.class);

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private ChangeServices changeServices;

    @Inject
    private Links links;

    @Inject
    private ObjectPage objectPage;

    @Inject
    private BrowsePage browsePage;

    private transient @Nullable Place successor;
    private String named = "";
    private String problem = "";

    /** Opens the Browse dialog for the new postmaster. */
    public void browse() {
        problem = "";
        browsePage.ask(words.of("repair.postmaster"), EnumSet.of(Kind.USER), place -> {
            named = place.leaf();
            successor = place;
        });
    }

    /** Gives the server its new postmaster and shows it anew; what the directory or the rules refuse is said instead. */
    public void repair() throws IOException {
        problem = "";
        Place chosen = banner.during(() -> Optional.ofNullable(chosen()), Optional.<Place>empty())
                .orElse(null);
        if (chosen == null) {
            problem = problem.isEmpty() ? words.of("repair.nobody") : problem;
        } else if (banner.during(() -> appoint(chosen), false)) {
            links.go(objectPage.getEntry().place());
        }
    }

    private @Nullable Place chosen() {
        if (successor == null && !named.isBlank()) {
            var names = new ObjectNames(visitor.directory());
            problem = names.problem(EnumSet.of(Kind.USER), named)
                    .map(reason -> "“" + named + "” " + reason + ".")
                    .orElse("");
            successor = problem.isEmpty()
                    ? Links.place(names.resolved(EnumSet.of(Kind.USER), named)).orElse(null)
                    : null;
        }
        return successor;
    }

    private boolean appoint(Place chosen) {
        Entry server = objectPage.getEntry();
        try {
            var step = new Step.Alter(server.place(), Map.of(Orphan.POSTMASTER, List.of(chosen.toString())));
            ChangeService changes = changeServices.by(visitor.directory(), visitor.getPlace());
            changes.apply(changes.plan(List.of(step), List.of(server)));
        } catch (Refused refused) {
            problem = refused.problems().stream()
                    .map(each -> words.problem(objectPage.label(each), each))
                    .findFirst()
                    .orElse("");
            return false;
        }
        LOG.info("{} made {} postmaster of {}, which had lost its own", visitor.getPlace(), chosen, server.place());
        return true;
    }

    /** What is typed for the new postmaster: a name or a distinguished name. */
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

    /** The new postmaster's name; "" while none is chosen. */
    public String getSuccessor() {
        return Optional.ofNullable(successor).map(Place::leaf).orElse("");
    }

    public String getProblem() {
        return problem;
    }
}
