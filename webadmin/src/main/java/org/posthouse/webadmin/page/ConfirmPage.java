package org.posthouse.webadmin.page;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.confirmation.Confirmations;
import org.posthouse.webadmin.confirmation.Confirmations.Outcome;
import org.posthouse.webadmin.confirmation.Pending;
import org.posthouse.webadmin.console.ConsoleServer;
import org.posthouse.webadmin.console.Keeping;
import org.posthouse.webadmin.listener.Endpoint;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;
import org.primefaces.PrimeFaces;

/** What stands on every page while a change waits to be confirmed, and for a while after it was taken back. */
@Named
@ViewScoped
public class ConfirmPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Duration NEWS = Duration.ofMinutes(5);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Inject
    private Confirmations confirmations;

    @Inject
    private ConsoleServer server;

    @Inject
    private Keeping keeping;

    @Inject
    private Installed installed;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    private String shown = "";
    private String dismissed = "";

    /** What waits. */
    public List<Pending> getAll() {
        return confirmations.all();
    }

    /** How many seconds a change still waits. */
    public long seconds(Pending pending) {
        return confirmations.left(pending).toSeconds();
    }

    /** What waits, as a sentence. */
    public String sentence(Pending pending) {
        String object = pending.object().leaf();
        return pending.isDeletion()
                ? words.of("confirm.waits.deleted", object)
                : words.of("confirm.waits", what(pending), object);
    }

    /** The labels of what was changed. */
    public String what(Pending pending) {
        return pending.parts().stream().map(part -> label(part.option())).collect(Collectors.joining(", "));
    }

    private String label(String option) {
        return Kind.catalogue()
                .options()
                .filter(facts -> facts.name().equals(option))
                .findFirst()
                .map((OptionFacts facts) -> words.label(facts))
                .orElse(option);
    }

    /** Where it has to be confirmed: links for a visitor who did not come that way. */
    public List<String> elsewhere(Pending pending) {
        return banner.during(
                () -> {
                    Set<Endpoint> proving = server.proving(pending);
                    return keeping.isProof(proving, request())
                            ? List.<String>of()
                            : proving.stream().map(ConfirmPage::link).toList();
                },
                List.of());
    }

    // All addresses of a host means the one by which it is being used.
    private static String link(Endpoint endpoint) {
        String name = request().getServerName();
        return endpoint.address().isAnyLocalAddress() && !name.contains(":")
                ? (endpoint.secure() ? "https://" : "http://") + name + ":" + endpoint.port() + "/"
                : endpoint.url();
    }

    /** Where the console will be again without confirmation, when the change is about that; else "". */
    public String old(Pending pending) {
        return banner.during(() -> server.old(pending).map(Endpoint::called).orElse(""), "");
    }

    /** Whether the visitor has no rights any more by which to confirm it. */
    public boolean isOut(Pending pending) {
        return banner.during(() -> !installed.shown().isAdministrator(Place.of(visitor.getPlace())), false);
    }

    /** Whether the visitor may confirm it, here. */
    public boolean isKeepable(Pending pending) {
        return elsewhere(pending).isEmpty() && !isOut(pending);
    }

    /** Keeps it. */
    public void keep(String id) {
        banner.during(() -> keeping.keep(id, request(), Place.of(visitor.getPlace())));
        draw();
    }

    /** Takes it back; whoever came to an address that goes by that is led to the one that stays. */
    public void takeBack(String id) throws IOException {
        Optional<Pending> pending =
                getAll().stream().filter(waits -> waits.id().equals(id)).findFirst();
        boolean leaves = pending.filter(waits -> !old(waits).isEmpty() && isKeepable(waits))
                .isPresent();
        String old = pending.map(this::old).orElse("");
        banner.during(() -> confirmations.takeBack(confirmations.get(id), visitor.getPlace()));
        if (leaves && banner.getText().isEmpty()) {
            FacesContext.getCurrentInstance().getExternalContext().redirect(old);
        } else {
            draw();
        }
    }

    /** Draws the part of the page anew when something began or ended to wait since it was drawn. */
    public void watch() {
        if (!state().equals(shown)) {
            draw();
        }
    }

    void draw() {
        if (FacesContext.getCurrentInstance().getPartialViewContext().isAjaxRequest()) {
            PrimeFaces.current().ajax().update("confirm");
        }
    }

    /** Notes what is being drawn. */
    public String getState() {
        shown = state();
        return shown;
    }

    private String state() {
        return getAll().stream().map(Pending::id).collect(Collectors.joining(","));
    }

    /** What was taken back lately, as a sentence; "" when nothing was, or the visitor has seen it. */
    public String getNews() {
        return confirmations
                .last()
                .filter(outcome -> !outcome.kept())
                .filter(outcome -> !outcome.pending().id().equals(dismissed))
                .filter(outcome ->
                        outcome.at().plus(NEWS).isAfter(installed.clock().instant()))
                .map(this::news)
                .orElse("");
    }

    private String news(Outcome outcome) {
        String time = TIME.format(outcome.at().atZone(ZoneId.systemDefault()));
        String object = outcome.pending().object().leaf();
        String deleted = outcome.pending().isDeletion() ? ".deleted" : "";
        String said = outcome.by().isEmpty()
                ? words.of("confirm.over" + deleted, what(outcome.pending()), object, time)
                : words.of("confirm.takenBack" + deleted, what(outcome.pending()), object, time);
        return outcome.left().isEmpty()
                ? said
                : said + " "
                        + words.of(
                                "confirm.left",
                                outcome.left().stream().map(this::label).collect(Collectors.joining(", ")));
    }

    /** Shows the news no more. */
    public void dismiss() {
        dismissed = confirmations.last().map(outcome -> outcome.pending().id()).orElse("");
    }

    /** Who made a change. */
    public String by(Pending pending) {
        return Optional.of(pending.by())
                .filter(by -> by.contains("="))
                .map(by -> Place.of(by).leaf())
                .orElse(pending.by());
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
    }
}
