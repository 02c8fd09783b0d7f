package org.posthouse.webadmin.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;

/** A plan's warnings in words for the terminal. */
final class WarningPrint {

    private static final String KEEPS = "; the server keeps its current folder";

    private static final Map<String, String> WARNINGS = Map.ofEntries(
            Map.entry("no_engine", "no engine has ever run on host {0}; nothing is applied until one starts"),
            Map.entry("engine_silent", "the engine of {0} is unavailable ({1}); it applies the change when it is back"),
            Map.entry("server_disabled", "{0} is disabled and applies the change when it starts"),
            Map.entry("agent_disabled", "{0} is disabled and applies the change when it starts"),
            Map.entry("port_forbidden", "the engine is not permitted to listen on port {0}"),
            Map.entry("port_taken", "another program listens on port {0}"),
            Map.entry("port_used", "the {1} listens on port {0}"),
            Map.entry("address_absent", "{0} is not an address of the host"),
            Map.entry("resolver_silent", "the resolver {0} does not answer"),
            Map.entry("no_mx", "{0} has no MX record, so mail from outside does not arrive"),
            Map.entry("folder_system", "{0} is a folder of the operating system or is shared by many programs" + KEEPS),
            Map.entry(
                    "folder_link",
                    "{0} is a link, or contains one, that leads to {1}; enter the folder itself" + KEEPS),
            Map.entry("folder_file", "{0} cannot be created because {1} is a file" + KEEPS),
            Map.entry("folder_denied", "{0} cannot be used ({1})" + KEEPS),
            Map.entry("folder_full", "the volume of {0} has only {1} of free space" + KEEPS),
            Map.entry("folder_open", "every user of the host can write to {0}" + KEEPS),
            Map.entry("folder_used", "{0} is already in use: {1}" + KEEPS),
            Map.entry(
                    "store_empty",
                    "the Message Store in {0} starts empty: {1,choice,1#1 mailbox stays|1<{1} mailboxes stay} in the old"
                            + " folder"),
            Map.entry(
                    "store_found",
                    "{0} already contains a message store with"
                            + " {1,choice,0#no mailboxes|1#1 mailbox|1<{1} mailboxes}; the server uses it as it is"),
            Map.entry(
                    "mailboxes_stay",
                    "{1,choice,1#1 mailbox stays|1<{1} mailboxes stay} on host {0}; copy the Message Store before the"
                            + " agents start on the new host"),
            Map.entry(
                    "host_without_engine",
                    "no engine has ever run on host {0}; the agents of {1} stop until one starts"),
            Map.entry("host_silent", "the engine on host {0} is unavailable; the agents of {1} stop until it starts"),
            Map.entry("host_unknown", "the host of this server cannot find {0}; notifications to it are lost"),
            Map.entry("name_not_covered", "the certificate does not cover {0}, only {1}"),
            Map.entry(
                    "mailbox_stays",
                    "the mailbox of {0} with {1,choice,1#1 message|1<{1} messages} stays; to remove it, use rmbox"),
            Map.entry(
                    "mailbox_set_aside",
                    "a mailbox named {0} with {1,choice,1#1 message|1<{1} messages} exists and is set aside; to give it"
                            + " to the new user, use --hand-over-mailbox"),
            Map.entry(
                    "mailbox_handed_over",
                    "{0} takes over the existing mailbox with {1,choice,1#1 message|1<{1} messages}"),
            Map.entry(
                    "mailbox_unknown",
                    "the engine is unavailable, so it is unknown whether a mailbox named {0} exists; a new user starts"
                            + " empty in any case"),
            Map.entry("not_answered", "{0} could not be checked in time"));

    private WarningPrint() {}

    /** One warning. What this version does not know is printed as it is. */
    static String line(String about, String value, String reason) {
        String words = WARNINGS.get(about);
        if (words == null) {
            return (about + " " + value + (reason.isEmpty() ? "" : " (" + reason + ")")).strip();
        }
        Object detail = reason.matches("[0-9]{1,15}") ? Long.valueOf(reason) : reason;
        return new MessageFormat(words, Locale.ENGLISH).format(new Object[] {value, detail});
    }
}
