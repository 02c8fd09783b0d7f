package org.posthouse.webadmin.plan;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happens to a change of several objects that a crash, or a directory that went away, interrupted. */
public enum AfterInterruption {
    /** The rest is written at the next start. */
    FINISH,
    /** What was written is put back at the next start. */
    ROLL_BACK;

    /** The name in the API and on the command line, such as {@code roll-back}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of this name. Throws IllegalArgumentException that names the possible ones. */
    public static AfterInterruption of(String word) {
        return Stream.of(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"ifInterrupted\" must be one of "
                        + Stream.of(values()).map(AfterInterruption::word).collect(Collectors.joining(", "))));
    }
}
