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
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.webadmin.advice.Advice;
import org.posthouse.webadmin.advice.Advice.What;
import org.posthouse.webadmin.advice.Adviser;
import org.posthouse.webadmin.advice.Routes;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Look;
import org.posthouse.webadmin.words.Words;

/** "Getting started" on the home page: the next sensible step, and those after it. */
@Named
@RequestScoped
public class AdvicePage {

    private static final int SHOWN = 12;

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

    private @Nullable List<Advice> all;

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

    /** Those after it, as many as one may want to read. */
    public List<Advice> getLater() {
        return all().stream().skip(1).limit(SHOWN).toList();
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
