package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.AGENT_RESTART;
import static org.posthouse.schema.option.Effect.LIVE;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Section;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.value.FolderPath;

/** NetMail's Parameters page of an NMAP Agent. */
@Panel(
        name = "nmap-parameters",
        title = "Parameters",
        intro = "Where mail is stored, and how long the queue tries to deliver it.")
public record NmapParameters(
        @Section(name = "store", title = "Store")
        @Option(
                id = 40,
                attribute = "posthouseMessageStore",
                label = "Message Store",
                fallback = "store",
                effect = AGENT_RESTART,
                trial = Trial.MESSAGE_STORE,
                help = "The folder of the mailboxes and the queue. To move a store, stop the agent, move the "
                        + "folder, and then change this option. A new folder starts without mail. A relative folder "
                        + "is in the server's home on its host.")
        FolderPath messageStore,

        @Option(
                id = 41,
                attribute = "posthouseMinimumSpace",
                label = "Minimum Space",
                fallback = "2048",
                unit = "KB",
                effect = LIVE,
                help = "The free space to keep on the volume. If less space is free, no mail is accepted or "
                        + "delivered.")
        @Min(0)
        @Max(1_000_000_000)
        long minimumSpace,

        @Section(name = "queue", title = "Queue")
        @Option(
                id = 42,
                attribute = "posthouseQueueInterval",
                label = "Retry Interval",
                fallback = "30",
                unit = "minutes",
                effect = LIVE,
                help = "The time between attempts to send a message to another host: 1 to 10080 minutes.")
        @Min(1)
        @Max(10_080)
        int retryInterval,

        @Option(
                id = 43,
                attribute = "posthouseQueueTimeout",
                label = "Retry Timeout",
                fallback = "5",
                unit = "days",
                effect = LIVE,
                help = "The time after which an undeliverable message is returned to its sender: 1 to 60 days.")
        @Min(1)
        @Max(60)
        int retryTimeout) {

    /** The same with another folder. */
    public NmapParameters in(FolderPath store) {
        return new NmapParameters(store, minimumSpace, retryInterval, retryTimeout);
    }
}
