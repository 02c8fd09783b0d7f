package org.posthouse.mailcore.status;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The machine an engine runs on, looked at whenever it is asked for: nothing of it is kept, and a change of it is no news
 * of the board.
 */
public final class Machine {

    /** Below so many octets, or below a tenth of its volume, a folder is short of space. */
    private static final long LITTLE = 1L << 30;

    private static final Path RELEASE = Path.of("/etc/os-release");

    /**
     * A folder that fills up.
     *
     * @param use the option that names it, or "home"
     * @param server the place of the messaging server it belongs to, or ""
     * @param path where it is
     * @param floor the free octets below which that server takes no more mail; 0 when there is no such limit
     */
    public record Folder(String use, String server, Path path, long floor) {}

    private final Supplier<List<Folder>> folders;

    /** With the folders of the servers that run now. */
    public Machine(Supplier<List<Folder>> folders) {
        this.folders = folders;
    }

    /** Operating system, Java, memory and disks as they are now. Sizes are octets. */
    Map<String, Object> facts() {
        var memory = Runtime.getRuntime();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("system", system());
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("processors", memory.availableProcessors());
        facts.put("java", Runtime.version().toString());
        facts.put("vendor", System.getProperty("java.vendor", ""));
        facts.put("process", ProcessHandle.current().pid());
        facts.put("heapUsed", memory.totalMemory() - memory.freeMemory());
        facts.put("heapMost", memory.maxMemory());
        facts.put("folders", folders.get().stream().map(Machine::folder).toList());
        return facts;
    }

    // freedesktop.org, os-release(5): NAME="value" lines.
    private static String system() {
        try {
            return Files.readAllLines(RELEASE).stream()
                    .filter(line -> line.startsWith("PRETTY_NAME="))
                    .map(line -> line.substring(12).replace("\"", ""))
                    .findFirst()
                    .orElse("");
        } catch (IOException unnamed) {
            return "";
        }
    }

    private static Map<String, Object> folder(Folder folder) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("use", folder.use());
        shown.put("server", folder.server());
        shown.put("path", folder.path());
        try {
            FileStore volume = Files.getFileStore(existing(folder.path()));
            long free = volume.getUsableSpace();
            long total = volume.getTotalSpace();
            shown.put("free", free);
            shown.put("total", total);
            shown.put("state", state(free, total, folder.floor()));
        } catch (IOException unreadable) {
            shown.put("state", "unknown");
            shown.put("reason", String.valueOf(unreadable.getMessage()));
        }
        return shown;
    }

    /** "enough", "low", or "full" when the server takes no more mail. */
    static String state(long free, long total, long floor) {
        if (floor > 0 && free < floor) {
            return "full";
        }
        return free < 2 * floor || free < LITTLE || free < total / 10 ? "low" : "enough";
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
