package org.posthouse.mailcore.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The keys of one account's mailbox: account, NUL, a letter for the kind, numbers with the highest octet first. */
record Keys(String account) {

    /** The account of a mailbox that this key of a folder belongs to; empty of any other key. */
    static Optional<String> owner(byte[] key) {
        int end = end(key);
        return end > 0 && end + 1 < key.length && key[end + 1] == 'F'
                ? Optional.of(new String(key, 0, end, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static int end(byte[] key) {
        int end = 0;
        while (end < key.length && key[end] != 0) {
            end++;
        }
        return end;
    }

    /** Where the keys of the next account begin, after any key of an account. */
    static byte[] after(byte[] key) {
        int end = end(key);
        return ByteBuffer.allocate(end + 1).put(key, 0, end).put((byte) 1).array();
    }

    /** Where the folders of the account of any key begin. */
    static byte[] foldersOf(byte[] key) {
        int end = end(key);
        return ByteBuffer.allocate(end + 2)
                .put(key, 0, end)
                .put((byte) 0)
                .put((byte) 'F')
                .array();
    }

    /** What every key of the account begins with. */
    byte[] all() {
        byte[] name = account.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 1).put(name).put((byte) 0).array();
    }

    byte[] opened() {
        return prefix('O', 0).array();
    }

    byte[] folders() {
        return prefix('F', 0).array();
    }

    byte[] folder(int id) {
        return prefix('F', 4).putInt(id).array();
    }

    byte[] subscriptions() {
        return prefix('U', 0).array();
    }

    byte[] subscription(String folder) {
        byte[] name = folder.getBytes(StandardCharsets.UTF_8);
        return prefix('U', name.length).put(name).array();
    }

    byte[] messages(int folder) {
        return prefix('M', 4).putInt(folder).array();
    }

    byte[] message(int folder, long uid) {
        return prefix('M', 8).putInt(folder).putInt((int) uid).array();
    }

    byte[] body(long body) {
        return prefix('B', 8).putLong(body).array();
    }

    /** What the marks of messages that are being written begin with. */
    byte[] unfinished() {
        return prefix('W', 0).array();
    }

    byte[] unfinished(long body) {
        return prefix('W', 8).putLong(body).array();
    }

    byte[] summary(long body) {
        return prefix('S', 8).putLong(body).array();
    }

    byte[] references(long body) {
        return prefix('R', 8).putLong(body).array();
    }

    byte[] reference(long body, int folder, long uid) {
        return prefix('R', 16).putLong(body).putInt(folder).putInt((int) uid).array();
    }

    /** Where a message is. */
    record Position(int folder, long uid) {}

    /** The message that a {@link #reference} leads to. */
    static Position position(byte[] reference) {
        ByteBuffer end = ByteBuffer.wrap(reference, reference.length - 8, 8);
        return new Position(end.getInt(), Integer.toUnsignedLong(end.getInt()));
    }

    private ByteBuffer prefix(char kind, int more) {
        byte[] name = account.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 2 + more)
                .put(name)
                .put((byte) 0)
                .put((byte) kind);
    }
}
