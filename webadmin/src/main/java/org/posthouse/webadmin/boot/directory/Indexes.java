package org.posthouse.webadmin.boot.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the embedded directory finds without looking through the whole tree.
 *
 * <p>A search by several attributes is fast only if each of them has the index it asks: with one missing, OpenDJ looks
 * through every entry. An index that is new to an instance is filled when that instance starts the next time.
 *
 * @param kinds the kinds of index of each attribute, as OpenDJ names them
 */
record Indexes(Map<String, List<String>> kinds) {

    /** What this version of Posthouse asks for. */
    static final Indexes WANTED = new Indexes(Map.ofEntries(
            Map.entry("aci", List.of("presence")),
            Map.entry("aliasedObjectName", List.of("equality")),
            Map.entry("cn", List.of("equality", "substring", "ordering")),
            Map.entry("entryUUID", List.of("equality")),
            Map.entry("givenName", List.of("equality", "substring")),
            Map.entry("mail", List.of("equality", "substring")),
            Map.entry("member", List.of("equality")),
            Map.entry("o", List.of("equality", "substring")),
            Map.entry("objectClass", List.of("equality")),
            Map.entry("ou", List.of("equality", "substring")),
            Map.entry("posthouseMailboxId", List.of("equality")),
            Map.entry("posthousePending", List.of("presence")),
            Map.entry("posthouseRevision", List.of("equality", "ordering")),
            Map.entry("sn", List.of("equality", "substring")),
            Map.entry("uid", List.of("equality")),
            Map.entry("uniqueMember", List.of("equality"))));

    /** Their entries of the server's configuration, less those on attributes of ours that the schema does not know. */
    List<List<String>> entries(String schemaLdif) {
        var schema = schemaLdif.toLowerCase(Locale.ROOT).replace("\n ", "");
        return kinds.keySet().stream()
                .filter(attribute -> !attribute.startsWith("posthouse")
                        || schema.contains("'" + attribute.toLowerCase(Locale.ROOT) + "'"))
                .map(this::entry)
                .toList();
    }

    private List<String> entry(String attribute) {
        var lines = new ArrayList<>(List.of(
                "dn: ds-cfg-attribute=" + attribute + ",cn=Index,ds-cfg-backend-id=posthouse,cn=Backends,cn=config",
                "objectClass: top",
                "objectClass: ds-cfg-backend-index",
                "ds-cfg-attribute: " + attribute));
        kinds.getOrDefault(attribute, List.of()).forEach(kind -> lines.add("ds-cfg-index-type: " + kind));
        return lines;
    }
}
