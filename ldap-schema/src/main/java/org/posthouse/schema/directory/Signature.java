package org.posthouse.schema.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who made a change and how. It travels with the change in the directory, so that every console that follows the
 * directory records the author, not the account that the console is bound as.
 *
 * @param revision the revision that the change got; a later revision on the same object invalidates the signature
 * @param who the distinguished name of the author; empty: unknown
 * @param by the way the change came, such as "page" or "cli"
 * @param address the address of the author; empty: the console itself
 * @param console the name of the console that made the change
 * @param object the deleted object; empty on the object itself
 */
public record Signature(long revision, String who, String by, String address, String console, String object) {

    /** The same for a change that got a revision. */
    Signature at(long number) {
        return new Signature(number, who, by, address, console, object);
    }

    /** The same for the deletion of an object. */
    Signature of(String deleted) {
        return new Signature(revision, who, by, address, console, deleted);
    }

    /** The text as an attribute value. */
    String text() {
        return Stream.of(Long.toString(revision), by, address, console, who, object)
                .map(part -> part.isEmpty() ? "-" : URLEncoder.encode(part, UTF_8))
                .collect(Collectors.joining(" "));
    }

    /** The signature that a text holds; empty when the text holds none. */
    public static Optional<Signature> read(String text) {
        List<String> parts = Arrays.stream(text.split(" "))
                .map(part -> part.equals("-") ? "" : part)
                .toList();
        try {
            return parts.size() != 6
                    ? Optional.empty()
                    : Optional.of(new Signature(
                            Long.parseLong(parts.get(0)),
                            URLDecoder.decode(parts.get(4), UTF_8),
                            URLDecoder.decode(parts.get(1), UTF_8),
                            URLDecoder.decode(parts.get(2), UTF_8),
                            URLDecoder.decode(parts.get(3), UTF_8),
                            URLDecoder.decode(parts.get(5), UTF_8)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
