package org.posthouse.webadmin.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Goes along the lines of a journal and finds where they are not as they were written. */
final class Chain {

    private final Map<Long, String> anchored;
    private final List<Fault> faults = new ArrayList<>();
    private long number;
    private String hash = Frame.START;
    private int unreadable;
    private long lines;
    private Pages.@Nullable Spot before;
    private final TreeMap<Long, Fault> replaced = new TreeMap<>();

    Chain(Map<Long, String> anchored) {
        this.anchored = anchored;
    }

    /** Looks at a whole journal. */
    static Verdict verify(Path folder) throws IOException {
        var anchors = new Anchors(folder.resolveSibling(folder.getFileName() + ".anchors"));
        var chain = new Chain(anchors.read());
        var pages = new Pages(folder);
        pages.read((spot, bytes, from) -> chain.take(spot, Frame.of(bytes, from, spot.length())));
        return chain.end(anchors);
    }

    /** The next line; empty when it is none. */
    void take(Pages.Spot spot, Optional<Frame> line) {
        lines++;
        if (line.isEmpty()) {
            // Whether it stood for a number or was put in between, the line after it tells.
            unreadable++;
            fault(Fault.What.UNREADABLE, spot, number + unreadable, number + unreadable);
            return;
        }
        Frame frame = line.get();
        if (frame.number() <= number) {
            fault(Fault.What.MISPLACED, spot, frame.number(), frame.number());
            return;
        }
        if (frame.number() > number + unreadable + 1) {
            fault(Fault.What.MISSING, spot, number + unreadable + 1, frame.number() - 1);
        } else if (frame.number() == number + 1 && !frame.prev().equals(hash)) {
            replaced(number, before == null ? spot : before);
        }
        if (!frame.sound()) {
            fault(Fault.What.ALTERED, spot, frame.number(), frame.number());
        } else if (!frame.hash().equals(anchored.getOrDefault(frame.number(), frame.hash()))) {
            replaced(frame.number(), spot);
        }
        number = frame.number();
        hash = frame.hash();
        unreadable = 0;
        before = spot;
    }

    private void replaced(long which, Pages.Spot spot) {
        if (replaced.putIfAbsent(which, new Fault(Fault.What.REPLACED, name(spot), spot.line(), which, which))
                == null) {
            faults.add(replaced.lastEntry().getValue());
        }
    }

    /** All lines were taken. */
    Verdict end(Anchors anchors) {
        long head = anchored.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        // Without a single line left it is the folder as a whole that ends too early.
        String file = before == null ? "the history" : name(before);
        if (head > number + unreadable) {
            faults.add(new Fault(Fault.What.CUT, file, 0, number + unreadable + 1, head));
        }
        if (number > 0 && anchored.isEmpty()) {
            faults.add(new Fault(Fault.What.NO_ANCHORS, anchors.name(), 0, number, number));
        }
        return new Verdict(lines, number, hash, List.copyOf(faults));
    }

    private void fault(Fault.What what, Pages.Spot spot, long from, long to) {
        faults.add(new Fault(what, name(spot), spot.line(), from, to));
    }

    private static String name(Pages.Spot spot) {
        return String.valueOf(spot.file().getFileName());
    }
}
