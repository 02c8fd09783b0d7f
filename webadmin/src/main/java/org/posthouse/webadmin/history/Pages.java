package org.posthouse.webadmin.history;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The files of the journal, in their order, read line by line. */
final class Pages {

    static final String END = ".jsonl";
    private static final int STEP = 1 << 20;

    private final Path folder;

    Pages(Path folder) {
        this.folder = folder;
    }

    /**
     * Where one line stands.
     *
     * @param file its file
     * @param line which line of it, from 1
     * @param offset where it begins
     * @param length how many octets it has, without its line end
     */
    record Spot(Path file, int line, long offset, int length) {}

    /** Takes lines: where each stands, and where its octets are in an array that is used again afterwards. */
    interface Reader {
        void line(Spot spot, byte[] bytes, int from) throws IOException;
    }

    /** All files, the oldest first. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(END)).sorted().toList();
        }
    }

    /** Reads every line there is when it begins. */
    void read(Reader reader) throws IOException {
        for (Path file : files()) {
            read(file, reader);
        }
    }

    /** Reads every line of one file. */
    static void read(Path file, Reader reader) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            long end = in.size();
            byte[] bytes = new byte[STEP];
            int held = 0;
            long begin = 0;
            int line = 0;
            for (long read = 0; read < end; ) {
                if (held == bytes.length) {
                    bytes = Arrays.copyOf(bytes, bytes.length * 2);
                }
                int got = in.read(ByteBuffer.wrap(bytes, held, (int) Math.min(bytes.length - held, end - read)));
                if (got <= 0) {
                    return;
                }
                read += got;
                int from = 0;
                for (int at = held; at < held + got; at++) {
                    if (bytes[at] == '\n') {
                        reader.line(new Spot(file, ++line, begin + from, at - from), bytes, from);
                        from = at + 1;
                    }
                }
                held = held + got - from;
                begin += from;
                System.arraycopy(bytes, from, bytes, 0, held);
            }
        }
    }

    /** The octets of one line. */
    static byte[] at(FileChannel in, long offset, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining() && in.read(into, offset + into.position()) > 0) {
            // Reads on.
        }
        return into.array();
    }

    /** Where the last whole line of a file ends; 0 when there is none. */
    static long wholeEnd(FileChannel in) throws IOException {
        return lineEndBefore(in, in.size());
    }

    /** Where the last line end before a position is, plus one; 0 when there is none. */
    static long lineEndBefore(FileChannel in, long position) throws IOException {
        for (long end = position; end > 0; end -= STEP) {
            long from = Math.max(0, end - STEP);
            byte[] step = at(in, from, (int) (end - from));
            for (int i = step.length - 1; i >= 0; i--) {
                if (step[i] == '\n') {
                    return from + i + 1;
                }
            }
        }
        return 0;
    }

    /** A file to be written to, made for its owner alone when it is not there. */
    static RandomAccessFile append(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return new RandomAccessFile(file.toFile(), "rw");
    }
}
