package org.posthouse.webadmin.plan;

import java.util.List;
import java.util.Map;
import org.posthouse.schema.directory.Orphan;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.Postmaster;

/** Who takes over when a postmaster goes. */
public final class Succession {

    private Succession() {}

    /** The steps by which a user takes over from a postmaster who goes, in every messaging server elsewhere. */
    public static List<Step> steps(Tree tree, Place leaving, Place successor) {
        return Postmaster.servers(tree.entries(), leaving).stream()
                .<Step>map(server ->
                        new Step.Alter(server.place(), Map.of(Orphan.POSTMASTER, List.of(successor.toString()))))
                .toList();
    }
}
