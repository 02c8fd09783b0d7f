package org.posthouse.webadmin.file;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file that cannot be applied, with everything that is wrong in it. */
public final class Faulty extends RuntimeException {

    private static final long serialVersionUID = 1L;

    // Nobody reads more at once, and an answer stays small, whatever is sent.
    private static final int MOST = 200;

    private final transient List<Fault> faults;

    /** Takes all faults, at least one; the first 200 are told in the order of their lines, and how many follow. */
    public Faulty(List<Fault> faults) {
        super(told(faults).stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = told(faults);
    }

    private static List<Fault> told(List<Fault> faults) {
        List<Fault> ordered = faults.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Fault::line))
                .toList();
        if (ordered.size() <= MOST) {
            return ordered;
        }
        int more = ordered.size() - MOST;
        Fault rest = Fault.at(
                ordered.get(MOST).line(),
                more == 1
                        ? "The file has 1 more problem. Correct these first."
                        : String.format(Locale.US, "The file has %,d more problems. Correct these first.", more));
        return Stream.concat(ordered.stream().limit(MOST), Stream.of(rest)).toList();
    }

    /** Of one fault. */
    Faulty(int line, String reason) {
        this(List.of(Fault.at(line, reason)));
    }

    /** The faults by line, the last perhaps saying how many more there are. */
    public List<Fault> faults() {
        return faults;
    }
}
