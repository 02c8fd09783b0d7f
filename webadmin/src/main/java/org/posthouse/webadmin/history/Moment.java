package org.posthouse.webadmin.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/** A moment as people name it: the number of a change, a time, a day, or "now". */
public final class Moment {

    private Moment() {}

    /**
     * The number of the change after which the moment is; 0 is before the first.
     *
     * @param text a number, a time (ISO 8601), a day (its end), or "now"
     * @param day whose days are meant
     */
    public static long of(History history, String text, ZoneId day) {
        String wish = text.strip();
        if (wish.isEmpty() || wish.equalsIgnoreCase("now")) {
            return history.newest();
        }
        if (wish.matches("\\d{1,18}")) {
            return Long.parseLong(wish);
        }
        return history.at(time(wish, day));
    }

    /** A time or the beginning of a day. Throws IllegalArgumentException. */
    public static Instant start(String text, ZoneId day) {
        Instant found = time(text, day);
        return text.length() == 10 ? LocalDate.parse(text).atStartOfDay(day).toInstant() : found;
    }

    /** A time or the end of a day. Throws IllegalArgumentException. */
    static Instant time(String text, ZoneId day) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).plusDays(1).atStartOfDay(day).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException none) {
            throw new IllegalArgumentException(
                    "\"" + text
                            + "\" is not a point in time. Enter the number of a change, a date such as 2026-11-28, a time such as "
                            + "2026-11-28T10:15:00Z, or now",
                    none);
        }
    }
}
