package org.posthouse.schema.value;

import java.nio.file.Path;

/**
 * A folder on the server's disk. A relative one lies in the engine's home; none may climb out of where it says it is.
 */
public record FolderPath(String text) {

    /** Throws IllegalArgumentException when the text cannot be a folder or holds "..". */
    public FolderPath {
        text = text.strip();
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("is not a folder name");
        }
        for (Path part : Path.of(text)) {
            if (part.toString().equals("..")) {
                throw new IllegalArgumentException("must not climb with \"..\"");
            }
        }
    }

    /** Where it is, given the engine's home. */
    public Path in(Path home) {
        return home.resolve(text).normalize();
    }

    @Override
    public String toString() {
        return text;
    }
}
