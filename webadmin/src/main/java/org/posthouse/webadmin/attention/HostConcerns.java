package org.posthouse.webadmin.attention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Machine;
import org.posthouse.webadmin.pulse.Machine.Folder;

/** What is wrong with the machine of a host: disks that are full or soon will be, a clock that is off. */
final class HostConcerns {

    private static final Duration APART = Duration.ofSeconds(1);

    private HostConcerns() {}

    static List<Concern> of(Place host, Machine machine, Instant now) {
        var found = new ArrayList<Concern>();
        // Folders on one volume are full together; which of its folders hurts most is said.
        var volumes = new LinkedHashMap<String, Concern>();
        machine.folders()
                .forEach(folder -> concern(host, folder, now)
                        .ifPresent(concern -> volumes.merge(
                                folder.volume().isEmpty() ? folder.state() + folder.total() : folder.volume(),
                                concern,
                                HostConcerns::worse)));
        found.addAll(volumes.values());
        machine.clock()
                .filter(offset -> offset.isBeyond(APART))
                .ifPresent(offset -> found.add(
                        Concern.at(Severity.LAGGING, "clock", List.of(host.leaf()), host, Kind.HOST_SERVER, "")));
        return found;
    }

    private static Concern worse(Concern one, Concern other) {
        return other.severity().compareTo(one.severity()) < 0 ? other : one;
    }

    private static Optional<Concern> concern(Place host, Folder folder, Instant now) {
        long free = folder.free() >> 20;
        if (folder.state().equals("full")) {
            boolean directory = folder.use().equals("directory");
            return Optional.of(on(
                    host,
                    directory ? Severity.REJECTED : Severity.NO_MAIL,
                    directory ? "diskFullDirectory" : "diskFull",
                    List.of(host.leaf(), folder.path(), free)));
        }
        if (folder.isFilling(now)) {
            List<Object> values =
                    List.of(host.leaf(), folder.path(), free, folder.daysLeft(now), folder.perDay() >> 20);
            return Optional.of(on(host, Severity.FILLING, "diskFilling", values));
        }
        return folder.state().equals("low")
                ? Optional.of(on(
                        host, Severity.FILLING, "diskLow", List.of(host.leaf(), folder.path(), free, folder.percent())))
                : Optional.empty();
    }

    private static Concern on(Place host, Severity severity, String key, List<Object> values) {
        return Concern.at(severity, key, values, host, Kind.HOST_SERVER, "");
    }
}
