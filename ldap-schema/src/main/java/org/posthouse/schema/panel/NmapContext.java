package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import java.util.List;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.Section;
import org.posthouse.schema.value.Place;

/** NetMail's Context page of an NMAP Agent; the attribute stands on the messaging server. */
@Panel(
        name = "nmap-context",
        title = "Context",
        intro = "The containers whose users have their mailboxes here. Subcontainers are not included "
                + "automatically.",
        holder = Panel.Holder.PARENT)
public record NmapContext(
        @Section(name = "contexts", title = "Contexts")
        @Option(
                id = 50,
                attribute = "posthouseContext",
                accepts = {"ORGANIZATION", "ORGANIZATIONAL_UNIT"},
                label = "Managed Contexts",
                effect = LIVE,
                help = "The containers whose users have their mailboxes here. Only one NMAP Agent can manage a "
                        + "container; an NMAP Agent without contexts only manages the queue.")
        List<Place> contexts) {}
