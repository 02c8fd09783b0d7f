package org.posthouse.schema.directory;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** A small tree to try things on: Internet Services, an organisation with people, a host, new servers. */
record Nursery(Directory directory) {

    static Nursery in(Directory directory) {
        directory.prepareRoot();
        empty(directory, directory.internetServices());
        empty(directory, directory.root());
        var nursery = new Nursery(directory);
        directory.create(nursery.object(directory.internetServices(), Kind.INTERNET_SERVICES, Map.of()));
        directory.createAll(List.of(
                nursery.object(nursery.acme(), Kind.ORGANIZATION, Map.of()),
                nursery.object(nursery.people(), Kind.ORGANIZATIONAL_UNIT, Map.of()),
                nursery.object(nursery.host(), Kind.HOST_SERVER, Map.of())));
        return nursery;
    }

    // Internet Services goes last: it hands out the numbers.
    private static void empty(Directory directory, Place container) {
        directory.children(container, Directory.Query.first(100)).entries().stream()
                .sorted(Comparator.comparing(old -> old.kind() == Kind.INTERNET_SERVICES))
                .forEach(old -> directory.delete(old.place(), old.revision()));
    }

    NewObject object(Place place, Kind kind, Map<String, List<String>> attributes) {
        return new NewObject(place, kind, attributes);
    }

    Place acme() {
        return directory.root().child("o", "Acme");
    }

    Place people() {
        return acme().child("ou", "people");
    }

    Place host() {
        return acme().child("cn", "host1");
    }

    Place person(String name) {
        return people().child("cn", name);
    }

    NewObject user(String name) {
        return object(person(name), Kind.USER, Map.of("sn", List.of("Test")));
    }

    Place server(String name) {
        return directory.internetServices().child("ou", name);
    }

    /** A messaging server with these attributes besides the mandatory ones, and an NMAP Agent. */
    List<NewObject> serverWithAgent(String name, Map<String, List<String>> more) {
        var attributes = new LinkedHashMap<>(Map.of(
                "posthouseHost", List.of(host().toString()),
                "posthousePostmaster", List.of(person("anna").toString()),
                "posthouseOfficialDomain", List.of("example.com")));
        attributes.putAll(more);
        return List.of(
                object(server(name), Kind.MESSAGING_SERVER, attributes),
                object(agent(name, Kind.NMAP_AGENT), Kind.NMAP_AGENT, Map.of()),
                object(agent(name, Kind.SMTP_AGENT), Kind.SMTP_AGENT, Map.of()));
    }

    Place agent(String server, Kind kind) {
        return server(server).child("cn", kind.label());
    }
}
