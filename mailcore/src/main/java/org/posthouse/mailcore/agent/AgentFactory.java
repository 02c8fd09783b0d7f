package org.posthouse.mailcore.agent;

/** Creates one kind of agent; what it creates does not run before it is started. */
@FunctionalInterface
public interface AgentFactory {

    /** An agent at rest. Throws {@link AgentRefused} when it cannot be created. */
    Agent create(AgentContext context);
}
