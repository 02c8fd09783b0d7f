package org.posthouse.webadmin.form;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.InMemoryDirectory;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.setup.Installation;
import org.posthouse.webadmin.setup.SetUp;

/** A mail system as its installation leaves it, in memory: mail1 with all four agents on host1. */
public final class House implements AutoCloseable {

    public final InMemoryDirectory server = InMemoryDirectory.start();
    public final Directory directory = Directory.connect(server.address(), Clock.systemUTC());
    public final Place users = Place.of("ou=people,o=Acme,dc=posthouse");
    public final Place admin = users.child("cn", "admin");
    public final Place host = Place.of("cn=host1,o=Acme,dc=posthouse");
    public final Place mail1 = Place.of("ou=mail1,o=Internet Services,dc=posthouse");
    public final Place smtp = mail1.child("cn", "SMTP Agent");

    public House() {
        var agents = EnumSet.of(Kind.SMTP_AGENT, Kind.IMAP_AGENT, Kind.POP_AGENT);
        new Installation(directory)
                .run(new SetUp(
                        "admin",
                        "a long enough pass phrase",
                        "Acme",
                        "people",
                        "mail1",
                        new DomainName("example.com"),
                        List.of(new IpAddress("192.0.2.53")),
                        "host1",
                        true,
                        agents));
    }

    public Entry read(Place place) {
        return directory.read(place).orElseThrow();
    }

    public Tree tree() {
        return Tree.of(directory.configuration());
    }

    public Draft draft(Place place, String panel) {
        Entry entry = read(place);
        return Draft.of(directory, entry, entry.kind().panel(panel).orElseThrow());
    }

    Creation creation(Place container, Kind kind) {
        return Creation.of(directory, container, kind);
    }

    Entry user(String name) {
        return creation(users, Kind.USER)
                .run(new Answers(Map.of("loginName", name, "lastName", "Test", "password", "correct horse battery")));
    }

    @Override
    public void close() {
        directory.close();
        server.close();
    }
}
