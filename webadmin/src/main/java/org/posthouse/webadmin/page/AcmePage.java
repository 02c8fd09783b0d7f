package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.certificate.ServerCertificate;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;
import org.primefaces.PrimeFaces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the Security page says of a server's certificate from an ACME authority, and the dialog that asks for one. */
@Named
@ViewScoped
public class AcmePage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AcmePage.class);
    // What an engine saves of its own accord when a certificate has come.
    private static final Set<String> COMES = Set.of(
            "posthouseCertificate",
            "posthousePrivateKey",
            "posthouseAcmeAsked",
            "posthouseAcmeIssued",
            "posthouseAcmeAccount",
            "posthouseAcmeAccountKey",
            "posthouseRevision");

    @Inject
    private Visitor visitor;

    @Inject
    private ChangeServices changeServices;

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private ObjectPage objectPage;

    @Inject
    private PanelPage panelPage;

    private String directory = "";
    private String contact = "";
    private String names = "";
    private boolean agreed;
    private String problem = "";

    private ServerCertificate certificate() {
        return ServerCertificate.of(changeServices.by(visitor.directory(), visitor.getPlace()), objectPage.getEntry());
    }

    private Optional<Board.Acme> line() {
        return pulse.server(objectPage.getEntry().place()).flatMap(Board.Server::acme);
    }

    /** "asked", "ordering", "waiting", "failed", "still" for a certificate that nobody renews, or "" without ACME. */
    public String getState() {
        ServerCertificate certificate = certificate();
        return line().map(Board.Acme::state)
                .orElseGet(() ->
                        certificate.acme().asked().isPresent() ? "asked" : certificate.isFromAcme() ? "still" : "");
    }

    /** The state in words. */
    public String getSaid() {
        String state = getState();
        String next = line().flatMap(Board.Acme::next).map(words::moment).orElse("");
        String reason = line().map(Board.Acme::reason).orElse("");
        return state.isEmpty()
                ? ""
                : words.of("acme.state." + state, reason, next).strip();
    }

    /** The tone of the state: "good", "waiting", "bad" or "still". */
    public String getTone() {
        return switch (getState()) {
            case "waiting" -> "good";
            case "asked", "ordering" -> "waiting";
            case "failed" -> "bad";
            default -> "still";
        };
    }

    /** Whether a certificate is asked for that has not come. */
    public boolean isAsked() {
        return certificate().acme().asked().isPresent();
    }

    /** Brings the page up to what the engine has saved meanwhile, unless somebody else changed more than that. */
    public void keepUp() {
        Entry seen = objectPage.getEntry();
        long newest = pulse.server(seen.place())
                .map(server -> server.obedience().wanted())
                .orElse(0L);
        if (newest > seen.revision()) {
            visitor.directory()
                    .read(seen.place())
                    .filter(now -> others(now).equals(others(seen)))
                    .ifPresent(panelPage::keepUp);
        }
    }

    private static Map<String, List<String>> others(Entry entry) {
        var rest = new HashMap<>(entry.attributes());
        rest.keySet().removeIf(name -> COMES.stream().anyMatch(name::equalsIgnoreCase));
        return rest;
    }

    /** Opens the dialog with what the page says now. */
    public void open() {
        Draft draft = Draft.of(
                visitor.directory(),
                objectPage.getEntry(),
                Kind.MESSAGING_SERVER.panel("server-security").orElseThrow());
        problem = "";
        directory = String.join("", draft.texts("acmeDirectory"));
        contact = String.join("", draft.texts("acmeContact"));
        agreed = draft.texts("acmeTermsAgreed").contains("TRUE");
        List<String> known = draft.texts("acmeNames");
        names = String.join("\n", known.isEmpty() ? certificate().proposedNames() : known);
    }

    /** Asks for a certificate as the dialog says. */
    public void ask() {
        List<String> wanted = Stream.of(names.split("[\\s,;]+"))
                .filter(name -> !name.isBlank())
                .toList();
        Map<String, List<String>> options = Map.of(
                "acmeDirectory", List.of(directory),
                "acmeContact", List.of(contact),
                "acmeNames", wanted,
                "acmeTermsAgreed", List.of(agreed ? "TRUE" : "FALSE"));
        act("requested from an ACME authority", certificate -> certificate.ask(options, now()));
        if (problem.isEmpty()) {
            PrimeFaces.current().executeScript("PF('asking').hide()");
        }
    }

    /** Asks again at once. */
    public void again() {
        act("requested again from an ACME authority", certificate -> certificate.ask(Map.of(), now()));
    }

    /** Asks no more. */
    public void stop() {
        act("stopped the ACME renewal of", ServerCertificate::stopAsking);
    }

    private Instant now() {
        return installed.clock().instant();
    }

    private void act(String what, Function<ServerCertificate, Entry> step) {
        problem = "";
        Instant at = now();
        banner.during(() -> {
            try {
                Entry saved = step.apply(certificate());
                LOG.info("{} {} the certificate of {}", visitor.getPlace(), what, saved.place());
                panelPage.follow(saved, at);
            } catch (Refused refused) {
                problem = words.reason(refused.problems().getFirst().reason());
            }
        });
    }

    public String getProblem() {
        return problem;
    }

    public String getDirectory() {
        return directory;
    }

    public void setDirectory(@Nullable String directory) {
        this.directory = directory == null ? "" : directory;
    }

    public String getContact() {
        return contact;
    }

    public void setContact(@Nullable String contact) {
        this.contact = contact == null ? "" : contact;
    }

    public String getNames() {
        return names;
    }

    public void setNames(@Nullable String names) {
        this.names = names == null ? "" : names;
    }

    public boolean isAgreed() {
        return agreed;
    }

    public void setAgreed(boolean agreed) {
        this.agreed = agreed;
    }
}
