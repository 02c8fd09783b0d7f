package org.posthouse.webadmin.api;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.pulse.Pulse;

/**
 * The member {@code now} of a change that enables or disables a server or an agent: it starts, or is drained and stops,
 * at once instead of at its next start.
 */
final class AtOnce {

    private static final String ENABLED = "enabled";
    private static final long USUAL_GRACE = 60;
    private static final long LONGEST_GRACE = 3600;

    private AtOnce() {}

    /** Whether it is wanted. Throws Refused where there is nothing that could start or stop. */
    static boolean isWanted(Entry entry, JsonObject request) {
        if (!JsonValue.TRUE.equals(request.get("now"))) {
            return false;
        }
        boolean runs = entry.kind() == Kind.MESSAGING_SERVER || entry.kind().isAgent();
        boolean switched = request.get("options") instanceof JsonObject options && options.containsKey(ENABLED);
        if (!runs || !switched) {
            throw new Refused(List.of(
                    new Problem("", "", "\"now\" requires the option enabled of a messaging server or an agent")));
        }
        return true;
    }

    /** Does it after the change was saved; says what was done, or why it could not be. */
    static JsonObject carryOut(Pulse pulse, Entry changed, JsonObject request) {
        boolean enabled =
                !changed.value(attribute(changed.kind())).orElse("TRUE").equalsIgnoreCase("FALSE");
        Duration grace = grace(request);
        String refusal = pulse.obeyNow(changed, enabled, grace);
        return Json.createObjectBuilder()
                .add("do", enabled ? "start" : "drain")
                .add("grace", grace.toSeconds())
                .add("reason", refusal)
                .build();
    }

    private static String attribute(Kind kind) {
        return kind.panels().stream()
                .flatMap(panel -> panel.option(ENABLED).stream())
                .map(option -> option.attribute())
                .findFirst()
                .orElseThrow();
    }

    /** The seconds in the member {@code grace}; a minute when it is not there. */
    static Duration grace(JsonObject request) {
        long seconds = request.get("grace") instanceof JsonNumber number ? number.longValue() : USUAL_GRACE;
        if (seconds < 0 || seconds > LONGEST_GRACE) {
            throw new IllegalArgumentException("\"grace\" is 0 to " + LONGEST_GRACE + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }
}
