package org.posthouse.mailcore.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One mail in the spool as it stands on disk.
 *
 * @param id its number
 * @param stage where it goes on
 * @param nextTry not before
 * @param size of the message in octets
 * @param envelope as taken
 * @param owed who has not got it yet
 */
record Entry(long id, Stage stage, Instant nextTry, int size, Envelope envelope, List<Owed> owed) {

    // 1: earlier revisions, which did not keep the addresses as given.
    private static final byte FORM = 2;

    Entry {
        owed = List.copyOf(owed);
    }

    /** A mail just taken. */
    static Entry taken(long id, int size, Envelope envelope) {
        var owed = envelope.recipients().stream()
                .map(recipient -> new Owed(recipient, "", ""))
                .toList();
        return new Entry(id, Stage.INCOMING, envelope.date(), size, envelope, owed);
    }

    Entry at(Stage other, Instant next) {
        return new Entry(id, other, next, size, envelope, owed);
    }

    Entry owing(List<Owed> rest) {
        return new Entry(id, stage, nextTry, size, envelope, rest);
    }

    /** The id as people see it. */
    String name() {
        return Long.toHexString(id);
    }

    /** Whether an attempt was made before: everybody who is owed it has a reply. */
    boolean wasTried() {
        return stage == Stage.OUTGOING
                || owed.stream().noneMatch(each -> each.reply().isEmpty());
    }

    /** Earlier revisions kept mail for users here at OUTGOING, although its groups may not have been expanded. */
    Entry migrated() {
        boolean local = owed.stream().anyMatch(each -> each.recipient().kind() != Recipient.Kind.REMOTE);
        return stage == Stage.OUTGOING && local ? at(Stage.INCOMING, nextTry) : this;
    }

    /** The domain of the first recipient elsewhere, in lower case; "" when there is none. */
    String destination() {
        return owed.stream()
                .map(each -> each.recipient())
                .filter(recipient -> recipient.kind() == Recipient.Kind.REMOTE)
                .map(recipient -> recipient
                        .address()
                        .substring(recipient.address().lastIndexOf('@') + 1)
                        .toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    boolean isRemote() {
        return owed.stream().anyMatch(each -> each.recipient().kind() == Recipient.Kind.REMOTE);
    }

    byte[] form() {
        var octets = new ByteArrayOutputStream(256);
        try (var out = new DataOutputStream(octets)) {
            out.writeByte(FORM);
            out.writeUTF(stage.name());
            out.writeLong(nextTry.toEpochMilli());
            out.writeInt(size);
            out.writeLong(envelope.date().toEpochMilli());
            for (String text : List.of(
                    envelope.sender(), envelope.authenticatedSender(), envelope.envelopeId(), envelope.client())) {
                out.writeUTF(text);
            }
            out.writeInt(envelope.flags());
            out.writeInt(owed.size());
            for (Owed each : owed) {
                write(out, each);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return octets.toByteArray();
    }

    private static void write(DataOutputStream out, Owed owed) throws IOException {
        Recipient recipient = owed.recipient();
        out.writeUTF(recipient.kind().name());
        for (String text : List.of(
                recipient.address(),
                recipient.original(),
                recipient.dsn(),
                recipient.folder(),
                recipient.given(),
                owed.reply(),
                owed.why())) {
            out.writeUTF(text);
        }
    }

    static Entry of(long id, byte[] form) {
        try (var in = new DataInputStream(new ByteArrayInputStream(form))) {
            byte revision = in.readByte();
            if (revision < 1 || revision > FORM) {
                throw new IllegalStateException("queue entry " + Long.toHexString(id) + " is of a later version");
            }
            Stage stage = Stage.valueOf(in.readUTF());
            Instant nextTry = Instant.ofEpochMilli(in.readLong());
            int size = in.readInt();
            Instant date = Instant.ofEpochMilli(in.readLong());
            String[] texts = {in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF()};
            int flags = in.readInt();
            var owed = new ArrayList<Owed>();
            for (int left = in.readInt(); left > 0; left--) {
                owed.add(owed(in, revision));
            }
            var recipients = owed.stream().map(Owed::recipient).toList();
            var envelope = new Envelope(date, texts[0], texts[1], texts[2], texts[3], flags, recipients);
            return new Entry(id, stage, nextTry, size, envelope, owed);
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    private static Owed owed(DataInputStream in, byte revision) throws IOException {
        Recipient.Kind kind = Recipient.Kind.valueOf(in.readUTF());
        String[] texts = {in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF()};
        String given = revision > 1 ? in.readUTF() : "";
        var recipient = new Recipient(kind, texts[0], texts[1], texts[2], texts[3], given);
        return new Owed(recipient, in.readUTF(), in.readUTF());
    }
}
