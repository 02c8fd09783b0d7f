package org.posthouse.webadmin.history;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads lines of the journal by their marks; keeps files open between. */
final class LineReader implements AutoCloseable {

    private final Map<Path, FileChannel> files = new HashMap<>();

    Deed deed(Mark mark) {
        return Lines.deed(json(mark));
    }

    JsonObject json(Mark mark) {
        try {
            FileChannel in = files.get(mark.file());
            if (in == null) {
                in = FileChannel.open(mark.file());
                files.put(mark.file(), in);
            }
            byte[] line = Pages.at(in, mark.offset(), mark.length());
            return Lines.read(line, 0, line.length);
        } catch (IOException | JsonException unreadable) {
            throw new IllegalStateException("The history at " + mark.file() + " cannot be read", unreadable);
        }
    }

    @Override
    public void close() {
        for (FileChannel in : files.values()) {
            try {
                in.close();
            } catch (IOException ignored) {
                // It was only read from.
            }
        }
    }
}
