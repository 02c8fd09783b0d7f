package org.posthouse.schema.login;

import java.time.Instant;
import java.util.List;

/**
 * An address that tried many wrong passwords lately.
 *
 * @param source the address, or the network of an IPv6 address
 * @param names some of the names that it tried, the latest last
 * @param tries how many passwords it sent since then that were wrong, or refused because it guesses
 * @param since when the first of them came
 * @param last when the latest came
 */
public record Guesser(String source, List<String> names, long tries, Instant since, Instant last) {

    /** Takes a copy. */
    public Guesser {
        names = List.copyOf(names);
    }
}
