package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.posthouse.schema.agent.Edition;
import org.posthouse.schema.licence.Licensing;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.form.LicenceCheck;
import org.posthouse.webadmin.words.Words;

/** What a messaging server may run by its licence, feature by feature. */
@Named
@RequestScoped
public class LicensePage {

    /**
     * One feature.
     *
     * @param kind the agent
     * @param allowed whether the licence in force allows it
     */
    public record Feature(Kind kind, boolean allowed) {}

    @Inject
    private ObjectPage objectPage;

    @Inject
    private Words words;

    /** What holds today for the server shown. */
    public Licensing getLicensing() {
        return LicenceCheck.licensing(objectPage.getEntry());
    }

    /** The editions of which something exists, the smaller one first. */
    public Edition[] getEditions() {
        return Stream.of(Edition.values())
                .filter(edition -> !features(edition).isEmpty())
                .toArray(Edition[]::new);
    }

    /** The features of an edition. */
    public List<Feature> features(Edition edition) {
        Licensing licensing = getLicensing();
        return Licensing.features().stream()
                .filter(kind -> kind.agentType().edition() == edition)
                // What does not exist yet is no feature, whatever a license allows.
                .filter(Kind::isCreatable)
                .map(kind -> new Feature(kind, licensing.covers(kind)))
                .toList();
    }

    /** A day of a licence as the visitor writes it. */
    public String day(LocalDate day) {
        Instant noon = day.atTime(12, 0).atZone(ZoneId.systemDefault()).toInstant();
        return words.day(noon);
    }

    /** Until when the licence is valid, in words. */
    public String getUntil() {
        return getLicensing()
                .licence()
                .flatMap(licence -> licence.expires())
                .map(this::day)
                .orElse(words.of("license.forever"));
    }

    /** What is wrong with it, or ends soon; "" when all is well. */
    public String warning(Entry server) {
        return words.reason(LicenceCheck.licensing(server).warning());
    }
}
