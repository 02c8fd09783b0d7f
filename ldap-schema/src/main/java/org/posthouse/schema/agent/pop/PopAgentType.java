package org.posthouse.schema.agent.pop;

import java.util.List;
import java.util.Set;
import org.posthouse.schema.agent.AgentType;
import org.posthouse.schema.agent.Edition;
import org.posthouse.schema.agent.Loss;
import org.posthouse.schema.agent.Need;
import org.posthouse.schema.agent.PortUse;
import org.posthouse.schema.panel.AgentSecurity;
import org.posthouse.schema.status.Evidence;

/** The POP Agent: it hands out the mail of the inbox to mail programs. */
public final class PopAgentType implements AgentType {

    @Override
    public String id() {
        return "pop";
    }

    @Override
    public String label() {
        return "POP Agent";
    }

    @Override
    public String objectClass() {
        return "posthousePopAgent";
    }

    @Override
    public int classNumber() {
        return 5;
    }

    @Override
    public int mibRow() {
        return 4;
    }

    @Override
    public Edition edition() {
        return Edition.FOUNDATION;
    }

    @Override
    public List<Class<? extends Record>> pages() {
        return List.of(AgentSecurity.class);
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.MESSAGE_STORE);
    }

    @Override
    public List<PortUse> ports() {
        return List.of(PortUse.fixed("pop3", 110), PortUse.fixedTls("pop3s", 995));
    }

    @Override
    public boolean isSuggested() {
        return true;
    }

    @Override
    public Loss loss() {
        return Loss.SIGN_IN;
    }

    @Override
    public Evidence evidence(String option) {
        return Evidence.ofMailProtocol(option);
    }
}
