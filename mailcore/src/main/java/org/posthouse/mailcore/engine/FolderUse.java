package org.posthouse.mailcore.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.FolderPath;

/** What a messaging server needs a folder for; each is an option of the server or its NMAP Agent. */
enum FolderUse {
    /** The mailboxes and the queue. */
    MESSAGE_STORE("messageStore", "Message Store"),
    /** Files that come and go. */
    TEMP_DIRECTORY("tempDirectory", "Temp Directory"),
    /** Files that last, such as copies of the certificate. */
    DBF_DIRECTORY("dbfDirectory", "DBF Directory");

    private final String option;
    private final String label;

    FolderUse(String option, String label) {
        this.option = option;
        this.label = label;
    }

    /** The option's name in the catalogue. */
    String option() {
        return option;
    }

    /** The option's name on its page. */
    String label() {
        return label;
    }

    /** The folder these settings name; empty when the server has no agent for it. */
    Optional<FolderPath> named(Snapshot settings) {
        return switch (this) {
            case MESSAGE_STORE ->
                settings.server()
                        .agent(Kind.NMAP_AGENT)
                        .map(agent -> agent.page(NmapParameters.class).messageStore());
            case TEMP_DIRECTORY ->
                Optional.of(settings.server().identification().tempDirectory());
            case DBF_DIRECTORY -> Optional.of(settings.server().identification().dbfDirectory());
        };
    }

    /** The same as a path. */
    Optional<Path> path(Snapshot settings, Path home) {
        return named(settings).map(folder -> folder.in(home).toAbsolutePath());
    }
}
