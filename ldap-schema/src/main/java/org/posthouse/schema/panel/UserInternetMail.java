package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import jakarta.validation.constraints.Pattern;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.value.MailboxId;

/** NetMail's Internet Mail page of a User. */
@Panel(name = "user-internet-mail", title = "Internet Mail", intro = "The mail settings of this user.")
public record UserInternetMail(
        @Option(
                id = 80,
                attribute = "posthouseMessagingEnabled",
                label = "User Status",
                fallback = "TRUE",
                effect = LIVE,
                help = "A disabled user cannot receive mail or sign in. The directory object and the mailbox are "
                        + "kept.")
        boolean enabled,

        @Option(
                id = 81,
                attribute = "posthouseReservedName",
                label = "Reserved Name",
                fallback = "FALSE",
                internal = true,
                effect = LIVE,
                help = "Allows a login name that RFC 2142 reserves for a role, such as abuse or info. Turn this "
                        + "on for the user who holds that role.")
        boolean reservedName,

        @Option(
                id = 82,
                attribute = MailboxId.ATTRIBUTE,
                label = "Mailbox ID",
                internal = true,
                fallback = "",
                effect = LIVE,
                help = "Identifies the user's mailbox, so that a new user with the name of a deleted user doesn't see "
                        + "the other's mail. A new user gets a new ID. To hand over an existing mailbox of the same "
                        + "name, enter its ID or handOver; the current mailbox of the user is then set aside. "
                        + "Empty: the identifier that the directory gives the entry.")
        @Pattern(regexp = "|[A-Za-z0-9-]{1,64}", message = "must have 1 to 64 letters, digits, and hyphens")
        String mailboxId) {}
