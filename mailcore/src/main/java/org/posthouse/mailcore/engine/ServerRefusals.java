package org.posthouse.mailcore.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.OptionRefusal;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.schema.tree.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a messaging server could not apply of its settings, and when it tries again. The thread of the server changes it;
 * any thread may read it.
 */
final class ServerRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRefusals.class);

    private final String server;
    private final Assembly assembly;
    private final OptionRefusals own = new OptionRefusals();
    private final OptionRefusals nmap = new OptionRefusals();
    private Instant again = Instant.MAX;
    private volatile long applied = -1;

    ServerRefusals(String server, Assembly assembly) {
        this.server = server;
        this.assembly = assembly;
    }

    /** A new attempt begins; what is refused in it is tried again later. */
    void begin() {
        again = Instant.MAX;
    }

    /** Whether it is time to try again. */
    boolean isDue() {
        return !again.isAfter(assembly.clock().instant());
    }

    /** Takes a step for an option of the server; whatever goes wrong in it is the refusal of that option. */
    void attempt(String option, Snapshot desired, Runnable step) {
        try {
            step.run();
            own.accept(option);
            over(option);
        } catch (StoreFailure | AgentRefused refused) {
            refuse(option, String.valueOf(refused.getMessage()), desired);
        } catch (RuntimeException fault) {
            LOG.debug("{} of {}", option, server, fault);
            refuse(option, fault.toString(), desired);
        }
    }

    /** Notes that the folder that these settings name for this use is refused, or is not. */
    void note(FolderUse use, Optional<String> why, Snapshot desired) {
        if (why.isPresent()) {
            refuse(use.option(), why.get(), desired);
        } else {
            if (use == FolderUse.MESSAGE_STORE) {
                applied = desired.server()
                        .agent(Kind.NMAP_AGENT)
                        .map(desired.server()::wanted)
                        .orElse(-1L);
            }
            of(use.option()).accept(use.option());
            over(use.option());
        }
    }

    private void refuse(String option, String why, Snapshot desired) {
        String reason = why.replaceFirst("[.]?$", ".");
        Instant now = assembly.clock().instant();
        assembly.faults().note(key(option) + reason, server + ": " + label(option) + ": " + reason);
        if (isOfNmap(option)) {
            desired.server()
                    .agent(Kind.NMAP_AGENT)
                    .ifPresent(agent -> nmap.refuse(
                            option,
                            OptionRefusals.value(agent, option),
                            reason,
                            desired.server().wanted(agent),
                            now));
        } else {
            own.refuse(
                    option,
                    OptionRefusals.value(desired.server(), option),
                    reason,
                    desired.server().revision(),
                    now);
        }
        again = now.plus(assembly.patience().retry());
    }

    private OptionRefusals of(String option) {
        return isOfNmap(option) ? nmap : own;
    }

    private static boolean isOfNmap(String option) {
        return option.equals(FolderUse.MESSAGE_STORE.option());
    }

    private void over(String option) {
        if (assembly.faults().over(key(option))) {
            LOG.info("{}: {} is applied", server, label(option));
        }
    }

    private String key(String option) {
        return server + "/" + option + "/";
    }

    /** What the server itself could not apply. */
    List<OptionRefusal> ofServer() {
        return own.all();
    }

    /** What was refused of its NMAP Agent, which goes on as before. */
    List<OptionRefusal> ofNmap() {
        return nmap.all();
    }

    /** The last revision of its NMAP Agent of which nothing was refused. */
    long appliedOfNmap() {
        return nmap.all().stream()
                .map(OptionRefusal::revision)
                .findFirst()
                .map(refused -> applied < 0 ? refused - 1 : applied)
                .orElse(Long.MAX_VALUE);
    }

    /** Both. */
    List<OptionRefusal> all() {
        return Stream.concat(own.all().stream(), nmap.all().stream()).toList();
    }

    /** Refusals in one line; "" when there are none. */
    static String text(List<OptionRefusal> refusals) {
        return refusals.stream()
                .map(refusal -> label(refusal.option()) + ": " + refusal.reason())
                .collect(Collectors.joining(" "));
    }

    private static String label(String option) {
        return Stream.of(Kind.MESSAGING_SERVER, Kind.NMAP_AGENT)
                .flatMap(kind -> kind.panels().stream())
                .flatMap(panel -> panel.options().stream())
                .filter(facts -> facts.name().equals(option))
                .map(facts -> facts.label())
                .findFirst()
                .orElse(option);
    }
}
