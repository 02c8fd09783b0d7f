package org.posthouse.mailcore.smtp;

import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.store.TransitBuffer;

/**
 * The queue as an SMTP Agent uses it.
 *
 * @param take puts a mail on disk, and returns when it lies there; throws DiskFull
 * @param buffers makes a buffer for a message of about so many octets
 * @param runNow tries all mail waiting for a domain again at once, and says how many that is
 */
public record Desk(
        BiConsumer<Envelope, byte[]> take, IntFunction<TransitBuffer> buffers, ToIntFunction<String> runNow) {}
