package org.posthouse.mailcore.status;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.status.SpaceTrend.Forecast;
import org.posthouse.mailcore.status.SpaceTrend.Reading;
import org.posthouse.mailcore.status.SpaceTrend.Slope;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.file.DirectorySpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The free space of folders now, and a forecast of when it is used up. Reads the free space of each volume once a minute
 * and keeps the readings of a week in a file, so that the forecast survives a restart.
 *
 * <p>Safe for use by several threads. Measuring a folder costs one call of the operating system.
 */
public final class DiskSpace {

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

    /** Below so many octets, or below a tenth of its volume, a folder is short of space. */
    private static final long LITTLE = 1L << 30;

    private static final Duration EACH = Duration.ofMinutes(1);
    private static final Duration SAVED_EACH = Duration.ofMinutes(10);
    private static final int PARTS = 4;

    /**
     * A volume as it is now.
     *
     * @param name what tells it from other volumes of the host
     * @param free octets that may be written
     * @param total octets of the whole
     */
    record Volume(String name, long free, long total) {}

    /** Looks at the volume of an existing folder; a test has its own. */
    interface Measure {
        Volume of(Path folder) throws IOException;
    }

    /** What is remembered of a volume; how fast it fills up is worked out when somebody asks. */
    private static final class Past {

        private final long total;
        private final List<Reading> readings;
        private final Instant now;
        private @Nullable List<Slope> slopes;

        Past(long total, List<Reading> readings, Instant now) {
            this.total = total;
            this.readings = SpaceTrend.thinned(readings, now);
            this.now = now;
        }

        List<Slope> slopes() {
            List<Slope> known = slopes;
            if (known == null) {
                known = SpaceTrend.slopes(readings, now);
                slopes = known;
            }
            return known;
        }
    }

    private final Path file;
    private final Clock clock;
    private final Measure measure;
    private final Map<String, Past> volumes = new TreeMap<>();
    private Instant read = Instant.MIN;
    private Instant saved;
    private boolean unsaved;

    /** Keeps its readings in this file, whose folder need not exist yet. */
    public DiskSpace(Path file, Clock clock) {
        this(file, clock, DiskSpace::volume);
    }

    DiskSpace(Path file, Clock clock, Measure measure) {
        this.file = file;
        this.clock = clock;
        this.measure = measure;
        this.saved = clock.instant();
        load();
    }

    private static Volume volume(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return new Volume(store.toString(), store.getUsableSpace(), store.getTotalSpace());
    }

    /** The space of a folder now. */
    public FolderSpace of(Machine.Folder folder) {
        try {
            Volume volume = measure.of(existing(folder.path()));
            long floor =
                    folder.use().equals(Machine.DIRECTORY) ? DirectorySpace.required(volume.total()) : folder.floor();
            Optional<Forecast> forecast = forecast(volume, floor);
            return new FolderSpace(
                    folder.use(),
                    folder.server(),
                    folder.path(),
                    volume.name(),
                    volume.free(),
                    volume.total(),
                    state(volume.free(), volume.total(), floor),
                    "",
                    forecast.map(Forecast::fullAt),
                    forecast.map(Forecast::perDay).orElse(0L));
        } catch (IOException unreadable) {
            return new FolderSpace(
                    folder.use(),
                    folder.server(),
                    folder.path(),
                    "",
                    0,
                    0,
                    FolderSpace.State.UNKNOWN,
                    String.valueOf(unreadable.getMessage()),
                    Optional.empty(),
                    0);
        }
    }

    private synchronized Optional<Forecast> forecast(Volume volume, long floor) {
        return Optional.ofNullable(volumes.get(volume.name()))
                .filter(past -> past.total == volume.total())
                .flatMap(past -> SpaceTrend.forecast(past.slopes(), volume.free() - floor, clock.instant()));
    }

    /** Whether so much free space of a volume is enough when less than {@code floor} octets are too little. */
    static FolderSpace.State state(long free, long total, long floor) {
        if (floor > 0 && free < floor) {
            return FolderSpace.State.FULL;
        }
        return free < 2 * floor || free < LITTLE || free < total / 10
                ? FolderSpace.State.LOW
                : FolderSpace.State.ENOUGH;
    }

    /** Takes the readings of these folders if their minute has come; call it every second or so. */
    public synchronized void look(Collection<Machine.Folder> folders) {
        Instant now = clock.instant();
        if (!read.equals(Instant.MIN) && !now.isBefore(read) && now.isBefore(read.plus(EACH))) {
            return;
        }
        read = now;
        Set<String> seen = new HashSet<>();
        for (Machine.Folder folder : folders) {
            try {
                Volume volume = measure.of(existing(folder.path()));
                if (seen.add(volume.name())) {
                    note(volume, now);
                }
            } catch (IOException unreadable) {
                LOG.debug("{} cannot be measured", folder.path(), unreadable);
            }
        }
        if (now.isBefore(saved) || !now.isBefore(saved.plus(SAVED_EACH))) {
            save();
        }
    }

    // A volume of another size is another volume.
    private void note(Volume volume, Instant now) {
        var readings = new ArrayList<Reading>();
        Optional.ofNullable(volumes.get(volume.name()))
                .filter(past -> past.total == volume.total())
                .ifPresent(past -> readings.addAll(past.readings));
        readings.add(new Reading(now, volume.free()));
        volumes.put(volume.name(), new Past(volume.total(), readings, now));
        unsaved = true;
    }

    /** Writes the readings to the file. A disk that refuses them is logged: the next readings are tried again. */
    public synchronized void save() {
        if (!unsaved) {
            return;
        }
        saved = clock.instant();
        var text = new StringBuilder();
        volumes.forEach((name, past) ->
                past.readings.forEach(reading -> text.append(reading.at().getEpochSecond())
                        .append(' ')
                        .append(reading.free())
                        .append(' ')
                        .append(past.total)
                        .append(' ')
                        .append(name.replaceAll("\\R", " "))
                        .append('\n')));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.replace(file, text.toString());
            unsaved = false;
        } catch (IOException refused) {
            LOG.warn("The readings of free space cannot be written to {}: {}", file, refused.toString());
        }
    }

    private void load() {
        try {
            Instant now = clock.instant();
            var lines = Files.readAllLines(file);
            var found = new TreeMap<String, List<Reading>>();
            var totals = new TreeMap<String, Long>();
            for (String line : lines) {
                String[] parts = line.split(" ", PARTS);
                if (parts.length < PARTS) {
                    throw new IOException("\"" + line + "\" is no reading");
                }
                found.computeIfAbsent(parts[3], none -> new ArrayList<>())
                        .add(new Reading(Instant.ofEpochSecond(Long.parseLong(parts[0])), Long.parseLong(parts[1])));
                totals.put(parts[3], Long.parseLong(parts[2]));
            }
            found.forEach(
                    (name, readings) -> volumes.put(name, new Past(totals.getOrDefault(name, 0L), readings, now)));
        } catch (NoSuchFileException first) {
            LOG.debug("{} does not exist yet", file);
        } catch (IOException | NumberFormatException | DateTimeException unreadable) {
            volumes.clear();
            LOG.warn("{} cannot be read; the forecast of free space starts anew: {}", file, unreadable.toString());
        }
    }

    // What is not made yet will be made on the volume of the folder above it.
    private static Path existing(Path folder) {
        Path found = folder.toAbsolutePath();
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }
}
