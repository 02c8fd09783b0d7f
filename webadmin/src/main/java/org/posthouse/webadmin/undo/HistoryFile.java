package org.posthouse.webadmin.undo;

import java.io.IOException;
import java.io.Writer;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.file.Export;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.History;
import org.posthouse.webadmin.ldif.Changes;
import org.posthouse.webadmin.ldif.Content;

/**
 * A file made of the history, ready to be written.
 *
 * @param name how it is best called
 * @param type its media type
 * @param content writes it
 */
public record HistoryFile(String name, String type, Written content) {

    /** No type is registered; this one is what LDAP tools know. */
    public static final String LDIF = "text/x-ldif";

    private static final String YAML = "application/yaml"; // RFC 9512

    /** Writes a file to a writer. */
    public interface Written {
        /** Writes all of it. */
        void to(Writer writer) throws IOException;
    }

    /** Every change that fits, the oldest first, as LDIF. */
    public static HistoryFile changes(History history, Filter filter) {
        return new HistoryFile("history.ldif", LDIF, writer -> Changes.write(history, filter, writer));
    }

    /**
     * An object with all below it as it stood at a moment. Throws Missing when it did not, IllegalArgumentException for
     * another form.
     *
     * @param moment the number of the change after which the moment is
     * @param as "apply" for a file that can be applied, or "ldif"
     * @param users whether users are in it; never their passwords
     */
    public static HistoryFile state(
            History history, Directory directory, long moment, Place object, String as, boolean users) {
        var tree = new FormerTree(history, directory, moment);
        return switch (as) {
            case "apply" -> {
                Export export = Export.of(tree, object, users, false);
                yield new HistoryFile("posthouse-" + moment + ".yaml", YAML, export::to);
            }
            case "ldif" -> {
                Content content = Content.of(tree, object, users);
                yield new HistoryFile("posthouse-" + moment + ".ldif", LDIF, content::to);
            }
            default -> throw new IllegalArgumentException("\"" + as + "\" is neither apply nor ldif");
        };
    }
}
