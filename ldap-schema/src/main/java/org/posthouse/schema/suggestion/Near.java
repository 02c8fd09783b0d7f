package org.posthouse.schema.suggestion;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name somebody may have meant. */
public final class Near {

    private Near() {}

    /** {@code ; did you mean "..."?}, with the nearest of some names; nothing when none is near. */
    public static String hint(String text, Collection<String> names) {
        return to(text, names).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    /** The nearest of some names, in any case of letters; nothing when none is near. */
    public static Optional<String> to(String text, Collection<String> names) {
        String lower = text.toLowerCase(Locale.ROOT);
        int most = Math.max(1, Math.min(text.length(), 64) / 3);
        return text.length() > 64
                ? Optional.empty()
                : names.stream()
                        .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= most)
                        .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))));
    }

    // Levenshtein with Damerau's transposition: letters put in, left out, changed, or swapped with the next.
    private static int distance(String one, String other) {
        var table = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : cheapest(table, one, other, i, j);
            }
        }
        return table[one.length()][other.length()];
    }

    private static int cheapest(int[][] table, String one, String other, int i, int j) {
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best = Math.min(table[i - 1][j - 1] + same, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
