package org.posthouse.webadmin.attention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Machine;
import org.posthouse.webadmin.pulse.Machine.Folder;

/** What is wrong with the machine of a host: full disks, a clock that is off. */
final class HostConcerns {

    private static final Duration APART = Duration.ofSeconds(1);

    private HostConcerns() {}

    static List<Concern> of(Place host, Machine machine) {
        var found = new ArrayList<Concern>();
        // Folders on one volume are full together.
        var volumes = new LinkedHashMap<String, Folder>();
        machine.folders().stream()
                .filter(folder ->
                        folder.state().equals("full") || folder.state().equals("low"))
                .forEach(folder -> volumes.putIfAbsent(folder.state() + folder.total(), folder));
        volumes.values().forEach(folder -> found.add(volume(host, folder)));
        machine.clock()
                .filter(offset -> offset.isBeyond(APART))
                .ifPresent(offset -> found.add(
                        Concern.at(Severity.LAGGING, "clock", List.of(host.leaf()), host, Kind.HOST_SERVER, "")));
        return found;
    }

    private static Concern volume(Place host, Folder folder) {
        boolean full = folder.state().equals("full");
        return Concern.at(
                full ? Severity.NO_MAIL : Severity.FILLING,
                full ? "diskFull" : "diskLow",
                List.of(host.leaf(), folder.path(), folder.free() >> 20, folder.percent()),
                host,
                Kind.HOST_SERVER,
                "");
    }
}
