package org.posthouse.webadmin.boot.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.file.DirectorySpace;

/**
 * The server's configuration: what OpenDJ brings as its template, less what is not {@link #USED}, changed by
 * {@code configuration.ldif} beside this class, plus the {@link Indexes}.
 *
 * <p>{@code configuration.ldif} holds LDIF change records (RFC 2849); {@code ${name}} in it stands for a value known
 * only at the start.
 */
final class Configuration {

    // Of these branches only the named entries stay; the others would cost start-up time, memory or attack surface.
    private static final Map<String, List<String>> USED = Map.ofEntries(
            Map.entry("Account Status Notification Handlers", List.of()),
            Map.entry("Alert Handlers", List.of()),
            Map.entry("Backends", List.of("adminRoot", "ads-truststore", "schema")),
            Map.entry("Certificate Mappers", List.of()),
            Map.entry("Connection Handlers", List.of("LDAP Connection Handler")),
            Map.entry("Entry Caches", List.of()),
            Map.entry("Extended Operations", List.of("Cancel", "Password Modify", "Who Am I")),
            Map.entry("Group Implementations", List.of("Static")),
            Map.entry("HTTP Authorization Mechanisms", List.of()),
            Map.entry("HTTP Endpoints", List.of()),
            Map.entry("Identity Mappers", List.of("Exact Match")),
            Map.entry("Key Manager Providers", List.of()),
            Map.entry("Log Retention Policies", List.of()),
            Map.entry("Log Rotation Policies", List.of()),
            Map.entry("Loggers", List.of()),
            Map.entry("Monitor Providers", List.of()),
            Map.entry(
                    "Password Storage Schemes",
                    List.of(
                            "Bcrypt",
                            "PBKDF2-HMAC-SHA256",
                            "PBKDF2-HMAC-SHA512",
                            "Salted SHA-1",
                            "Salted SHA-256",
                            "Salted SHA-512")),
            Map.entry("Password Validators", List.of()),
            Map.entry("Plugins", List.of("Entry UUID", "LastMod", "LDAP Attribute Description List")),
            Map.entry("Root DNs", List.of()),
            Map.entry("SASL Mechanisms", List.of()),
            Map.entry("Synchronization Providers", List.of()),
            Map.entry("Trust Manager Providers", List.of()),
            Map.entry(
                    "Virtual Attributes",
                    List.of(
                            "entryDN",
                            "entryUUID",
                            "etag",
                            "hasSubordinates",
                            "isMemberOf",
                            "numSubordinates",
                            "Password Policy Subentry",
                            "structuralObjectClass",
                            "subschemaSubentry")));

    private final Path template;
    private final Path schemaLdif;
    private final Indexes indexes;

    Configuration(Path template, Path schemaLdif, Indexes indexes) {
        this.template = template;
        this.schemaLdif = schemaLdif;
        this.indexes = indexes;
    }

    /** Writes {@code config/config.ldif} of an instance. */
    void write(DirectoryHome home, ServiceAccount account, int port, Optional<Ldaps> ldaps) throws IOException {
        var entries = LdifEntries.parse(Files.readString(template.resolve("config/config.ldif")));
        var values = Map.of(
                "port",
                Integer.toString(port),
                "root",
                EmbeddedDirectory.ROOT,
                "serviceAccount",
                ServiceAccount.BIND_DN,
                "serviceAccountHash",
                account.hash(),
                "diskLow",
                DirectorySpace.required(Files.getFileStore(home.folder()).getTotalSpace()) + " b");
        var used = new HashMap<>(USED);
        if (ldaps.isPresent()) {
            used.put("Connection Handlers", List.of("LDAP Connection Handler", "LDAPS Connection Handler"));
            used.put("Key Manager Providers", List.of("PKCS12"));
        }
        used.forEach((branch, names) -> entries.keepOnly("cn=" + branch + ",cn=config", names));
        entries.delete("cn=Administration Connector,cn=config");
        entries.delete("cn=Work Queue,cn=config");
        entries.change(changes("configuration.ldif", values));
        if (ldaps.isPresent()) {
            entries.change(changes(
                    "ldaps.ldif",
                    Map.of(
                            "ldapsAddress",
                            ldaps.get().address(),
                            "ldapsPort",
                            Integer.toString(ldaps.get().port()))));
        }
        indexes.entries(Files.readString(schemaLdif)).forEach(entries::add);
        PrivateFile.write(home.folder().resolve("config/config.ldif"), entries.text());
    }

    private static String changes(String name, Map<String, String> values) throws IOException {
        try (var in = Configuration.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing beside " + Configuration.class.getName());
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (var value : values.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            return text;
        }
    }
}
