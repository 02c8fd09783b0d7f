package org.posthouse.webadmin.history;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The frame of one line of the journal: its number, the hash of the line before, and its own hash (SHA-256) over all
 * that stands before that. The line is one JSON object, {@code {"n":12,"prev":"...", ... ,"hash":"..."}}.
 *
 * @param number its number
 * @param prev the hash of the line before
 * @param hash its own, as it stands there
 * @param sound whether that hash is right
 */
record Frame(long number, String prev, String hash, boolean sound) {

    /** What the first line names as the hash before it. */
    static final String START = "0".repeat(64);

    private static final byte[] HEAD = "{\"n\":".getBytes(US_ASCII);
    private static final byte[] PREV = ",\"prev\":\"".getBytes(US_ASCII);
    private static final byte[] HASH = ",\"hash\":\"".getBytes(US_ASCII);
    private static final int HEX = 64;
    private static final int TAIL = HASH.length + HEX + 2;

    /** A whole line, line end included, around the members of a JSON object. */
    static Line close(long number, String prev, String members) {
        String start = "{\"n\":" + number + ",\"prev\":\"" + prev + "\"," + members;
        String hash = sha256(start.getBytes(UTF_8), 0, start.getBytes(UTF_8).length);
        return new Line((start + ",\"hash\":\"" + hash + "\"}\n").getBytes(UTF_8), hash);
    }

    /**
     * A line ready to be written.
     *
     * @param bytes all of it
     * @param hash its hash
     */
    @SuppressWarnings("ArrayRecordComponent") // written at once, never compared
    record Line(byte[] bytes, String hash) {}

    /** The frame of a line without its line end; empty when it is none. */
    static Optional<Frame> of(byte[] bytes, int from, int length) {
        int digits = from + HEAD.length;
        if (length < HEAD.length + PREV.length + HEX + TAIL || !stands(HEAD, bytes, from)) {
            return Optional.empty();
        }
        long number = 0;
        int at = digits;
        while (at < from + length && bytes[at] >= '0' && bytes[at] <= '9' && at - digits < 18) {
            number = number * 10 + bytes[at++] - '0';
        }
        int hash = from + length - TAIL;
        if (at == digits
                || at + PREV.length + HEX > hash
                || !stands(PREV, bytes, at)
                || !stands(HASH, bytes, hash)
                || bytes[from + length - 1] != '}') {
            return Optional.empty();
        }
        String stated = new String(bytes, hash + HASH.length, HEX, US_ASCII);
        return Optional.of(new Frame(
                number,
                new String(bytes, at + PREV.length, HEX, US_ASCII),
                stated,
                sha256(bytes, from, length - TAIL).equals(stated)));
    }

    /** The number of a line, without looking at the rest. */
    static OptionalLong number(byte[] bytes, int from, int length) {
        int at = from + HEAD.length;
        if (length < HEAD.length + 2 || !stands(HEAD, bytes, from)) {
            return OptionalLong.empty();
        }
        long number = 0;
        while (at < from + length && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 24) {
            number = number * 10 + bytes[at++] - '0';
        }
        return OptionalLong.of(number);
    }

    private static boolean stands(byte[] wanted, byte[] bytes, int at) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static String sha256(byte[] bytes, int from, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
