package org.posthouse.mailcore.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthouse.mailcore.settings.Refusal;
import org.posthouse.mailcore.status.OptionRefusal;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.Place;

/**
 * What a server or one of its agents could not apply, option by option, for the board. One thread changes it; any thread
 * may read it.
 */
final class OptionRefusals {

    private volatile Map<String, OptionRefusal> refused = Map.of();

    /** Notes that an option is refused; one that was refused already with this value keeps its time. */
    void refuse(String option, String value, String reason, long revision, Instant now) {
        Instant since = Optional.ofNullable(refused.get(option))
                .filter(known -> known.value().equals(value))
                .map(OptionRefusal::since)
                .orElse(now);
        var changed = new LinkedHashMap<>(refused);
        changed.put(option, new OptionRefusal(option, value, reason, since, revision));
        refused = changed;
    }

    /** Notes that an option is applied. */
    void accept(String option) {
        if (refused.containsKey(option)) {
            var changed = new LinkedHashMap<>(refused);
            changed.remove(option);
            refused = changed;
        }
    }

    /** Forgets all of them. */
    void clear() {
        refused = Map.of();
    }

    boolean isEmpty() {
        return refused.isEmpty();
    }

    /** The oldest first. */
    List<OptionRefusal> all() {
        return List.copyOf(refused.values());
    }

    /** What is wrong with the values of one object, as its newest state in the directory has them. */
    static List<OptionRefusal> flaws(Refusal refusal, Place object, long revision, Instant since) {
        return refusal.flaws().stream()
                .filter(flaw -> flaw.place().equals(object))
                .map(flaw -> new OptionRefusal(
                        flaw.problem().option(),
                        flaw.problem().value(),
                        flaw.problem().reason(),
                        since,
                        revision))
                .toList();
    }

    /** The value of a server's option for the board: "" when it is secret, a whole file, or no option. */
    static String value(MessagingServer server, String option) {
        return value(server.pages().values().stream(), Kind.MESSAGING_SERVER, option);
    }

    /** The same of an agent's option. */
    static String value(Agent agent, String option) {
        return value(agent.pages().values().stream(), agent.kind(), option);
    }

    private static String value(Stream<Record> pages, Kind kind, String option) {
        return pages.flatMap(page -> option(kind, page, option).stream()
                        .filter(facts -> !facts.secret())
                        .map(facts -> String.join(", ", facts.textsIn(page))))
                .filter(text -> text.lines().count() <= 1)
                .findFirst()
                .orElse("");
    }

    private static Optional<OptionFacts> option(Kind kind, Record page, String option) {
        return kind.panels().stream()
                .filter(panel -> panel.type().equals(page.getClass()))
                .findFirst()
                .flatMap(panel -> panel.option(option));
    }
}
