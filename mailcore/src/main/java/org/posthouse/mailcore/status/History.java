package org.posthouse.mailcore.status;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How busy a messaging server was: the last hour minute by minute, the last day in steps of ten minutes. */
public final class History {

    /**
     * What is read off a server at one moment.
     *
     * @param received mails taken since it counts
     * @param stored mails put into mailboxes since it counts
     * @param sent mails other systems took since it counts
     * @param failed recipients that failed since it counts
     * @param waiting mails in the queue now
     * @param sessions sessions open now
     */
    public record Reading(long received, long stored, long sent, long failed, long waiting, long sessions) {

        static final Reading ZERO = new Reading(0, 0, 0, 0, 0, 0);
    }

    /**
     * One step of time.
     *
     * @param at when it began
     * @param counted what was counted in it, and the most that waited and was open at a time
     */
    public record Bar(Instant at, Reading counted) {}

    private final Ring hour = new Ring(Duration.ofMinutes(1), 60);
    private final Ring day = new Ring(Duration.ofMinutes(10), 144);

    /** Takes a reading; at least one in each minute. */
    public synchronized void note(Instant now, Reading reading) {
        hour.note(now, reading);
        day.note(now, reading);
    }

    /** The last hour, oldest first; the last bar goes on. */
    public synchronized List<Bar> hour() {
        return hour.bars();
    }

    /** The last day. */
    public synchronized List<Bar> day() {
        return day.bars();
    }

    /** Both for the board. */
    Map<String, Object> shown() {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("hour", hour().stream().map(History::shown).toList());
        shown.put("day", day().stream().map(History::shown).toList());
        return shown;
    }

    private static Map<String, Object> shown(Bar bar) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("at", bar.at());
        shown.put("received", bar.counted().received());
        shown.put("stored", bar.counted().stored());
        shown.put("sent", bar.counted().sent());
        shown.put("failed", bar.counted().failed());
        shown.put("waiting", bar.counted().waiting());
        shown.put("sessions", bar.counted().sessions());
        return shown;
    }
}
