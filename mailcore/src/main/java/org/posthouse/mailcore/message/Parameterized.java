package org.posthouse.mailcore.message;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value with parameters, as in Content-Type and Content-Disposition: RFC 2045 5.1, RFC 2183 2.
 *
 * @param value what stands before the first semicolon, as written
 * @param parameters names in lower case to values, RFC 2231 left undecoded as RFC 3501 wants
 */
record Parameterized(String value, Map<String, String> parameters) {

    private static final int MOST = 100;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`{|}~A-Za-z0-9-]+");

    static Parameterized parse(String text) {
        var reader = new HeaderWords(text);
        String value = reader.upTo(";");
        var parameters = new LinkedHashMap<String, String>();
        while (reader.skip(';') && parameters.size() < MOST) {
            String name = reader.upTo("=;").toLowerCase(Locale.ROOT);
            String given = reader.skip('=') ? reader.upTo(";") : "";
            if (!name.isEmpty()) {
                parameters.putIfAbsent(name, given);
            }
        }
        return new Parameterized(value, parameters);
    }

    /** Whether this is one token: RFC 2045 5.1. */
    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
