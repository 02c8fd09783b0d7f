package org.posthouse.mailcore.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Octets on their way in or out. Above a mebibyte they are in a file of the Temp Directory, and earlier when many messages
 * are on their way: all buffers share a small part of the memory. Used by one thread at a time; to be closed.
 *
 * <p>On Linux the file loses its name as soon as it is open, so that nothing is left behind by a crash. When it cannot be
 * written, octets are counted and dropped, because a peer goes on sending: see {@link #failure()}.
 */
public final class TransitBuffer implements AutoCloseable {

    /** Where the octets of a buffer go, piece by piece. */
    @FunctionalInterface
    public interface Sink {

        /** Takes some octets of an array, which is used again afterwards. */
        void take(byte[] octets, int from, int count);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TransitBuffer.class);
    private static final int LARGE = 1 << 20;
    private static final int PIECE = 64 << 10;
    // What each buffer may have without asking.
    private static final int FREE = 8 << 10;
    private static final AtomicLong LEFT = new AtomicLong(Runtime.getRuntime().maxMemory() / 16);

    private final Path folder;
    private byte[] memory;
    private int length;
    private long size;
    private long taken;
    private @Nullable FileChannel file;
    private long inFile;
    private @Nullable String failure;

    /**
     * An empty one.
     *
     * @param folder where its file comes to be when it is needed
     * @param expected about how many octets will come
     */
    public TransitBuffer(Path folder, int expected) {
        this.folder = folder;
        this.memory = new byte[Math.clamp(expected, 512, FREE)];
    }

    /** These octets, which need no file. */
    public static TransitBuffer of(byte[] octets) {
        var buffer = new TransitBuffer(Path.of(""), 0);
        buffer.memory = octets;
        buffer.length = octets.length;
        buffer.size = octets.length;
        return buffer;
    }

    /** How many octets there are. */
    public long size() {
        return size;
    }

    /** Why octets were lost: the file could not be written. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether some of it is in a file. */
    boolean isOnDisk() {
        return file != null;
    }

    /** Adds an octet. */
    public void append(byte octet) {
        size++;
        if (length < memory.length || room(1)) {
            memory[length++] = octet;
        }
    }

    /** Adds some octets. */
    public void append(byte[] octets, int from, int count) {
        size += count;
        for (int done = 0; done < count; ) {
            int some = Math.min(count - done, PIECE);
            if (!room(some)) {
                return;
            }
            System.arraycopy(octets, from + done, memory, length, some);
            length += some;
            done += some;
        }
    }

    // Room for so many more, at most a piece: in a larger array, or by writing down what is there.
    private boolean room(int count) {
        if (failure == null && length + count > memory.length && !grows(length + count)) {
            write();
            if (memory.length < PIECE || memory.length > 2 * PIECE) {
                memory = new byte[PIECE];
            }
        }
        return failure == null;
    }

    private boolean grows(int needed) {
        if (file != null || needed > LARGE) {
            return false;
        }
        int grown = Math.min(LARGE, Math.max(needed, 2 * memory.length));
        long more = grown > FREE ? grown - taken : 0;
        if (LEFT.addAndGet(-more) < 0) {
            LEFT.addAndGet(more);
            return false;
        }
        taken += more;
        memory = Arrays.copyOf(memory, grown);
        return true;
    }

    private void write() {
        try {
            if (file == null) {
                Path path = folder.resolve("transit-" + UUID.randomUUID());
                file = FileChannel.open(path, CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE);
            }
            var piece = ByteBuffer.wrap(memory, 0, length);
            while (piece.hasRemaining()) {
                inFile += file.write(piece, inFile);
            }
            length = 0;
            giveBack();
        } catch (IOException failed) {
            failure = "A file in " + folder + " cannot be written: " + failed.getMessage();
            length = 0;
            giveBack();
        }
    }

    private void giveBack() {
        LEFT.addAndGet(taken);
        taken = 0;
    }

    /** All octets in one array. The caller sees to it that there is memory for large ones. Throws StoreFailure. */
    public byte[] octets() {
        requireAll();
        if (file == null) {
            return length == memory.length ? memory : Arrays.copyOf(memory, length);
        }
        var whole = new byte[Math.toIntExact(inFile + length)];
        read(file, 0, ByteBuffer.wrap(whole, 0, (int) inFile));
        System.arraycopy(memory, 0, whole, (int) inFile, length);
        return whole;
    }

    private void requireAll() {
        String why = failure;
        if (why != null) {
            reset();
            throw new StoreFailure(why, new IOException(why));
        }
    }

    private void reset() {
        length = 0;
        size = 0;
        close();
        failure = null;
    }

    private void read(FileChannel from, long position, ByteBuffer into) {
        try {
            long at = position;
            int end = into.limit();
            while (into.position() < end) {
                // Java keeps a buffer of the size of the largest read outside the heap, for each thread.
                into.limit(Math.min(end, into.position() + PIECE));
                int some = from.read(into, at);
                if (some < 0) {
                    throw new IOException("it is shorter than it was written");
                }
                at += some;
            }
        } catch (IOException failed) {
            throw new StoreFailure("A file in " + folder + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    /**
     * Hands over all octets and is empty afterwards.
     *
     * @throws StoreFailure when some were lost; then nothing is handed over, and it is empty too
     */
    public void drain(Sink sink) {
        requireAll();
        if (file != null) {
            var piece = new byte[PIECE];
            for (long at = 0; at < inFile; at += PIECE) {
                int some = (int) Math.min(PIECE, inFile - at);
                read(file, at, ByteBuffer.wrap(piece, 0, some));
                sink.take(piece, 0, some);
            }
        }
        sink.take(memory, 0, length);
        reset();
    }

    /** Gives back memory and disk. The octets are gone. */
    @Override
    public void close() {
        giveBack();
        if (memory.length > FREE) {
            memory = new byte[FREE];
            length = 0;
        }
        FileChannel open = file;
        file = null;
        inFile = 0;
        if (open != null) {
            try {
                open.close();
            } catch (IOException lost) {
                LOG.debug("A file in {} could not be closed", folder, lost);
            }
        }
    }
}
