package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.List;
import java.util.Set;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;

/**
 * Which children of a container are wanted as rows of a table.
 *
 * @param text part of the name, the first or last name, or the address; empty: all
 * @param kinds of these kinds only; empty: all
 * @param by what orders them
 * @param descending whether in the opposite order
 * @param from how many of them to skip
 * @param size at most so many
 */
public record Listing(String text, Set<Kind> kinds, By by, boolean descending, int from, int size) {

    /** The values by which children can be sorted; those without the value come last. */
    public enum By {
        NAME(""),
        KIND("objectClass"),
        FIRST_NAME("givenName"),
        LAST_NAME("sn"),
        DESCRIPTION("description");

        private static final byte[] LAST = {(byte) 0xff};

        private final String attribute;

        By(String attribute) {
            this.attribute = attribute;
        }

        List<String> attributes() {
            return attribute.isEmpty() ? List.of() : List.of(attribute);
        }

        byte[] key(SearchResultEntry found) {
            String[] values = found.getAttributeValues(attribute);
            if (values == null || values.length == 0) {
                return LAST;
            }
            return NameOrder.key(this == KIND ? Kind.of(List.of(values)).label() : values[0]);
        }
    }

    /**
     * The rows wanted.
     *
     * @param entries the children
     * @param matches how many children match in all
     */
    public record Listed(List<Entry> entries, int matches) {}
}
