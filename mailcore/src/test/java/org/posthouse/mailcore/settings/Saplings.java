package org.posthouse.mailcore.settings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Entries of messaging servers, made by hand. */
final class Saplings {

    static final Place SERVICES = Place.of("o=Internet Services,dc=posthouse");

    private final Map<Place, Entry> entries = new HashMap<>();
    private long revision;

    Saplings() {
        put(SERVICES, Kind.INTERNET_SERVICES, Map.of());
    }

    static Place server(String name) {
        return SERVICES.child("ou", name);
    }

    static Place agent(String server, Kind kind) {
        return server(server).child("cn", kind.label());
    }

    /** A server with NMAP and SMTP Agents. */
    Saplings with(String name, Map<String, String> more) {
        var attributes = new HashMap<>(Map.of(
                "posthouseHost", "cn=host1,o=Acme,dc=posthouse",
                "posthousePostmaster", "cn=anna,o=Acme,dc=posthouse",
                "posthouseOfficialDomain", name + ".example"));
        attributes.putAll(more);
        put(server(name), Kind.MESSAGING_SERVER, attributes);
        put(agent(name, Kind.NMAP_AGENT), Kind.NMAP_AGENT, Map.of());
        put(agent(name, Kind.SMTP_AGENT), Kind.SMTP_AGENT, Map.of());
        return this;
    }

    Saplings put(Place place, Kind kind, Map<String, String> attributes) {
        var lists = new HashMap<String, List<String>>();
        attributes.forEach((name, value) -> lists.put(name, List.of(value)));
        entries.put(place, new Entry(place, kind, ++revision, lists));
        return this;
    }

    Saplings without(Place place) {
        entries.remove(place);
        return this;
    }

    List<Entry> all() {
        return new ArrayList<>(entries.values());
    }

    /** The snapshot of a server as these entries have it. */
    Snapshot snapshot(String name) {
        Snapshot found = new Branches().adopt(all()).on("HOST1", Instant.EPOCH).get(server(name));
        if (found == null) {
            throw new AssertionError("no " + name);
        }
        return found;
    }
}
