package org.posthouse.webadmin.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What is said of something that can be looked for. How well a word fits is a number, the lower the better.
 *
 * @param names what it is called, in each language
 * @param keys its technical names
 * @param prose what is explained of it
 */
record Match(List<String> names, List<String> keys, List<String> prose) {

    /** Does not fit at all. */
    static final int NONE = 100;

    // Shorter ones begin too many words of a sentence.
    private static final int TELLING = 3;

    /** The words of a text, in lower case. */
    static List<String> words(String text) {
        return Stream.of(lower(text).split("[\\s\\-–·,/]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** How well one word fits. */
    int of(String word) {
        if (names.stream().anyMatch(name -> lower(name).equals(word))) {
            return 0;
        }
        if (names.stream().anyMatch(name -> lower(name).startsWith(word))) {
            return 1;
        }
        if (names.stream().anyMatch(name -> begins(name, word))) {
            return 2;
        }
        if (names.stream().anyMatch(name -> lower(name).contains(word))) {
            return 4;
        }
        if (keys.stream().anyMatch(key -> lower(key).contains(word))) {
            return 5;
        }
        return word.length() >= TELLING && prose.stream().anyMatch(text -> begins(text, word)) ? 8 : NONE;
    }

    /** How well a whole text fits: exactly, or as the beginning of a name. */
    int whole(String text) {
        String sought = lower(text.strip());
        if (names.stream().anyMatch(name -> lower(name).equals(sought))) {
            return 0;
        }
        return names.stream().anyMatch(name -> lower(name).startsWith(sought)) ? 1 : NONE;
    }

    private static boolean begins(String text, String word) {
        return words(text).stream().anyMatch(part -> part.startsWith(word));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
