package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;

/** NetMail's Status page, the same for all agents. */
@Panel(name = "agent-status", title = "Status", intro = "Whether this agent runs.")
public record AgentStatus(
        @Option(
                id = 30,
                attribute = "posthouseAgentEnabled",
                label = "Status",
                fallback = "TRUE",
                effect = LIVE,
                help = "A disabled agent is not launched at the next start of its server. One that runs goes on until "
                        + "it is stopped.")
        boolean enabled) {}
