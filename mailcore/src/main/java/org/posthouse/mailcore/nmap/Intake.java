package org.posthouse.mailcore.nmap;

import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.message.Octets;
import org.posthouse.mailcore.message.Trace;
import org.posthouse.mailcore.queue.DiskFull;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Spool;
import org.posthouse.mailcore.store.StoreFailure;

/**
 * The queue entry that a session fills: NetMail "QCREA, QSTOR, QRUN, QABRT". Each answer is a line of the protocol. What
 * QRUN answers with 1000 is on disk.
 */
final class Intake {

    private static final String NO_ENTRY = "4260 No queue entry is open";
    private static final Map<String, String> LINES =
            Map.of("FROM", "F", "LOCAL", "L", "TO", "R", "FLAGS", "X", "ADDRESS", "A", "RAW", "");

    private final Spool spool;
    private final Supplier<byte[]> received;
    private final Clock clock;
    private @Nullable EnvelopeLines open;
    private byte @Nullable [] message;

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
        open = new EnvelopeLines();
        message = null;
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
    String message(String count, IntFunction<byte[]> octets) {
        int size;
        try {
            size = Integer.parseInt(count);
        } catch (NumberFormatException none) {
            return "3010 Usage: QSTOR MESSAGE <octets>";
        }
        if (size < 0) {
            return "3010 Usage: QSTOR MESSAGE <octets>";
        }
        byte[] whole = octets.apply(size);
        if (open == null) {
            return NO_ENTRY;
        }
        if (Octets.hasNul(whole, 0, whole.length)) {
            return "3010 A message cannot contain NUL octets";
        }
        message = whole;
        return "1000 OK";
    }

    /** QRUN without an entry: what is open is finished and goes its way. */
    String run() {
        EnvelopeLines entry = open;
        byte[] whole = message;
        Optional<Envelope> envelope = entry == null ? Optional.empty() : entry.envelope(clock.instant());
        if (envelope.isEmpty() || whole == null) {
            return NO_ENTRY + " that has sender, recipient and message";
        }
        try {
            byte[] field = received.get();
            String id = spool.take(envelope.get(), Trace.separated(onTop(field, whole), field.length));
            abort();
            return "1000 000-" + id + " OK";
        } catch (DiskFull full) {
            return "5221 Disk space low: " + full.getMessage();
        } catch (StoreFailure failure) {
            return "5201 " + failure.getMessage();
        }
    }

    private static byte[] onTop(byte[] field, byte[] message) {
        byte[] whole = Arrays.copyOf(field, field.length + message.length);
        System.arraycopy(message, 0, whole, field.length, message.length);
        return whole;
    }

    /** QABRT. */
    String abort() {
        open = null;
        message = null;
        return "1000 OK";
    }

    /** QDSPC. */
    String space() {
        return "1000 " + spool.space() + " bytes free";
    }
}
