package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.posthouse.schema.address.Addressee;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Turns found objects into addressees without parsing the whole of each distinguished name. */
final class Addresses {

    private static final String PLAIN_USER = "cn=";

    private Addresses() {}

    /** What a found object is to mail; {@code containers} remembers those met before by their texts. */
    static Optional<Addressee> addressee(SearchResultEntry found, Place root, Map<String, Place> containers) {
        String dn = found.getDN();
        int comma = dn.indexOf(',');
        boolean plain = comma > 0
                && dn.regionMatches(true, 0, PLAIN_USER, 0, PLAIN_USER.length())
                && dn.lastIndexOf('\\', comma) < 0
                && dn.lastIndexOf('+', comma) < 0
                && dn.lastIndexOf('"', comma) < 0;
        if (!plain) {
            return Addressee.of(Shape.entry(found, root));
        }
        Place container = containers.computeIfAbsent(dn.substring(comma + 1), Place::of);
        String name = dn.substring(PLAIN_USER.length(), comma).strip();
        var attributes = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        found.getAttributes().forEach(each -> attributes.put(each.getBaseName(), List.of(each.getValues())));
        Kind kind = Kind.of(attributes.getOrDefault("objectClass", List.of()));
        return Addressee.of(container, name, kind, attributes);
    }
}
