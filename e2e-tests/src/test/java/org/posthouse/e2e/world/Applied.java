package org.posthouse.e2e.world;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Waits, after a change, for the engine to say that it has applied it. A test that acts once and looks at what comes of it
 * needs this: Save answers as soon as the directory has the change, the engine learns of it a moment later.
 *
 * <p>Servers and agents alone have an applied revision. What is changed on a user, a group, or an alias is read when it is
 * needed; there a test repeats what it does.
 */
public final class Applied {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Set<String> AT_REST = Set.of("disabled", "stopped");

    private Applied() {}

    /** Waits until what an engine runs of this object has applied its newest revision, or is stopped; returns at once for others. */
    public static void await(Api api, String dn) {
        if (part(api, dn).isPresent()) {
            Await.until(
                    "applied: " + dn,
                    SOON,
                    () -> part(api, dn).filter(Applied::isApplied).isPresent());
        }
    }

    private static boolean isApplied(JsonObject part) {
        boolean newest = part.getJsonNumber("obeyed").longValue()
                >= part.getJsonNumber("wanted").longValue();
        return newest && (part.getString("state").equals("running") || AT_REST.contains(part.getString("state")));
    }

    /** What the console shows of a server or an agent; empty for other objects. */
    public static Optional<JsonObject> part(Api api, String dn) {
        return api.get("/status").getJsonArray("servers").getValuesAs(JsonObject.class).stream()
                .flatMap(server -> Stream.concat(
                        Stream.of(server), server.getJsonArray("agents").getValuesAs(JsonObject.class).stream()))
                .filter(part -> part.getString("dn").equals(dn))
                .findFirst();
    }
}
