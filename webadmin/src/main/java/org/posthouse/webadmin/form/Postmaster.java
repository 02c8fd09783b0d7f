package org.posthouse.webadmin.form;

import java.util.Collection;
import java.util.List;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Orphan;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** The office of postmaster: which servers a user holds it for, and who takes it over. */
public final class Postmaster {

    private Postmaster() {}

    /** The messaging servers elsewhere whose postmaster goes when a place and all below it is deleted. */
    public static List<Entry> servers(Directory directory, Place leaving) {
        return servers(directory.configuration(), leaving);
    }

    /** The same of a configuration that was read already. */
    public static List<Entry> servers(Collection<Entry> configuration, Place leaving) {
        return configuration.stream()
                .filter(entry -> entry.kind() == Kind.MESSAGING_SERVER)
                .filter(server -> !server.place().isWithin(leaving))
                .filter(server -> server.value(Orphan.POSTMASTER)
                        .map(Place::of)
                        .filter(user -> user.isWithin(leaving))
                        .isPresent())
                .toList();
    }
}
