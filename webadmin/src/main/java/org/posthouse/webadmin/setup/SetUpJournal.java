package org.posthouse.webadmin.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects that a set-up creates, so that one that fails or is cut off leaves nothing behind. With a file
 * ({@code HOME/setup-objects}: one distinguished name per line, synced before the object is created), the next set-up
 * also finds what a killed one left.
 */
final class SetUpJournal {

    private static final Logger LOG = LoggerFactory.getLogger(SetUpJournal.class);

    private final @Nullable Path file;
    private final List<Place> places = new ArrayList<>();

    /** In a file of this home; without a home, in memory alone. */
    SetUpJournal(@Nullable Path home) {
        this.file = home == null ? null : home.resolve("setup-objects");
    }

    /** Notes an object that is about to be created. Throws UncheckedIOException when that cannot be written. */
    void note(Place place) {
        places.add(place);
        if (file == null) {
            return;
        }
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap((place + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Takes up what a set-up before this one has noted and never forgot. */
    void takeUp() {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(Place::of)
                    .forEach(places::add);
        } catch (IOException | IllegalArgumentException cutOff) {
            LOG.warn("{} cannot be read to its end: {}", file, cutOff.getMessage());
        }
    }

    /** Deletes what was noted, the last first. What others have put into it since stays, and it with that. */
    void undo(Directory directory) {
        for (Place place : List.copyOf(places).reversed()) {
            try {
                directory.read(place).ifPresent(entry -> delete(directory, entry));
            } catch (DirectoryException stays) {
                LOG.warn("An unfinished setup left {} behind: {}", place, stays.getMessage());
                return;
            }
        }
        forget();
    }

    private static void delete(Directory directory, Entry entry) {
        boolean whole = entry.kind() == Kind.MESSAGING_SERVER || entry.kind() == Kind.INTERNET_SERVICES;
        if (whole || !directory.hasChildren(entry.place())) {
            directory.delete(entry.place(), entry.revision());
            LOG.info("Deleted {}, which an unfinished setup had created", entry.place());
        }
    }

    /** Forgets everything: the set-up is complete, or undone. */
    void forget() {
        places.clear();
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stays) {
            // It is only read while nothing is set up.
            LOG.warn("{} cannot be deleted: {}", file, stays.getMessage());
        }
    }
}
