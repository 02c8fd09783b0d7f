package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;

/** NetMail's Internet Mail page of a User. */
@Panel(name = "user-internet-mail", title = "Internet Mail", intro = "Whether and how this user takes part in mail.")
public record UserInternetMail(
        @Option(
                id = 80,
                attribute = "posthouseMessagingEnabled",
                label = "User Status",
                fallback = "TRUE",
                effect = LIVE,
                help = "A disabled user has no mailbox to the outside: mail for it is refused and no login works. "
                        + "The directory object is untouched.")
        boolean enabled) {}
