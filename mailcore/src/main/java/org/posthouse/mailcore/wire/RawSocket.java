package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * A connected socket whose every single read is held to one deadline.
 *
 * <p>It lies beneath TLS too: the JDK reads a record piece by piece, and a time-out for each piece would let a dripping
 * peer hold a session for hours. A few octets may be looked at ahead, so that waiting for input does not disturb TLS.
 */
final class RawSocket extends Socket {

    private final Socket socket;
    private final Deadline deadline;
    private final InputStream in;
    private final OutputStream out;
    // What was looked at ahead of its time; more than a TLS alert has.
    private final byte[] ahead = new byte[64];
    private int aheadFrom;
    private int aheadTo;
    private boolean over;

    RawSocket(Socket socket, Deadline deadline) throws IOException {
        this.socket = socket;
        this.deadline = deadline;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Waits for input without taking it; false when none came. End of input counts as input. */
    boolean waits(int millis) throws IOException {
        if (aheadFrom < aheadTo || over) {
            return true;
        }
        return look(millis);
    }

    /** Whether the peer has ended its side, as far as a few octets ahead can tell. Waits a millisecond at most. */
    boolean isOver() throws IOException {
        while (!over && aheadTo < ahead.length && look(1)) {
            // Each look takes what has come.
        }
        return over;
    }

    private boolean look(int millis) throws IOException {
        if (aheadFrom == aheadTo) {
            aheadFrom = aheadTo = 0;
        }
        socket.setSoTimeout(Math.max(1, millis));
        try {
            int some = in.read(ahead, aheadTo, ahead.length - aheadTo);
            over = some < 0;
            aheadTo += Math.max(0, some);
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        }
    }

    void forget() {
        aheadFrom = aheadTo = 0;
    }

    private int take(byte[] into, int offset, int length) throws IOException {
        if (length > 0 && aheadFrom < aheadTo) {
            int some = Math.min(length, aheadTo - aheadFrom);
            System.arraycopy(ahead, aheadFrom, into, offset, some);
            aheadFrom += some;
            return some;
        }
        if (over) {
            return -1;
        }
        if (deadline.passed()) {
            // An IOException, since it may have to pass through TLS.
            throw new SocketTimeoutException("the deadline has passed");
        }
        socket.setSoTimeout(deadline.leftMillis());
        return in.read(into, offset, length);
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return take(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return take(into, offset, length);
            }

            @Override
            public int available() throws IOException {
                return in.available() + aheadTo - aheadFrom;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isBound() {
        return socket.isBound();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void setSoTimeout(int millis) {
        // The deadline decides; a time-out set by TLS for one read must not weaken it.
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        socket.setTcpNoDelay(on);
    }

    @Override
    public void setSoLinger(boolean on, int linger) throws SocketException {
        socket.setSoLinger(on, linger);
    }

    @Override
    public int getSoLinger() throws SocketException {
        return socket.getSoLinger();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
