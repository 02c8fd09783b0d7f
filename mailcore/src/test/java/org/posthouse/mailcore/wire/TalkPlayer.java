package org.posthouse.mailcore.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.posthouse.mailcore.wire.Talk.Step;

/** Plays the client of a dialogue against a real server, and compares what it hears. */
public final class TalkPlayer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final String CLOSED = "<closed>";

    private final InetSocketAddress server;
    private final Map<Integer, Socket> sockets = new HashMap<>();

    private TalkPlayer(InetSocketAddress server) {
        this.server = server;
    }

    /** Plays the whole dialogue; fails at the first line that is not as written. */
    public static void play(Talk talk, InetSocketAddress server) throws IOException {
        try (var player = new TalkPlayer(server)) {
            for (var step : talk.steps()) {
                player.play(talk.name() + ":" + step.line(), step);
            }
        }
    }

    private void play(String where, Step step) throws IOException {
        Socket socket = socket(step.connection());
        switch (step.kind()) {
            case SAY -> {
                byte[] line = (unescaped(step.text()) + "\r\n").getBytes(StandardCharsets.UTF_8);
                socket.getOutputStream().write(line);
            }
            case HEAR -> {
                String heard = hear(where, socket);
                assertTrue(
                        isLike(heard, step.text()),
                        () -> where + "\nexpected: " + step.text() + "\nheard:    " + heard);
            }
            case HEAR_SOON -> {
                String heard = hear(where, socket);
                var before = new StringBuilder();
                while (!isLike(heard, step.text())) {
                    before.append(heard).append('\n');
                    if (heard.equals(CLOSED)) {
                        fail(where + "\nexpected: " + step.text() + "\nheard only:\n" + before);
                    }
                    heard = hear(where + " after\n" + before, socket);
                }
            }
            case GONE -> assertEquals(CLOSED, hear(where, socket), where);
        }
    }

    // Only these three: an IMAP flag such as \Seen means itself.
    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    }

    private Socket socket(int number) throws IOException {
        Socket socket = sockets.get(number);
        if (socket == null) {
            socket = new Socket(server.getAddress(), server.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            sockets.put(number, socket);
        }
        return socket;
    }

    private static String hear(String where, Socket socket) throws IOException {
        var line = new ByteArrayOutputStream();
        try {
            int c = socket.getInputStream().read();
            while (c >= 0 && c != '\n') {
                line.write(c);
                c = socket.getInputStream().read();
            }
            if (c < 0 && line.size() == 0) {
                return CLOSED;
            }
        } catch (SocketTimeoutException silence) {
            throw new AssertionError(where + ": the server says nothing; so far: " + line, silence);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        assertTrue(text.endsWith("\r"), () -> where + ": a line without CR: " + text);
        return text.substring(0, text.length() - 1);
    }

    static boolean isLike(String heard, String pattern) {
        String wild = pattern.startsWith("* ") ? pattern.substring(2) : pattern;
        String rest = heard;
        if (pattern.startsWith("* ")) {
            if (!heard.startsWith("* ")) {
                return false;
            }
            rest = heard.substring(2);
        }
        String[] pieces = wild.split("\\*", -1);
        if (!rest.startsWith(pieces[0])) {
            return false;
        }
        int at = pieces[0].length();
        for (int i = 1; i < pieces.length - 1; i++) {
            at = rest.indexOf(pieces[i], at);
            if (at < 0) {
                return false;
            }
            at += pieces[i].length();
        }
        String last = pieces[pieces.length - 1];
        return pieces.length == 1 ? rest.length() == at : rest.length() >= at + last.length() && rest.endsWith(last);
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets.values()) {
            socket.close();
        }
    }
}
