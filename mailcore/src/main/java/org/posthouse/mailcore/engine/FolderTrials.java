package org.posthouse.mailcore.engine;

import java.util.Optional;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.RocksVault;
import org.posthouse.mailcore.store.Vault;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.FolderPath;

/**
 * Tries folders for a messaging server before they are saved, without consequence.
 *
 * @param folders where it works now
 * @param office its mail, while its NMAP Agent runs
 * @param inForce its settings
 */
record FolderTrials(WorkingFolders folders, Optional<Office> office, Snapshot inForce) {

    /** What comes of working in a folder for this use. Costs a write to the disk; counts mailboxes. */
    FolderVerdict of(FolderUse use, String folder) {
        long space = use == FolderUse.MESSAGE_STORE ? minimumSpace() : 0;
        FolderVerdict verdict = folders.tried(use, new FolderPath(folder).in(folders.home()), space);
        if (verdict.finding() != FolderVerdict.Finding.EMPTY) {
            return verdict;
        }
        if (folders.isStoreLost()) {
            return new FolderVerdict(FolderVerdict.Finding.LOST, verdict.folder(), "");
        }
        long left = mailboxes();
        return left == 0
                ? new FolderVerdict(FolderVerdict.Finding.GOOD, verdict.folder(), "")
                : new FolderVerdict(FolderVerdict.Finding.EMPTY, verdict.folder(), Long.toString(left));
    }

    /** How many mailboxes the server keeps; asked of the disk. */
    long mailboxes() {
        return office.map(Office::vault).map(Vault::mailboxes).orElseGet(this::mailboxesAtRest);
    }

    private long mailboxesAtRest() {
        return folders.path(FolderUse.MESSAGE_STORE)
                .filter(RocksVault::isIn)
                .map(RocksVault::mailboxesIn)
                .orElse(0L);
    }

    private long minimumSpace() {
        return inForce.server()
                .agent(Kind.NMAP_AGENT)
                .map(agent -> agent.page(NmapParameters.class).minimumSpace() << 10)
                .orElse(0L);
    }
}
