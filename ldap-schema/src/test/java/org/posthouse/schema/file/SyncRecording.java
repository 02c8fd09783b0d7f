package org.posthouse.schema.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Records what the JVM syncs to the disk, by the flight recorder of the JDK, so that no product code has to tell. */
public final class SyncRecording {

    /** What is to be watched. */
    public interface Work {
        /** Does it. */
        void run() throws IOException;
    }

    private SyncRecording() {}

    /** The files and folders synced while work is done, in their order. */
    public static List<Path> of(Work work) throws IOException {
        Path dump = Files.createTempFile("syncs", ".jfr");
        try (var recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold().withoutStackTrace();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(dump);
            return RecordingFile.readAllEvents(dump).stream()
                    .sorted((one, two) -> one.getStartTime().compareTo(two.getStartTime()))
                    .map(event -> Path.of(event.getString("path")))
                    .toList();
        } finally {
            Files.delete(dump);
        }
    }
}
