package org.posthouse.mailcore.smtp;

import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.posthouse.mailcore.queue.Envelope;

/**
 * The queue as an SMTP Agent uses it.
 *
 * @param take puts a mail on disk, and returns when it lies there; throws DiskFull
 * @param runNow tries all mail waiting for a domain again at once, and says how many that is
 */
public record Desk(BiConsumer<Envelope, byte[]> take, ToIntFunction<String> runNow) {}
