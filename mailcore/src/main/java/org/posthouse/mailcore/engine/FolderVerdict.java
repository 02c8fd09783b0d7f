package org.posthouse.mailcore.engine;

import java.nio.file.Path;
import java.util.Locale;
import org.posthouse.mailcore.status.Orders.Verdict;
import org.posthouse.mailcore.store.FolderTrial;

/**
 * What came of trying a folder for a use.
 *
 * @param finding what was found
 * @param folder where it is
 * @param detail what goes with the finding, such as who uses it or how many mailboxes are concerned; may be ""
 */
record FolderVerdict(Finding finding, Path folder, String detail) {

    /** What can be found, of a folder alone or of its use. */
    enum Finding {
        GOOD,
        SYSTEM,
        LINK,
        FILE,
        DENIED,
        FULL,
        OPEN,
        /** Something else works in it, around it, or inside it. */
        USED,
        /** It can be used, and the mailboxes of the folder in use stay where they are. */
        EMPTY,
        /** It can be used and is empty, and the mailboxes of the folder in use are gone. */
        LOST,
        /** It can be used, and has a message store already. */
        STORE
    }

    /** What was found of the folder alone. */
    static FolderVerdict of(FolderTrial trial, Path folder) {
        return new FolderVerdict(Finding.valueOf(trial.finding().name()), folder, trial.detail());
    }

    /** Whether a server can work there. */
    boolean isUsable() {
        return finding == Finding.GOOD
                || finding == Finding.EMPTY
                || finding == Finding.LOST
                || finding == Finding.STORE;
    }

    /** For the console. */
    Verdict verdict() {
        return new Verdict(finding.name().toLowerCase(Locale.ROOT), folder.toString(), detail);
    }

    /** Why it cannot be used, as a sentence. */
    String reason() {
        return switch (finding) {
            case SYSTEM -> "The folder " + folder + " belongs to the operating system or is shared by many programs.";
            case LINK -> "The folder " + folder + " is or contains a link to " + detail + ". Enter the folder itself.";
            case FILE -> "The folder " + folder + " cannot be created: " + detail + " is a file.";
            case DENIED -> "The folder " + folder + " cannot be used: " + detail + ".";
            case FULL -> "The volume of " + folder + " has only " + detail + " of free space.";
            case OPEN -> "Every user of the host can write in the folder " + folder + ".";
            case USED -> "The folder " + folder + " is already used: " + detail + ".";
            case GOOD, EMPTY, LOST, STORE -> "";
        };
    }
}
