package org.posthouse.mailcore.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The machine an engine runs on, looked at whenever it is asked for; only the free space of its disks is remembered. A change
 * of it is no news of the board.
 */
public final class Machine {

    /** The use of the embedded directory's folder. */
    public static final String DIRECTORY = "directory";

    private static final Path RELEASE = Path.of("/etc/os-release");

    /**
     * A folder that fills up.
     *
     * @param use the option that names it, or "home", {@link #DIRECTORY}, or "history"
     * @param server the place of the messaging server it belongs to, or ""
     * @param path where it is
     * @param floor the free octets below which that server takes no more mail; 0 when there is no such limit
     */
    public record Folder(String use, String server, Path path, long floor) {}

    private final Supplier<List<Folder>> folders;
    private final DiskSpace space;

    /** With the folders of the servers that run now, and what measures them. */
    public Machine(Supplier<List<Folder>> folders, DiskSpace space) {
        this.folders = folders;
        this.space = space;
    }

    /** Reads the free space of each folder if it is time to; call it every second or so. */
    public void look() {
        space.look(folders.get());
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
        facts.put(
                "folders",
                folders.get().stream().map(folder -> space.of(folder).shown()).toList());
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
}
