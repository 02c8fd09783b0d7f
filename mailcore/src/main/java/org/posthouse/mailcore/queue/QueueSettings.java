package org.posthouse.mailcore.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the queue obeys, asked for anew for each mail.
 *
 * @param host the server's Official Domain, in whose name bounces are written
 * @param retryInterval how long between two attempts at other hosts
 * @param retryTimeout how long until what is left goes back to its sender
 * @param minimumSpace octets that must stay free on the volume
 * @param local the mailbox name for a local address; empty when the address is another system's
 */
public record QueueSettings(
        String host,
        Duration retryInterval,
        Duration retryTimeout,
        long minimumSpace,
        Function<String, Optional<String>> local) {}
