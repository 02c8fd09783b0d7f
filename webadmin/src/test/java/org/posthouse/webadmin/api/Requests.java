package org.posthouse.webadmin.api;

import jakarta.json.JsonObject;
import org.posthouse.schema.tree.Entry;
import org.posthouse.webadmin.change.ChangeService;

/** What the resource of objects does with a request, without a container. */
public final class Requests {

    private Requests() {}

    /** PATCH of an object. */
    public static void patch(ChangeService changes, Entry seen, JsonObject request) {
        new Changing(changes).change(seen, seen.revision(), request);
    }

    /** POST of an object. */
    public static void post(ChangeService changes, JsonObject request) {
        var making = new Making(changes);
        making.make(making.wanted(request));
    }

    /** DELETE of an object. */
    public static void delete(ChangeService changes, Entry seen) {
        new Changing(changes).delete(seen, seen.revision(), "");
    }
}
