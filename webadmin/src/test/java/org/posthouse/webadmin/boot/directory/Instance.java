package org.posthouse.webadmin.boot.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Starts instances for tests, from what this module's build has laid out. */
final class Instance {

    private static final Path DISTRIBUTION = Path.of("target/posthouse").toAbsolutePath();

    private Instance() {}

    static EmbeddedDirectory start(Path home) {
        return EmbeddedDirectory.start(home, DISTRIBUTION, schema("schema.ldif"));
    }

    static EmbeddedDirectory start(Path home, String schema) {
        return EmbeddedDirectory.start(home, DISTRIBUTION, schema(schema));
    }

    static EmbeddedDirectory start(Path home, Indexes indexes) {
        return EmbeddedDirectory.start(home, DISTRIBUTION, schema("schema.ldif"), Optional.empty(), indexes);
    }

    /** Connects as console and engine do: with nothing but HOME/directory.properties. */
    static LDAPConnection connect(Path home) throws IOException, LDAPException {
        var known = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("directory.properties"))) {
            known.load(in);
        }
        var url = URI.create(known.getProperty("url"));
        var password = Files.readString(Path.of(known.getProperty("passwordFile")));
        return new LDAPConnection(url.getHost(), url.getPort(), known.getProperty("bindDn"), password);
    }

    private static Path schema(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Instance.class.getResource(name)).toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
