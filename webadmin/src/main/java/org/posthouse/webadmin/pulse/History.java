package org.posthouse.webadmin.pulse;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;

/**
 * How busy a messaging server was.
 *
 * @param hour the last hour, minute by minute, oldest first; the last bar goes on
 * @param day the last day, in steps of ten minutes
 */
public record History(List<Bar> hour, List<Bar> day) {

    /** Nothing is known. */
    public static final History NONE = new History(List.of(), List.of());

    /**
     * One step of time.
     *
     * @param at when it began
     * @param received mails taken
     * @param stored mails put into mailboxes
     * @param sent mails other systems took
     * @param failed recipients that failed
     * @param waiting the most mails that waited in the queue
     * @param sessions the most sessions that were open
     */
    public record Bar(Instant at, long received, long stored, long sent, long failed, long waiting, long sessions) {}

    /** The history in a text. Throws IllegalArgumentException when it is none. */
    static History read(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            JsonObject history = reader.readObject();
            return new History(bars(history, "hour"), bars(history, "day"));
        } catch (JsonException | ClassCastException malformed) {
            throw new IllegalArgumentException("is not a history", malformed);
        }
    }

    private static List<Bar> bars(JsonObject history, String name) {
        return BoardText.objects(history, name)
                .map(bar -> new Bar(
                        BoardText.time(bar, "at").orElse(Instant.EPOCH),
                        BoardText.number(bar, "received"),
                        BoardText.number(bar, "stored"),
                        BoardText.number(bar, "sent"),
                        BoardText.number(bar, "failed"),
                        BoardText.number(bar, "waiting"),
                        BoardText.number(bar, "sessions")))
                .toList();
    }
}
