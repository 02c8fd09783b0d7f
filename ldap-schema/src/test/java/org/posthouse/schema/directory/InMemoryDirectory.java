package org.posthouse.schema.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ReadOnlySearchRequest;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.posthouse.schema.value.Place;

/** The LDAP SDK's own server with Posthouse's schema and an empty tree, for tests. */
public final class InMemoryDirectory implements AutoCloseable {

    private static final String PASSWORD = "memory-test-secret";

    /** What a search meets before it is answered. */
    public interface Obstacle {
        /** Waits, or throws what the server answers instead. */
        void meet(ReadOnlySearchRequest search) throws LDAPException;
    }

    private static final class Obstacles extends InMemoryOperationInterceptor {

        private volatile Obstacle obstacle = search -> {};
        private final LongAdder binds = new LongAdder();

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
            binds.increment();
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
            obstacle.meet(request.getRequest());
        }
    }

    private final InMemoryDirectoryServer server;
    private final Obstacles obstacles;

    private InMemoryDirectory(InMemoryDirectoryServer server, Obstacles obstacles) {
        this.server = server;
        this.obstacles = obstacles;
    }

    /** Puts something in the way of each search from now on. */
    public void obstruct(Obstacle obstacle) {
        obstacles.obstacle = obstacle;
    }

    /** How many passwords were checked. */
    public long binds() {
        return obstacles.binds.sum();
    }

    /** Starts one on a free loopback port. */
    public static InMemoryDirectory start() {
        try {
            var config = new InMemoryDirectoryServerConfig("dc=posthouse");
            config.addAdditionalBindCredentials("cn=service", PASSWORD);
            config.setSchema(Schema.mergeSchemas(Schema.getDefaultStandardSchema(), posthouse()));
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("loopback", InetAddress.getLoopbackAddress(), 0, null));
            var obstacles = new Obstacles();
            config.addInMemoryOperationInterceptor(obstacles);
            var server = new InMemoryDirectoryServer(config);
            server.startListening();
            return new InMemoryDirectory(server, obstacles);
        } catch (LDAPException | LDIFException | IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Schema posthouse() throws LDIFException, IOException {
        byte[] ldif = org.posthouse.schema.ldif.Schema.ldif().getBytes(StandardCharsets.UTF_8);
        try (var reader = new LDIFReader(new ByteArrayInputStream(ldif))) {
            return new Schema(Objects.requireNonNull(reader.readEntry()));
        }
    }

    /** Where it is, with its service account. */
    public DirectoryAddress address() {
        return new DirectoryAddress(
                "ldap://127.0.0.1:" + server.getListenPort(), Place.of("dc=posthouse"), "cn=service", PASSWORD);
    }

    /** Adds users named user0, user1 and so on, as an import by a foreign LDAP tool would. */
    public void addUsers(Place container, int number) {
        try {
            for (int each = 0; each < number; each++) {
                server.add(
                        container.child("cn", "user" + each).toString(),
                        new Attribute("objectClass", "top", "person", "organizationalPerson", "inetOrgPerson"),
                        new Attribute("sn", "User"));
            }
        } catch (LDAPException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Deletes past all checks, as a foreign LDAP tool would. */
    public void delete(String dn) {
        try {
            server.delete(dn);
        } catch (LDAPException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** The same, with all below it. */
    public void deleteAll(String dn) {
        try {
            server.deleteSubtree(dn);
        } catch (LDAPException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Gives an object another name, as a foreign LDAP tool would. */
    public void rename(String dn, String rdn) {
        try {
            server.modifyDN(dn, rdn, true, null);
        } catch (LDAPException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Remembers the directory as it is now; running the result brings it back to that, as a restored backup does. */
    public Runnable backup() {
        var then = server.createSnapshot();
        return () -> server.restoreSnapshot(then);
    }

    /** The values of an attribute as they are kept. */
    public List<String> values(Place place, String attribute) {
        try {
            var entry = server.getEntry(place.toString());
            String[] values = entry == null ? null : entry.getAttributeValues(attribute);
            return values == null ? List.of() : List.of(values);
        } catch (LDAPException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Gives an attribute a value past all checks, as a foreign LDAP tool would. */
    public void put(Place place, String attribute, String value) {
        replace(place, attribute, value);
    }

    /** The same for an attribute that has one. */
    public void replace(Place place, String attribute, String value) {
        try {
            server.modify(place.toString(), new Modification(ModificationType.REPLACE, attribute, value));
        } catch (LDAPException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
