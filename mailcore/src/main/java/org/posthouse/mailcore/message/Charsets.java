package org.posthouse.mailcore.message;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The character sets by name. Java looks for one that it does not know in all places each time, and a message may name
 * thousands of those.
 */
final class Charsets {

    private static final Map<String, Charset> KNOWN = known();

    private Charsets() {}

    private static Map<String, Charset> known() {
        var known = new HashMap<String, Charset>();
        for (Charset charset : Charset.availableCharsets().values()) {
            charset.aliases().forEach(alias -> known.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
        }
        Charset.availableCharsets().forEach((name, charset) -> known.put(name.toLowerCase(Locale.ROOT), charset));
        return Map.copyOf(known);
    }

    /** The one of this name, in any case. */
    static Optional<Charset> named(String name) {
        return Optional.ofNullable(KNOWN.get(name.toLowerCase(Locale.ROOT)));
    }
}
