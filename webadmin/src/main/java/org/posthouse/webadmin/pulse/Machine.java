package org.posthouse.webadmin.pulse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The machine an engine runs on, as its engine sees it. Sizes are octets.
 *
 * @param system what the operating system calls itself
 * @param kernel its kernel with version
 * @param architecture of its processors
 * @param processors how many the engine may use
 * @param java version of the virtual machine
 * @param vendor who made that
 * @param process number of the engine's process
 * @param heapUsed memory in use
 * @param heapMost memory it may use
 * @param folders what fills up
 * @param clock how far its clock is ahead; empty when that could not be measured
 */
public record Machine(
        String system,
        String kernel,
        String architecture,
        long processors,
        String java,
        String vendor,
        long process,
        long heapUsed,
        long heapMost,
        List<Folder> folders,
        Optional<ClockOffset> clock) {

    /**
     * A folder of the engine.
     *
     * @param use the option that names it, or "home"
     * @param server the place of the messaging server it belongs to, or ""
     * @param path where it is
     * @param volume the name of its volume; "" when an engine of an earlier version does not say
     * @param free octets left on its volume
     * @param total octets of its volume; 0 when that is not known
     * @param state "enough", "low", "full" when the server takes no mail or the directory no changes, or "unknown"
     * @param reason why it is unknown
     * @param fullAt when the space is used up at the present rate; empty without a forecast
     * @param perDay octets that a day takes at that rate; 0 without a forecast
     */
    public record Folder(
            String use,
            String server,
            String path,
            String volume,
            long free,
            long total,
            String state,
            String reason,
            Optional<Instant> fullAt,
            long perDay) {

        private static final Duration DAYS_AHEAD = Duration.ofDays(7);

        /** Whether the space is used up within a week at the present rate. */
        public boolean isFilling(Instant now) {
            return fullAt.filter(at -> at.isBefore(now.plus(DAYS_AHEAD))).isPresent();
        }

        /** The whole days until then; 0 without a forecast. */
        public long daysLeft(Instant now) {
            return fullAt.map(at -> Math.max(0, Duration.between(now, at).toDays()))
                    .orElse(0L);
        }

        /** How much of the volume is taken, in percent. */
        public long percent() {
            return total <= 0 ? 0 : Math.clamp(100 - free * 100 / total, 0, 100);
        }
    }

    /** How much of the memory is in use, in percent. */
    public long heapPercent() {
        return heapMost <= 0 ? 0 : Math.clamp(heapUsed * 100 / heapMost, 0, 100);
    }

    /** The same with the clock measured. */
    Machine at(Optional<ClockOffset> measured) {
        return new Machine(
                system, kernel, architecture, processors, java, vendor, process, heapUsed, heapMost, folders, measured);
    }
}
