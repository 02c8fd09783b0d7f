package org.posthouse.mailcore.store;

import com.github.benmanes.caffeine.cache.Interner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** How folders, messages and summaries are written in a vault. */
final class Forms {

    // Thousands of messages carry the same few sets of flags.
    private static final Interner<Set<String>> FLAGS = Interner.newWeakInterner();

    private Forms() {}

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static byte[] written(Writer writer) {
        var octets = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(octets)) {
            writer.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return octets.toByteArray();
    }

    private static <T> T read(byte[] octets, Reader<T> reader) {
        try (var in = new DataInputStream(new ByteArrayInputStream(octets))) {
            return reader.read(in);
        } catch (IOException broken) {
            throw new StoreFailure("a record is cut short", broken);
        }
    }

    static byte[] of(Folder folder) {
        return written(out -> {
            out.writeInt(folder.id());
            out.writeUTF(folder.name());
            out.writeLong(folder.uidValidity());
            out.writeLong(folder.uidNext());
            out.writeLong(folder.modSeq());
            out.writeLong(folder.recentFrom());
            out.writeUTF(folder.use());
            out.writeBoolean(folder.subscribed());
        });
    }

    static Folder folder(byte[] octets) {
        return read(
                octets,
                in -> new Folder(
                        in.readInt(),
                        in.readUTF(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readUTF(),
                        in.readBoolean()));
    }

    static byte[] of(Message message) {
        return written(out -> {
            out.writeLong(message.uid());
            out.writeUTF(
                    String.join(" ", message.flags().size() < 2 ? message.flags() : new TreeSet<>(message.flags())));
            out.writeLong(message.received().toEpochMilli());
            out.writeInt(message.size());
            out.writeLong(message.modSeq());
            out.writeLong(message.body());
        });
    }

    static Message message(byte[] octets) {
        return read(
                octets,
                in -> new Message(
                        in.readLong(),
                        flags(in.readUTF()),
                        Instant.ofEpochMilli(in.readLong()),
                        in.readInt(),
                        in.readLong(),
                        in.readLong()));
    }

    private static Set<String> flags(String text) {
        return FLAGS.intern(text.isEmpty() ? Set.of() : Set.of(text.split(" ")));
    }

    static byte[] name(String folder) {
        return folder.getBytes(StandardCharsets.UTF_8);
    }

    static String name(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    static byte[] of(Instant moment) {
        return written(out -> out.writeLong(moment.toEpochMilli()));
    }

    static Instant moment(byte[] octets) {
        return read(octets, in -> Instant.ofEpochMilli(in.readLong()));
    }

    static byte[] of(Summary summary) {
        return written(out -> {
            for (byte[] each :
                    new byte[][] {summary.header(), octets(summary.envelope()), octets(summary.structure())}) {
                out.writeInt(each.length);
                out.write(each);
            }
        });
    }

    static Summary summary(byte[] octets) {
        return read(octets, in -> new Summary(block(in), text(block(in)), text(block(in))));
    }

    private static byte[] block(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
