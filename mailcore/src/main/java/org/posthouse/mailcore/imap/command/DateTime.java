package org.posthouse.mailcore.imap.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The date-time of RFC 3501 9, as in " 1-Feb-1994 12:34:56 +0100". */
public final class DateTime {

    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private DateTime() {}

    /** For the wire, in UTC, without the quotes. */
    public static String write(Instant instant) {
        OffsetDateTime at = instant.atOffset(ZoneOffset.UTC);
        var text = new StringBuilder(26);
        padded(text, at.getDayOfMonth()).append('-');
        text.append(MONTHS.get(at.getMonthValue() - 1)).append('-');
        padded(padded(text, at.getYear() / 100), at.getYear() % 100).append(' ');
        padded(text, at.getHour()).append(':');
        padded(text, at.getMinute()).append(':');
        return padded(text, at.getSecond()).append(" +0000").toString();
    }

    private static StringBuilder padded(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    static Instant parse(String text) {
        try {
            return parsed(text.strip().split("[- :]", -1), text.charAt(text.length() - 5));
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException noDate) {
            throw new Malformed("A date and time is written like \"01-Feb-1994 12:34:56 +0100\"");
        }
    }

    // A zone of -0100 is split at its sign: day, month, year, hour, minute, second, "" and 0100.
    private static Instant parsed(String[] part, char sign) {
        if (part.length < 7) {
            throw new DateTimeException("no zone");
        }
        int[] number = new int[part.length];
        for (int i = 0; i < part.length; i++) {
            number[i] = i == 1 || part[i].isEmpty() ? 0 : Integer.parseInt(part[i]);
        }
        String month = part[1].substring(0, 1).toUpperCase(Locale.ROOT)
                + part[1].substring(1).toLowerCase(Locale.ROOT);
        int zone = number[part.length - 1] * (sign == '-' ? -1 : 1);
        return LocalDateTime.of(number[2], MONTHS.indexOf(month) + 1, number[0], number[3], number[4], number[5])
                .toInstant(ZoneOffset.ofHoursMinutes(zone / 100, zone % 100));
    }
}
