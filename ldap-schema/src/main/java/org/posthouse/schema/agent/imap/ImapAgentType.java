package org.posthouse.schema.agent.imap;

import java.util.List;
import java.util.Set;
import org.posthouse.schema.agent.AgentType;
import org.posthouse.schema.agent.Edition;
import org.posthouse.schema.agent.Loss;
import org.posthouse.schema.agent.Need;
import org.posthouse.schema.agent.PortUse;
import org.posthouse.schema.panel.AgentSecurity;
import org.posthouse.schema.status.Evidence;

/** The IMAP Agent: it lets users read and keep their mail with a mail program. */
public final class ImapAgentType implements AgentType {

    @Override
    public String id() {
        return "imap";
    }

    @Override
    public String label() {
        return "IMAP Agent";
    }

    @Override
    public String objectClass() {
        return "posthouseImapAgent";
    }

    @Override
    public int classNumber() {
        return 6;
    }

    @Override
    public int mibRow() {
        return 5;
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
        return List.of(PortUse.fixed("imap", 143), PortUse.fixedTls("imaps", 993));
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
