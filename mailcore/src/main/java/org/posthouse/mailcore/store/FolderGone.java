package org.posthouse.mailcore.store;

/** The folder was deleted meanwhile, by another session. */
public final class FolderGone extends RuntimeException {

    private static final long serialVersionUID = 1;

    FolderGone() {
        super("folder", null, false, false);
    }
}
