package org.posthouse.webadmin.page;

import java.util.ArrayList;
import java.util.List;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Postmasters;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;

/** How an object looks from outside: as its kind, or as Unknown when a mandatory value is gone or one is malformed. */
final class Sight {

    private final Postmasters postmasters;

    /** For the objects that one page shows. */
    Sight(Directory directory) {
        this.postmasters = new Postmasters(directory);
    }

    /** The kind to show. NetMail shows a server without its postmaster as type Unknown. Throws DirectoryException. */
    Kind shown(Entry entry) {
        return problems(entry).isEmpty() ? entry.kind() : Kind.UNKNOWN;
    }

    /** Whether it is a messaging server with Distributed Processing off, which NetMail calls standalone. */
    static boolean standsAlone(Entry entry) {
        return entry.kind() == Kind.MESSAGING_SERVER
                && entry.value("posthouseDistributed")
                        .filter("FALSE"::equalsIgnoreCase)
                        .isPresent();
    }

    /** What keeps the object from being understood; empty when nothing does. Throws DirectoryException. */
    List<Problem> problems(Entry entry) {
        var problems = new ArrayList<Problem>();
        postmasters.problem(entry).ifPresent(problems::add);
        for (PanelFacts<?> panel : entry.kind().panels()) {
            if (panel.holder() == Panel.Holder.SELF) {
                try {
                    panel.decode(entry.attributes());
                } catch (Refused refused) {
                    problems.addAll(refused.problems());
                }
            }
        }
        return problems;
    }
}
