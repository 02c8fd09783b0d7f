package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Section;

/** NetMail's Status page, the same for all agents. */
@Panel(name = "agent-status", title = "Status", intro = "Turns this agent on or off.")
public record AgentStatus(
        @Section(name = "running", title = "Operation")
        @Option(
                id = 30,
                attribute = "posthouseAgentEnabled",
                label = "Status",
                fallback = "TRUE",
                effect = LIVE,
                help = "A disabled agent does not start the next time its server starts. A running agent "
                        + "continues until it is stopped.")
        boolean enabled) {}
