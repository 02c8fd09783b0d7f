package org.posthouse.mailcore.engine;

import java.util.EnumMap;
import java.util.Map;
import org.posthouse.mailcore.agent.AgentFactory;
import org.posthouse.mailcore.finger.FingerAgent;
import org.posthouse.mailcore.imap.ImapAgent;
import org.posthouse.mailcore.nmap.NmapAgent;
import org.posthouse.mailcore.pop.PopAgent;
import org.posthouse.mailcore.smtp.SmtpAgent;
import org.posthouse.schema.tree.Kind;

/** How this engine creates each kind of agent: one line for each. */
final class AgentFactories {

    private AgentFactories() {}

    /** The factories of all agents that this version has. */
    static Map<Kind, AgentFactory> all() {
        var factories = new EnumMap<Kind, AgentFactory>(Kind.class);
        factories.put(Kind.NMAP_AGENT, NmapAgent::of);
        factories.put(Kind.SMTP_AGENT, SmtpAgent::of);
        factories.put(Kind.POP_AGENT, PopAgent::of);
        factories.put(Kind.IMAP_AGENT, ImapAgent::of);
        factories.put(Kind.FINGER_AGENT, FingerAgent::of);
        return factories;
    }
}
