package org.posthouse.mailcore.message;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The day of a Date field, as the sender's clock said it: RFC 5322 3.3 and what older programs wrote. */
public final class SentDate {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private SentDate() {}

    /** Reads the day, without time and zone; empty when there is none to be made out. */
    public static Optional<LocalDate> of(String field) {
        String[] words = field.replace(',', ' ').strip().split("[ \t-]+", 8);
        for (int i = 1; i + 1 < words.length; i++) {
            String word = words[i].toLowerCase(Locale.ROOT);
            int month = word.length() < 3 ? -1 : MONTHS.indexOf(word.substring(0, 3));
            if (month >= 0) {
                return day(words[i - 1], month + 1, words[i + 1]);
            }
        }
        return Optional.empty();
    }

    // RFC 5322 4.3: years of two digits are of 1950 to 2049, of three digits since 1900.
    private static Optional<LocalDate> day(String day, int month, String written) {
        try {
            int year = Integer.parseInt(written);
            int whole = year < 50 ? year + 2000 : year < 1000 ? year + 1900 : year;
            return Optional.of(LocalDate.of(whole, month, Integer.parseInt(day)));
        } catch (NumberFormatException | DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
