package org.posthouse.webadmin.boot.directory;

import org.jspecify.annotations.Nullable;

/** The embedded directory cannot run; the message says why in words an administrator can act on. */
public final class DirectoryUnavailable extends RuntimeException {

    DirectoryUnavailable(String why) {
        this(why, null);
    }

    DirectoryUnavailable(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
