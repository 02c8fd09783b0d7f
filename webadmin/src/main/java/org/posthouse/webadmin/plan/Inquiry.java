package org.posthouse.webadmin.plan;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.Questions.Found;
import org.posthouse.webadmin.pulse.Pulse;

/** The questions of this console's plans to the engines. */
@ApplicationScoped
public class Inquiry {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Inject
    private Pulse pulse;

    @Inject
    private Installed installed;

    private Questions questions = new Questions(
            (server, about, value) -> {
                throw new java.io.IOException("not available yet");
            },
            Clock.systemUTC());

    private @Nullable KeptMailboxes kept;

    @PostConstruct
    void begin() {
        questions = new Questions(pulse::trial, Clock.systemUTC());
        kept = new KeptMailboxes(() -> installed.shown().tree(), pulse::trial);
    }

    /** What is known about the new values of a plan, after at most so long a wait. */
    public Found about(Plan plan, Duration patience) {
        return questions.about(plan, patience);
    }

    /** The plan with what is found within some seconds; the answers of a minute ago still count. */
    public Plan complete(Plan plan) {
        return complete(plan, PATIENCE);
    }

    /** The plan with what is found within the time. */
    public Plan complete(Plan plan, Duration patience) {
        return withMailboxes(plan.and(about(plan, patience).warnings()));
    }

    /** The plan with what stores keep under the names of the users that come or go. Asks engines only for those. */
    public Plan withMailboxes(Plan plan) {
        return plan.and(mailboxes().about(plan));
    }

    /** What stores keep under the names of users. */
    public KeptMailboxes mailboxes() {
        return Objects.requireNonNull(kept, "not available yet");
    }
}
