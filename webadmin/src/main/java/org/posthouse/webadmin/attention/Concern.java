package org.posthouse.webadmin.attention;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * One thing that needs attention.
 *
 * @param severity how much it hurts
 * @param key which one; its sentence is in the bundles under "attention."
 * @param values what the sentence names, in its order; a Kind stands for its name, an Instant for a day
 * @param subject the object on whose page it can be fixed; empty when that is no object's page
 * @param kind what that object is
 * @param page the panel of the object, or the page of the console without an object
 */
public record Concern(
        Severity severity, String key, List<Object> values, Optional<Place> subject, Kind kind, String page) {

    /** Takes a copy. */
    public Concern {
        values = List.copyOf(values);
    }

    /** A concern that is fixed on a page of an object; "" for its first page. */
    static Concern at(Severity severity, String key, List<Object> values, Place subject, Kind kind, String page) {
        return new Concern(severity, key, values, Optional.of(subject), kind, page);
    }

    /** A concern that is fixed on a page of the console that is not about one object. */
    static Concern on(Severity severity, String key, List<Object> values, String page) {
        return new Concern(severity, key, values, Optional.empty(), Kind.INTERNET_SERVICES, page);
    }

    /** The page that helps, as an address below that of the console. */
    public String path() {
        return subject.map(place -> "/object?dn=" + URLEncoder.encode(place.toString(), StandardCharsets.UTF_8)
                        + (page.isEmpty() ? "" : "&page=" + page))
                .orElse("/" + page);
    }
}
