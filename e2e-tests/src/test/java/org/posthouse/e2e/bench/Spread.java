package org.posthouse.e2e.bench;

import java.util.Arrays;

/** What a series of measurements says: its median, what 95 of 100 stay below, and its worst. In milliseconds. */
record Spread(double median, double p95, double worst) {

    static Spread of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Spread(at(sorted, 0.5), at(sorted, 0.95), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        int place = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, place)] / 1e6;
    }

    @Override
    public String toString() {
        return "median %.0f ms, p95 %.0f ms, worst %.0f ms".formatted(median, p95, worst);
    }
}
