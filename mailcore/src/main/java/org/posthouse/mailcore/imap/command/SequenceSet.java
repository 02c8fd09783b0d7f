package org.posthouse.mailcore.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of sequence numbers or UIDs, as the client wrote it (RFC 3501 9, sequence-set).
 *
 * @param ranges its ranges in the order written; {@link #STAR} stands for the largest number in use
 */
public record SequenceSet(List<Range> ranges) {

    /** The "*" of the grammar. */
    public static final long STAR = Long.MAX_VALUE;

    private static final long LARGEST = 0xffff_ffffL;

    /** Both ends are within; either may be the larger one. */
    public record Range(long one, long other) {

        private static String text(long end) {
            return end == STAR ? "*" : Long.toString(end);
        }

        @Override
        public String toString() {
            return one == other ? text(one) : text(one) + ":" + text(other);
        }
    }

    /** Reads one. */
    static SequenceSet parse(String text) {
        var ranges = new ArrayList<Range>();
        int at = 0;
        while (at <= text.length()) {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            ranges.add(range(text, at, end));
            at = end + 1;
        }
        return new SequenceSet(List.copyOf(ranges));
    }

    private static Range range(String text, int from, int to) {
        int colon = text.indexOf(':', from);
        if (colon < 0 || colon >= to) {
            long only = end(text, from, to);
            return new Range(only, only);
        }
        return new Range(end(text, from, colon), end(text, colon + 1, to));
    }

    private static long end(String text, int from, int to) {
        if (to - from == 1 && text.charAt(from) == '*') {
            return STAR;
        }
        if (to <= from || to - from > 10 || !isNumber(text, from, to)) {
            throw new Malformed("A set of messages is needed here, like 1:5,7,9:*");
        }
        long number = Long.parseLong(text, from, to, 10);
        if (number == 0 || number > LARGEST) {
            throw new Malformed("Message numbers go from 1 to 4294967295");
        }
        return number;
    }

    private static boolean isNumber(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The ranges in rising order, merged, with "*" replaced by the largest number in use (0: nothing is in use). */
    public List<Range> resolve(long largest) {
        var merged = new ArrayList<Range>();
        for (var range : rising(largest)) {
            if (!merged.isEmpty() && range.one() <= merged.getLast().other() + 1) {
                var last = merged.removeLast();
                merged.add(new Range(last.one(), Math.max(last.other(), range.other())));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    private List<Range> rising(long largest) {
        return ranges.stream()
                .map(range -> new Range(replaced(range.one(), largest), replaced(range.other(), largest)))
                .map(range -> new Range(Math.min(range.one(), range.other()), Math.max(range.one(), range.other())))
                .sorted((a, b) -> Long.compare(a.one(), b.one()))
                .toList();
    }

    private static long replaced(long end, long largest) {
        return end == STAR ? largest : end;
    }

    /** The shortest way to write these rising numbers. */
    public static String shortest(List<Long> rising) {
        var text = new StringBuilder();
        int at = 0;
        while (at < rising.size()) {
            int last = at;
            while (last + 1 < rising.size() && rising.get(last + 1) == rising.get(last) + 1) {
                last++;
            }
            text.append(text.isEmpty() ? "" : ",").append(new Range(rising.get(at), rising.get(last)));
            at = last + 1;
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}
