package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.value.Place;

/** What an alias object points at. NetMail's own console could not make one; other tools had to. */
@Panel(name = "alias-target", title = "Target", intro = "The object that this alias points to.")
public record AliasTarget(
        @Option(
                id = 0,
                attribute = "aliasedObjectName",
                // The object itself and no other alias, so that none made here leads in a circle.
                accepts = {
                    "USER",
                    "GROUP",
                    "ORGANIZATIONAL_ROLE",
                    "RESOURCE",
                    "MESSAGING_SERVER",
                    "MAILING_LIST",
                    "DIRECTORY_LIST",
                    "PARENT_OBJECT",
                    "TEMPLATE"
                },
                label = "Target",
                mandatory = true,
                effect = LIVE,
                help = "The object that this alias points to. Mail to an alias of a user goes to that user. An "
                        + "alias in Internet Services makes a messaging server visible to the other servers.")
        Place target) {}
