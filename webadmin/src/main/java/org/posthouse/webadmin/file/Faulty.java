package org.posthouse.webadmin.file;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A file that cannot be applied, with everything that is wrong in it. */
public final class Faulty extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /** Takes all faults, at least one; they are told in the order of their lines. */
    public Faulty(List<Fault> faults) {
        super(ordered(faults).stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = ordered(faults);
    }

    private static List<Fault> ordered(List<Fault> faults) {
        return faults.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Fault::line))
                .toList();
    }

    /** Of one fault. */
    Faulty(int line, String reason) {
        this(List.of(Fault.at(line, reason)));
    }

    /** Every fault, by line. */
    public List<Fault> faults() {
        return faults;
    }
}
