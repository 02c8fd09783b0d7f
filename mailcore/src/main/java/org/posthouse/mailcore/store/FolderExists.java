package org.posthouse.mailcore.store;

/** Another session gave the name to a folder meanwhile, or a folder below the name has it. */
public final class FolderExists extends RuntimeException {

    private static final long serialVersionUID = 1;

    FolderExists() {
        super("folder", null, false, false);
    }
}
