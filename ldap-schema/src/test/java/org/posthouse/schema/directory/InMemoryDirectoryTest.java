package org.posthouse.schema.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFReader;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.posthouse.schema.value.Place;

/** The contract on the LDAP SDK's own server: no persistent search, no synchronisation, so followers poll. */
class InMemoryDirectoryTest extends DirectoryContract {

    private static InMemoryDirectoryServer server;

    @BeforeAll
    static void start() throws Exception {
        var config = new InMemoryDirectoryServerConfig("dc=posthouse");
        config.addAdditionalBindCredentials("cn=service", "memory-test-secret");
        config.setSchema(Schema.mergeSchemas(Schema.getDefaultStandardSchema(), posthouse()));
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("loopback", InetAddress.getLoopbackAddress(), 0, null));
        server = new InMemoryDirectoryServer(config);
        server.startListening();
    }

    private static Schema posthouse() throws Exception {
        byte[] ldif = org.posthouse.schema.ldif.Schema.ldif().getBytes(StandardCharsets.UTF_8);
        try (var reader = new LDIFReader(new ByteArrayInputStream(ldif))) {
            return new Schema(Objects.requireNonNull(reader.readEntry()));
        }
    }

    @AfterAll
    static void stop() {
        server.shutDown(true);
    }

    @Override
    protected DirectoryAddress address() {
        return new DirectoryAddress(
                "ldap://127.0.0.1:" + server.getListenPort(),
                Place.of("dc=posthouse"),
                "cn=service",
                "memory-test-secret");
    }
}
