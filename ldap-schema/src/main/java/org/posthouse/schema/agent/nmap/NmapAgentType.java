package org.posthouse.schema.agent.nmap;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.posthouse.schema.agent.AgentType;
import org.posthouse.schema.agent.Edition;
import org.posthouse.schema.agent.Loss;
import org.posthouse.schema.agent.Need;
import org.posthouse.schema.agent.PortUse;
import org.posthouse.schema.agent.Question;
import org.posthouse.schema.agent.Question.Proposal;
import org.posthouse.schema.agent.ServerView;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.value.Place;

/** The NMAP Agent: it owns the message store and the queue of its server. */
public final class NmapAgentType implements AgentType {

    @Override
    public String id() {
        return "nmap";
    }

    @Override
    public String label() {
        return "NMAP Agent";
    }

    @Override
    public String objectClass() {
        return "posthouseNmapAgent";
    }

    @Override
    public int classNumber() {
        return 3;
    }

    @Override
    public int mibRow() {
        return 2;
    }

    @Override
    public Edition edition() {
        return Edition.FOUNDATION;
    }

    @Override
    public String icon() {
        return "store";
    }

    @Override
    public List<Class<? extends Record>> pages() {
        return List.of(NmapParameters.class, NmapContext.class);
    }

    @Override
    public Set<Need> provides() {
        return Set.of(Need.MESSAGE_STORE, Need.QUEUE);
    }

    @Override
    public List<PortUse> ports() {
        return List.of(PortUse.fixed("nmap", 689));
    }

    @Override
    public boolean isSuggested() {
        return true;
    }

    @Override
    public Loss loss() {
        return Loss.MAIL;
    }

    @Override
    public List<Question> questions() {
        return List.of(
                new Question("store", "messageStore", Proposal.FREE_FOLDER),
                new Question("store", "contexts", Proposal.USER_CONTAINER));
    }

    @Override
    public Evidence evidence(String option) {
        return switch (option) {
            case "retryInterval", "retryTimeout", "minimumSpace" -> Evidence.SETTINGS;
            default -> Evidence.NONE;
        };
    }

    // A context has one server that keeps its mailboxes.
    @Override
    public List<Problem> check(Place agent, Record page, Supplier<List<ServerView>> servers) {
        return page instanceof NmapContext own
                ? servers.get().stream()
                        .filter(server -> !agent.isWithin(server.place()))
                        .flatMap(server -> server.find(NmapContext.class).stream()
                                .flatMap(other -> other.contexts().stream())
                                .filter(own.contexts()::contains)
                                .map(context -> new Problem(
                                        "contexts", context.toString(), "is already managed by " + server.name())))
                        .toList()
                : List.of();
    }
}
