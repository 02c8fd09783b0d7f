package org.posthouse.webadmin.pulse;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a messaging server counted, under NetMail's names.
 *
 * @param since since when it counts
 * @param groups the figures by group and name, in the engine's order; one that nobody counts is empty
 */
public record Statistics(Optional<Instant> since, Map<String, Map<String, OptionalLong>> groups) {

    static Statistics of(JsonObject given) {
        var groups = new LinkedHashMap<String, Map<String, OptionalLong>>();
        given.forEach((name, value) -> {
            if (value instanceof JsonObject group) {
                groups.put(name, figures(group));
            }
        });
        return new Statistics(BoardText.time(given, "since"), groups);
    }

    private static Map<String, OptionalLong> figures(JsonObject group) {
        var figures = new LinkedHashMap<String, OptionalLong>();
        group.forEach((name, value) -> figures.put(
                name, value instanceof JsonNumber number ? OptionalLong.of(number.longValue()) : OptionalLong.empty()));
        return figures;
    }

    /** The figures of a group; none for a group the engine does not know. */
    public Map<String, OptionalLong> group(String name) {
        return groups.getOrDefault(name, Map.of());
    }
}
