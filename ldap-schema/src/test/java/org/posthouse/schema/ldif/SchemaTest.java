package org.posthouse.schema.ldif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void noTwoDefinitionsShareANumber() {
        var seen = new HashSet<String>();
        Stream.concat(Schema.attributeTypes().stream(), Schema.objectClasses().stream())
                .map(definition -> definition.split(" ")[1])
                .forEach(number -> assertTrue(seen.add(number), number));
    }

    @Test
    void aDirectoryThatLoadsTheSchemaTakesAMessagingServerAndRefusesOneWithoutPostmaster() throws Exception {
        var config = new InMemoryDirectoryServerConfig("dc=posthouse");
        config.setSchema(com.unboundid.ldap.sdk.schema.Schema.mergeSchemas(
                com.unboundid.ldap.sdk.schema.Schema.getDefaultStandardSchema(),
                Objects.requireNonNull(com.unboundid.ldap.sdk.schema.Schema.getSchema(
                        new ByteArrayInputStream(Schema.ldif().getBytes(StandardCharsets.UTF_8))))));
        try (var server = new InMemoryDirectoryServer(config)) {
            server.add("dn: dc=posthouse", "objectClass: domain", "dc: posthouse");
            server.add("dn: o=Internet Services,dc=posthouse", "objectClass: posthouseInternetServices", "o: x");
            server.add(
                    "dn: ou=mail1,o=Internet Services,dc=posthouse",
                    "objectClass: posthouseMessagingServer",
                    "ou: mail1",
                    "posthouseHost: cn=host,o=a,dc=posthouse",
                    "posthousePostmaster: cn=admin,o=a,dc=posthouse",
                    "posthouseOfficialDomain: example.com",
                    "posthouseRevision: 7");
            assertEquals(
                    1,
                    server.search("dc=posthouse", com.unboundid.ldap.sdk.SearchScope.SUB, "(posthouseRevision>=5)")
                            .getEntryCount());
            var refused = assertThrows(
                    LDAPException.class,
                    () -> server.add(
                            "dn: ou=mail2,o=Internet Services,dc=posthouse",
                            "objectClass: posthouseMessagingServer",
                            "ou: mail2"));
            assertEquals(ResultCode.OBJECT_CLASS_VIOLATION, refused.getResultCode());
        }
    }
}
