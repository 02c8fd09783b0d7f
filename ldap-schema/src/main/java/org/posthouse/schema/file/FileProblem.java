package org.posthouse.schema.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why a file or a folder cannot be used: the exceptions of the JDK often have a path for a message. */
public final class FileProblem {

    private FileProblem() {}

    /** The reason, to follow a colon. */
    public static String words(IOException failed) {
        String path = failed instanceof FileSystemException of ? of.getFile() : "";
        return switch (failed) {
            case AccessDeniedException denied -> "permission denied for " + path;
            case NoSuchFileException missing -> path + " does not exist and cannot be created";
            case FileAlreadyExistsException exists -> path + " is a file";
            case NotDirectoryException file -> path + " is not a folder";
            case FileSystemException other when other.getReason() != null -> other.getReason() + " (" + path + ")";
            default -> String.valueOf(failed.getMessage());
        };
    }
}
