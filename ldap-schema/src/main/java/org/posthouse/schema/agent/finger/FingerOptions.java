package org.posthouse.schema.agent.finger;

import static org.posthouse.schema.option.Effect.LIVE;

import java.util.List;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Section;

/** The Options page of the Finger Agent. */
@Panel(name = "finger-options", title = "Options", intro = "Which users the Finger Agent tells others about.")
public record FingerOptions(
        @Section(name = "fingerNames", title = "Listed users")
        @Option(
                id = 270,
                attribute = "posthouseFingerName",
                label = "Listed Names",
                effect = LIVE,
                help = "The login names of the users that the agent answers for. Anyone who can connect to port 79 "
                        + "sees the full names of these users and whether mail is waiting for them.")
        List<String> fingerNames) {}
