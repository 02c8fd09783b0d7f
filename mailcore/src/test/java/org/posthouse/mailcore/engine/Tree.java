package org.posthouse.mailcore.engine;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryAddress;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * A directory in memory with Internet Services, one organisation with people, and a host; servers are added as wanted.
 */
public final class Tree implements AutoCloseable {

    public static final String SECRET = "system-secret-of-the-tests";
    public static final String HOST = "host1";

    private final InMemoryDirectoryServer server;
    private final int port;
    private final Directory directory;

    private Tree(InMemoryDirectoryServer server) {
        this.server = server;
        this.port = server.getListenPort();
        this.directory = Directory.connect(address(), Clock.systemUTC());
    }

    /** A tree with users anna and bob, password as the name. */
    public static Tree planted() {
        try {
            var config = new InMemoryDirectoryServerConfig("dc=posthouse");
            config.addAdditionalBindCredentials("cn=service", "memory-test-secret");
            config.setSchema(Schema.mergeSchemas(Schema.getDefaultStandardSchema(), posthouse()));
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("loopback", InetAddress.getLoopbackAddress(), 0, null));
            var server = new InMemoryDirectoryServer(config);
            server.startListening();
            var tree = new Tree(server);
            tree.plant();
            return tree;
        } catch (LDAPException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Schema posthouse() {
        byte[] ldif = org.posthouse.schema.ldif.Schema.ldif().getBytes(StandardCharsets.UTF_8);
        try (var reader = new LDIFReader(new ByteArrayInputStream(ldif))) {
            return new Schema(Objects.requireNonNull(reader.readEntry()));
        } catch (IOException | LDIFException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Remembers the directory as it is now; running the result brings it back to that, as a restored backup does. */
    public Runnable backup() {
        var then = server.createSnapshot();
        return () -> server.restoreSnapshot(then);
    }

    private void plant() {
        directory.prepareRoot();
        directory.create(new NewObject(
                directory.internetServices(),
                Kind.INTERNET_SERVICES,
                Map.of("posthouseSystemSecret", List.of(SECRET))));
        directory.create(new NewObject(acme(), Kind.ORGANIZATION, Map.of()));
        directory.create(new NewObject(people(), Kind.ORGANIZATIONAL_UNIT, Map.of()));
        directory.create(new NewObject(acme().child("cn", HOST), Kind.HOST_SERVER, Map.of()));
        user("anna");
        user("bob");
    }

    public DirectoryAddress address() {
        return new DirectoryAddress(
                "ldap://127.0.0.1:" + port, Place.of("dc=posthouse"), "cn=service", "memory-test-secret");
    }

    public Directory directory() {
        return directory;
    }

    /** A new connection, as an engine makes one. */
    public Directory connect() {
        return Directory.connect(address(), Clock.systemUTC());
    }

    public Place acme() {
        return directory.root().child("o", "Acme");
    }

    public Place people() {
        return acme().child("ou", "people");
    }

    public Place person(String name) {
        return people().child("cn", name);
    }

    public Place server(String name) {
        return directory.internetServices().child("ou", name);
    }

    public Place agent(String server, Kind kind) {
        return server(server).child("cn", kind.label());
    }

    public void user(String name) {
        directory.create(new NewObject(person(name), Kind.USER, Map.of("sn", List.of("Test"))));
        directory.setPassword(person(name), name);
    }

    /** What a messaging server of this host at an address of its own has at least. */
    public Map<String, List<String>> serverAttributes(String address) {
        return Map.of(
                "posthouseHost", List.of(acme().child("cn", HOST).toString()),
                "posthousePostmaster", List.of(person("anna").toString()),
                "posthouseOfficialDomain", List.of("example.com"),
                "posthouseIpAddress", List.of(address),
                "posthouseForceBind", List.of("TRUE"));
    }

    /** A messaging server at an address of its own, with these agents. */
    public void server(String name, String address, Map<String, List<String>> more, Kind... agents) {
        var attributes = new HashMap<>(serverAttributes(address));
        attributes.putAll(more);
        directory.create(new NewObject(server(name), Kind.MESSAGING_SERVER, attributes));
        for (Kind agent : agents) {
            directory.create(new NewObject(agent(name, agent), agent, Map.of()));
        }
    }

    /** Saves values of an object on top of whatever an engine writes there meanwhile; returns its new revision. */
    public long save(Place place, Map<String, List<String>> values) {
        while (true) {
            Entry now = directory.read(place).orElseThrow();
            try {
                return directory
                        .save(place, now.attributes(), values, now.revision())
                        .revision();
            } catch (Conflict faster) {
                // An engine was faster; what it wrote is read and kept.
            }
        }
    }

    /** The revision of an object as it is now. */
    public long revision(Place place) {
        return directory.read(place).orElseThrow().revision();
    }

    /** Writes past all checks, as a foreign LDAP tool would. */
    public void scribble(Place place, String attribute, String value) {
        try {
            server.modify("dn: " + place, "changetype: modify", "replace: " + attribute, attribute + ": " + value);
            long version = directory.configVersion();
            server.modify(
                    "dn: " + directory.internetServices(),
                    "changetype: modify",
                    "replace: posthouseConfigVersion",
                    "posthouseConfigVersion: " + (version + 1));
        } catch (LDAPException | LDIFException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Gives an object another name, as a foreign LDAP tool would. */
    public void rename(Place place, String name) {
        try {
            server.modifyDN(place.toString(), "cn=" + name, true, null);
        } catch (LDAPException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Deletes past all checks, as a foreign LDAP tool would. */
    public void uproot(Place place) {
        try {
            server.delete(place.toString());
        } catch (LDAPException refused) {
            throw new IllegalStateException(refused);
        }
    }

    public void goDown() {
        server.shutDown(true);
    }

    /** Is there again, and everybody in this process knows it. */
    public void comeUp() {
        try {
            server.startListening();
        } catch (LDAPException impossible) {
            throw new IllegalStateException(impossible);
        }
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (directory.availability().outage().isPresent() && System.nanoTime() < end) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        directory.close();
        server.shutDown(true);
    }
}
