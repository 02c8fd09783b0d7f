package org.posthouse.schema.agent.finger;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.posthouse.schema.agent.AgentType;
import org.posthouse.schema.agent.Edition;
import org.posthouse.schema.agent.Need;
import org.posthouse.schema.agent.PortUse;
import org.posthouse.schema.agent.ServerView;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.Place;

/** The Finger Agent: it tells who asks whether mail is waiting for a user (RFC 1288). */
public final class FingerAgentType implements AgentType {

    @Override
    public String id() {
        return "finger";
    }

    @Override
    public String label() {
        return "Finger Agent";
    }

    @Override
    public String objectClass() {
        return "posthouseFingerAgent";
    }

    @Override
    public int classNumber() {
        return 20;
    }

    @Override
    public int mibRow() {
        return 17;
    }

    @Override
    public Edition edition() {
        return Edition.FOUNDATION;
    }

    @Override
    public String icon() {
        return "user";
    }

    @Override
    public List<Class<? extends Record>> pages() {
        return List.of(FingerOptions.class);
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.MESSAGE_STORE);
    }

    @Override
    public List<PortUse> ports() {
        return List.of(PortUse.fixed("finger", 79));
    }

    @Override
    public Evidence evidence(String option) {
        return option.equals("fingerNames") ? Evidence.SETTINGS : Evidence.NONE;
    }

    @Override
    public List<Problem> check(Place agent, Record page, Supplier<List<ServerView>> servers) {
        return page instanceof FingerOptions own
                ? own.fingerNames().stream()
                        .flatMap(name -> problem(name).stream())
                        .toList()
                : List.of();
    }

    private static List<Problem> problem(String name) {
        try {
            var _ = new LoginName(name);
            return List.of();
        } catch (IllegalArgumentException malformed) {
            return List.of(new Problem("fingerNames", name, String.valueOf(malformed.getMessage())));
        }
    }
}
