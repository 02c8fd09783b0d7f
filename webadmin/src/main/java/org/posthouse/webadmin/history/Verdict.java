package org.posthouse.webadmin.history;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Whether a history is as it was written.
 *
 * @param lines how many lines were looked at
 * @param last the number of the newest
 * @param hash its hash
 * @param faults where it is not, in their order; empty: it is whole
 */
public record Verdict(long lines, long last, String hash, List<Fault> faults) {

    /**
     * Goes over the files of a home, whether or not anything runs on it. Throws NoSuchFileException where there never was
     * a history, or another IOException for what cannot be read.
     */
    public static Verdict of(Path home) throws IOException {
        Path folder = home.resolve("history");
        if (!Files.exists(folder) && !Files.exists(home.resolve("history.anchors"))) {
            throw new NoSuchFileException(folder.toString());
        }
        return Chain.verify(folder);
    }

    /** Whether nothing is wrong. */
    public boolean isWhole() {
        return faults.isEmpty();
    }

    /** The same as the API says it. */
    public JsonObject json() {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        for (Fault fault : faults) {
            shown.add(Json.createObjectBuilder()
                    .add("what", fault.what().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .add("file", fault.file())
                    .add("line", fault.line())
                    .add("from", fault.from())
                    .add("to", fault.to())
                    .add("text", fault.toString()));
        }
        return Json.createObjectBuilder()
                .add("whole", isWhole())
                .add("lines", lines)
                .add("last", last)
                .add("hash", hash)
                .add("faults", shown)
                .build();
    }
}
