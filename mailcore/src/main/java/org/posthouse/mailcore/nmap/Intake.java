package org.posthouse.mailcore.nmap;

import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.compute.ComputePool;
import org.posthouse.mailcore.compute.MemoryBudget;
import org.posthouse.mailcore.compute.MemoryShort;
import org.posthouse.mailcore.message.Octets;
import org.posthouse.mailcore.message.Trace;
import org.posthouse.mailcore.queue.DiskFull;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Spool;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.store.TransitBuffer;
import org.posthouse.mailcore.wire.Connection;

/**
 * The queue entry that a session fills: NetMail "QCREA, QSTOR, QRUN, QABRT". Each answer is a line of the protocol. What
 * QRUN answers with 1000 is on disk.
 */
final class Intake implements AutoCloseable {

    // What is stored must be in memory twice for a moment.
    private static final long LARGEST = Runtime.getRuntime().maxMemory() / 3;
    private static final String NO_ENTRY = "4260 No queue entry is open";
    private static final Map<String, String> LINES =
            Map.of("FROM", "F", "LOCAL", "L", "TO", "R", "FLAGS", "X", "ADDRESS", "A", "RAW", "");

    private final Spool spool;
    private final Supplier<byte[]> received;
    private final Clock clock;
    private @Nullable EnvelopeLines open;
    private @Nullable TransitBuffer message;

    /** Into this spool; {@code received} writes the trace field of this session. */
    Intake(Spool spool, Supplier<byte[]> received, Clock clock) {
        this.spool = spool;
        this.received = received;
        this.clock = clock;
    }

    /** QCREA. */
    String create(String queue) {
        if (!queue.isEmpty() && !queue.matches("0{1,3}")) {
            return queue.matches("[0-9]{1,3}") ? "4000 There is no queue " + queue : "3010 Usage: QCREA [<queue>]";
        }
        if (spool.space() <= 0) {
            return "5221 Disk space low";
        }
        drop();
        open = new EnvelopeLines();
        return "1000 Queue entry created";
    }

    /** QSTOR of anything but the message. */
    String store(String what, String words) {
        EnvelopeLines entry = open;
        String letter = LINES.get(what.toUpperCase(Locale.ROOT));
        if (letter == null || words.isEmpty()) {
            return "3010 Usage: " + NmapCommand.QSTOR.usage();
        }
        if (entry == null) {
            return NO_ENTRY;
        }
        try {
            entry.add(letter + words);
            return "1000 OK";
        } catch (IllegalArgumentException malformed) {
            return "3010 " + malformed.getMessage();
        }
    }

    /** QSTOR MESSAGE: so many octets follow, and are read also when they are not wanted. */
    String message(String count, Receiver receiver) {
        int size;
        try {
            size = Integer.parseInt(count);
        } catch (NumberFormatException none) {
            return "3010 Usage: QSTOR MESSAGE <octets>";
        }
        if (size < 0) {
            return "3010 Usage: QSTOR MESSAGE <octets>";
        }
        if (size > LARGEST) {
            receiver.receive(size, (octets, from, some) -> {});
            return "5221 A message has at most " + LARGEST + " octets";
        }
        TransitBuffer former = message;
        if (former != null) {
            former.close();
        }
        TransitBuffer fresh = spool.buffer(size);
        message = fresh;
        receiver.receive(size, fresh::append);
        if (open == null) {
            drop();
            return NO_ENTRY;
        }
        return "1000 OK";
    }

    /** Receives so many octets. */
    @FunctionalInterface
    interface Receiver {

        /** Hands them over portion by portion. */
        void receive(int octets, Connection.Portion taker);
    }

    /** QRUN without an entry: what is open is finished and goes its way. */
    String run() {
        EnvelopeLines entry = open;
        TransitBuffer whole = message;
        Optional<Envelope> envelope = entry == null ? Optional.empty() : entry.envelope(clock.instant());
        if (envelope.isEmpty() || whole == null) {
            return NO_ENTRY + " that has sender, recipient and message";
        }
        try (var _ = MemoryBudget.forMessage(2 * whole.size())) {
            return run(envelope.get(), whole.octets());
        } catch (MemoryShort busy) {
            return "5221 Too many large messages at once: " + busy.getMessage();
        } catch (DiskFull full) {
            return "5221 Disk space low: " + full.getMessage();
        } catch (StoreFailure failure) {
            return failure.isDiskFull() ? "5221 Disk space low" : "5201 " + failure.getMessage();
        }
    }

    private String run(Envelope envelope, byte[] whole) {
        if (ComputePool.shared().callFor(whole.length, () -> Octets.hasNul(whole, 0, whole.length))) {
            return "3010 A message cannot contain NUL octets";
        }
        byte[] field = received.get();
        String id = spool.take(envelope, Trace.separated(onTop(field, whole), field.length));
        drop();
        return "1000 000-" + id + " OK";
    }

    private static byte[] onTop(byte[] field, byte[] message) {
        byte[] whole = Arrays.copyOf(field, field.length + message.length);
        System.arraycopy(message, 0, whole, field.length, message.length);
        return whole;
    }

    /** QABRT. */
    String abort() {
        drop();
        return "1000 OK";
    }

    private void drop() {
        open = null;
        TransitBuffer former = message;
        message = null;
        if (former != null) {
            former.close();
        }
    }

    /** The session is over: what is open is dropped. */
    @Override
    public void close() {
        drop();
    }

    /** QDSPC. */
    String space() {
        return "1000 " + spool.space() + " bytes free";
    }
}
