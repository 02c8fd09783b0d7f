package org.posthouse.mailcore.message;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Looks for many texts, or long ones, in one pass: what it costs depends on what is looked through, and not on the texts
 * (A. Aho, M. Corasick: Efficient string matching, 1975). May be used by several threads once it is made.
 */
final class TextAutomaton {

    private static final int START = 0;
    private static final int NONE = -1;
    private static final int BITS_OF_CHAR = 16;
    // Spreads keys over the table: 2^64 divided by the golden ratio.
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    // From a state, by a character, to the next one: an open hash table.
    private final long[] keys;
    private final int[] next;
    private final int shift;
    // Where to go on when there is no way, the text that ends in a state, and the next state of the same end that has
    // one.
    private final int[] fallback;
    private final int[] text;
    private final int[] shorter;
    private int states = 1;

    /** For these texts; an empty one is never found. */
    TextAutomaton(List<String> texts) {
        int most = 1 + texts.stream().mapToInt(String::length).sum();
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * most);
        keys = new long[1 << bits];
        next = new int[1 << bits];
        shift = Long.SIZE - bits;
        fallback = new int[most];
        text = new int[most];
        shorter = new int[most];
        Arrays.fill(keys, NONE);
        Arrays.fill(text, NONE);
        Arrays.fill(shorter, NONE);
        var level = new ArrayDeque<Level>();
        for (int number = 0; number < texts.size(); number++) {
            if (!texts.get(number).isEmpty()) {
                add(texts.get(number), number);
                level.add(new Level(number, 0, START));
            }
        }
        link(texts, level);
    }

    /** A place in a text, and the state that stands for what is before it. */
    private record Level(int text, int at, int state) {}

    private static long key(int state, char c) {
        return ((long) state << BITS_OF_CHAR) | c;
    }

    private int slot(long key) {
        int slot = (int) ((key * SPREAD) >>> shift);
        while (keys[slot] != key && keys[slot] != NONE) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private int way(int state, char c) {
        int slot = slot(key(state, c));
        return keys[slot] == NONE ? NONE : next[slot];
    }

    private void add(String added, int number) {
        int state = START;
        for (int at = 0; at < added.length(); at++) {
            long key = key(state, added.charAt(at));
            int slot = slot(key);
            if (keys[slot] == NONE) {
                keys[slot] = key;
                next[slot] = states++;
            }
            state = next[slot];
        }
        text[state] = number;
    }

    // A state falls back to the longest end of its text that another text begins with: level by level.
    private void link(List<String> texts, ArrayDeque<Level> level) {
        var linked = new BitSet();
        while (!level.isEmpty()) {
            Level each = level.poll();
            char c = texts.get(each.text).charAt(each.at);
            int state = way(each.state, c);
            if (!linked.get(state)) {
                linked.set(state);
                fallback[state] = each.state == START ? START : step(fallback[each.state], c);
                int behind = fallback[state];
                shorter[state] = text[behind] == NONE ? shorter[behind] : behind;
            }
            if (each.at + 1 < texts.get(each.text).length()) {
                level.add(new Level(each.text, each.at + 1, state));
            }
        }
    }

    private int step(int from, char c) {
        int state = from;
        int to = way(state, c);
        while (to == NONE && state != START) {
            state = fallback[state];
            to = way(state, c);
        }
        return to == NONE ? START : to;
    }

    /**
     * Goes over a piece of what is looked through.
     *
     * @param before what was returned for the piece before, or 0
     * @param missing the numbers of the texts that have not been found; those that are found now are cleared
     */
    int look(int before, String piece, BitSet missing) {
        int state = before;
        for (int at = 0; at < piece.length(); at++) {
            state = step(state, piece.charAt(at));
            for (int end = state; end != NONE; end = shorter[end]) {
                if (text[end] != NONE) {
                    missing.clear(text[end]);
                }
            }
        }
        return state;
    }
}
