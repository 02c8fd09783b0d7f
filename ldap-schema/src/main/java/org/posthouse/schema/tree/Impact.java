package org.posthouse.schema.tree;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.option.OptionFacts;

/**
 * What a change of settings asks of the running agents of a server, worked out option by option from the effects in the
 * catalogue. The engine carries it out, the console says it beforehand.
 *
 * @param restart whether all agents of the server restart
 * @param agents the effect on each agent that was there before and still is
 * @param created agents that were not there before
 * @param gone agents that are no longer there
 */
public record Impact(boolean restart, Map<Kind, Effect> agents, Set<Kind> created, Set<Kind> gone) {

    /** The impact of going from one state of a server to another. */
    public static Impact between(MessagingServer before, MessagingServer now) {
        Effect onAll = differing(before::page, now.pages());
        boolean restart = onAll == Effect.SERVER_RESTART;
        var agents = new EnumMap<Kind, Effect>(Kind.class);
        for (Agent agent : now.agents().values()) {
            Optional<Agent> former = before.agent(agent.kind());
            if (former.isPresent()) {
                Effect own = differing(former.get()::page, agent.pages());
                restart |= own == Effect.SERVER_RESTART;
                agents.put(agent.kind(), max(onAll, own));
            }
        }
        Set<Kind> was = kinds(before);
        Set<Kind> is = kinds(now);
        return new Impact(restart, Map.copyOf(agents), less(is, was), less(was, is));
    }

    /** Whether all agents stop and start: where a restart is asked of all, or one on whose work others depend goes or comes. */
    public boolean isWhole() {
        return restart
                || Kind.agents().stream()
                        .filter(kind -> !kind.agentType().provides().isEmpty())
                        .anyMatch(this::restarts);
    }

    private boolean restarts(Kind agent) {
        return created.contains(agent)
                || gone.contains(agent)
                || agents.getOrDefault(agent, Effect.LIVE).compareTo(Effect.AGENT_RESTART) >= 0;
    }

    private static Effect differing(Function<Class<? extends Record>, Record> before, Map<Class<?>, Record> now) {
        return now.values().stream()
                .map(page -> differing(page.getClass(), before.apply(page.getClass()), page))
                .reduce(Effect.LIVE, Impact::max);
    }

    private static Effect differing(Class<? extends Record> type, Record before, Record now) {
        return Kind.catalogue().panel(type).options().stream()
                .filter(option -> !Objects.equals(option.textsIn(before), option.textsIn(now)))
                .map(OptionFacts::effect)
                .reduce(Effect.LIVE, Impact::max);
    }

    private static Effect max(Effect one, Effect two) {
        return one.compareTo(two) >= 0 ? one : two;
    }

    private static Set<Kind> kinds(MessagingServer server) {
        return server.agents().keySet();
    }

    private static Set<Kind> less(Set<Kind> all, Set<Kind> without) {
        var rest = EnumSet.noneOf(Kind.class);
        rest.addAll(all);
        rest.removeAll(without);
        return Set.copyOf(rest);
    }
}
