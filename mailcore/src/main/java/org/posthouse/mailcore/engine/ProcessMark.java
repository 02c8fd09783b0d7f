package org.posthouse.mailcore.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Names a process so that another process of the same machine can tell whether it still runs: the machine's boot, the
 * namespace of process numbers, the number, and the time of the start. Linux; elsewhere nothing is known of others.
 */
final class ProcessMark {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String UNKNOWN = "-";
    // The 22nd field of /proc/PID/stat (proc(5)); the first two end with the name in parentheses.
    private static final int START = 19;

    private ProcessMark() {}

    /** The mark of this process; without blanks. */
    static String own() {
        long number = ProcessHandle.current().pid();
        return here() + "/" + number + "/" + start(number);
    }

    /** Whether the process with this mark is known to have ended. */
    static boolean isGone(String mark) {
        return isHere(mark) && !isAlive(mark);
    }

    /** Whether the process with this mark is known to run. */
    static boolean isAlive(String mark) {
        List<String> parts = List.of(mark.split("/"));
        try {
            return isHere(mark) && start(Long.parseLong(parts.get(2))).equals(parts.get(3));
        } catch (NumberFormatException malformed) {
            return false;
        }
    }

    private static boolean isHere(String mark) {
        return mark.split("/").length == 4 && !mark.contains(UNKNOWN + "/") && mark.startsWith(here() + "/");
    }

    private static String here() {
        try {
            String space = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return Files.readString(BOOT).strip() + "/" + space.replaceAll("[^0-9]", "");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return UNKNOWN + "/" + UNKNOWN;
        }
    }

    private static String start(long number) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(number), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START];
        } catch (IOException ended) {
            return UNKNOWN;
        }
    }
}
