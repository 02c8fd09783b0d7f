package org.posthouse.schema.licence;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.agent.Edition;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.SignedText;

/**
 * What a messaging server may run on one day.
 *
 * <p>Without a licence of its own the community licence is in force. One that may not be used, because it expired or was
 * tampered with behind the console, leaves the Foundation features; nothing that runs is stopped for it.
 *
 * @param installed whether the server has a licence of its own
 * @param licence the licence, believed or not; empty when the text is none
 * @param fault why it may not be used, as a sentence; "" when it is in force
 * @param today the day
 */
public record Licensing(boolean installed, Optional<Licence> licence, String fault, LocalDate today) {

    /** So many days before its end a licence warns. */
    public static final int WARNING_DAYS = 30;

    /** Everything that can be licensed: the agents of a messaging server, in the order of the editions. */
    public static List<Kind> features() {
        return Kind.agents().stream()
                .sorted(Comparator.comparing(kind -> kind.agentType().edition()))
                .toList();
    }

    /** What holds on this day. */
    public static Licensing of(Optional<SignedText> text, Trust trust, LocalDate today) {
        if (text.isEmpty()) {
            return new Licensing(false, Optional.of(Trust.community()), "", today);
        }
        try {
            return new Licensing(true, Optional.of(trust.check(text.get().text(), today)), "", today);
        } catch (LicenceRefused refused) {
            return new Licensing(true, read(text.get().text()), refused.reason(), today);
        }
    }

    private static Optional<Licence> read(String text) {
        try {
            return Optional.of(Trust.read(text));
        } catch (LicenceRefused nonsense) {
            return Optional.empty();
        }
    }

    /** Whether the licence may be used. */
    public boolean valid() {
        return fault.isEmpty();
    }

    /** Whether a feature may start. */
    public boolean covers(Kind feature) {
        return valid()
                ? licence.filter(given -> given.covers(feature)).isPresent()
                : feature.agentType().edition() == Edition.FOUNDATION;
    }

    /** Whether a feature that runs has to stop: a licence in force lacks it, which an administrator installed so. */
    public boolean stops(Kind feature) {
        return valid() && !covers(feature);
    }

    /** Why a feature may not start, as a sentence; empty when it may. */
    public Optional<String> refusal(Kind feature) {
        if (covers(feature)) {
            return Optional.empty();
        }
        String part = valid()
                ? "Not part of " + name() + "."
                : "Not part of Foundation, and no other features are licensed. " + fault;
        return Optional.of(part + " Install a license that includes it on the License page of the messaging server.");
    }

    /** The licence in a few words. */
    public String name() {
        return licence.map(Licence::name).orElse("the license");
    }

    /** Days left, the last one included; empty when it does not end or may not be used. */
    public Optional<Long> daysLeft() {
        return licence.filter(given -> valid())
                .flatMap(Licence::expires)
                .map(last -> ChronoUnit.DAYS.between(today, last) + 1);
    }

    /** What an administrator has to know now: that it may not be used, or ends soon; "" when all is well. */
    public String warning() {
        if (!valid()) {
            return "License: " + fault + " Features that are running continue; only Foundation features start.";
        }
        return daysLeft()
                .filter(days -> days <= WARNING_DAYS)
                .map(days -> "License: " + name()
                        + (days == 1
                                ? " expires today. Then only Foundation features start."
                                : " expires in " + days + " days. Then only Foundation features start."))
                .orElse("");
    }
}
