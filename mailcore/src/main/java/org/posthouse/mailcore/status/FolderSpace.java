package org.posthouse.mailcore.status;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The space of a folder, measured at one moment. Sizes are octets.
 *
 * @param use the option that names the folder, or "home", "directory", or "history"
 * @param server the place of the messaging server that uses it, or ""
 * @param path where it is
 * @param volume the name of its volume; "" when it is unknown
 * @param free what is left on its volume
 * @param total the size of its volume; 0 when it is unknown
 * @param state whether that is enough
 * @param reason why it is unknown, or ""
 * @param fullAt when the space is used up at the present rate; empty when that is far away, or when it is used up now
 * @param perDay how much of it a day takes; 0 without a forecast
 */
public record FolderSpace(
        String use,
        String server,
        Path path,
        String volume,
        long free,
        long total,
        State state,
        String reason,
        Optional<Instant> fullAt,
        long perDay) {

    /** Whether the free space of a folder is enough. */
    public enum State {
        /** Nothing to do. */
        ENOUGH,
        /** Less than a tenth, less than a gigabyte, or less than twice what is required. */
        LOW,
        /** Less than what is required: the server takes no mail, or the directory refuses changes. */
        FULL,
        /** The volume cannot be measured. */
        UNKNOWN
    }

    /** The members of this folder in the API of the status board. */
    Map<String, Object> shown() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("use", use);
        shown.put("server", server);
        shown.put("path", path);
        shown.put("volume", volume);
        shown.put("free", free);
        shown.put("total", total);
        shown.put("state", state.name().toLowerCase(Locale.ROOT));
        shown.put("reason", reason);
        shown.put("perDay", perDay);
        fullAt.ifPresent(at -> shown.put("fullAt", at));
        return shown;
    }
}
