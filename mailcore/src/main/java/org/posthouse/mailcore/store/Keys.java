package org.posthouse.mailcore.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The keys of one account's mailbox: account, NUL, a letter for the kind, numbers with the highest octet first. */
record Keys(String account) {

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

    byte[] messages(int folder) {
        return prefix('M', 4).putInt(folder).array();
    }

    byte[] message(int folder, long uid) {
        return prefix('M', 8).putInt(folder).putInt((int) uid).array();
    }

    byte[] body(long body) {
        return prefix('B', 8).putLong(body).array();
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

    private ByteBuffer prefix(char kind, int more) {
        byte[] name = account.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 2 + more)
                .put(name)
                .put((byte) 0)
                .put((byte) kind);
    }
}
