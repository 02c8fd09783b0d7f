package org.posthouse.mailcore.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads and writes the few header fields a server is concerned with that passes messages on. */
public final class Trace {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    /**
     * What a header holds.
     *
     * @param hops how many Received fields: how often the message was passed on
     * @param hasDate whether it says when it was written
     * @param hasMessageId whether it has an identity
     */
    public record Header(int hops, boolean hasDate, boolean hasMessageId) {}

    /**
     * One hand-over, for the Received field.
     *
     * @param greeting the name the peer gave
     * @param peer its address
     * @param cipher TLS version and cipher suite; empty without TLS
     * @param by our name
     * @param protocol "ESMTP", "NMAP", ...
     * @param id what the message is called here
     * @param recipient whom it is for; empty to say nothing of that
     */
    public record Hop(
            String greeting, String peer, String cipher, String by, String protocol, String id, String recipient) {}

    private Trace() {}

    /** The Received field of one hand-over (RFC 5321 4.4), CRLF included. */
    public static byte[] received(Hop hop, ZonedDateTime when) {
        var text = new StringBuilder(256);
        text.append("Received: from ")
                .append(hop.greeting())
                .append(" (")
                .append(hop.peer())
                .append(')');
        if (!hop.cipher().isEmpty()) {
            text.append("\r\n\t(").append(hop.cipher()).append(')');
        }
        text.append("\r\n\tby ").append(hop.by()).append(" with ").append(hop.protocol());
        text.append(" id ").append(hop.id());
        if (!hop.recipient().isEmpty()) {
            text.append("\r\n\tfor <").append(hop.recipient()).append('>');
        }
        text.append(";\r\n\t").append(DATE.format(when)).append("\r\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Looks through the header that begins at {@code from}. */
    public static Header read(byte[] message, int from) {
        Fields fields = Fields.read(message, from, message.length);
        return new Header(fields.count("Received"), fields.has("Date"), fields.has("Message-ID"));
    }

    /**
     * Separates the header that begins at {@code at} from a body that follows without an empty line: mail of scripts has
     * no header at all, or none that ends. Otherwise the trace fields before it would make the text part of the header.
     */
    public static byte[] separated(byte[] message, int at) {
        Fields fields = Fields.read(message, at, message.length);
        return fields.isEnded() || fields.end() == message.length ? message : inserted(message, fields.end(), "\r\n");
    }

    private static byte[] inserted(byte[] message, int at, String text) {
        byte[] added = text.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(message, message.length + added.length);
        System.arraycopy(message, at, whole, at + added.length, message.length - at);
        System.arraycopy(added, 0, whole, at, added.length);
        return whole;
    }

    /** The message of final delivery: the reverse path on top, in place of any field that claims to be it (RFC 5321 4.4). */
    public static byte[] delivered(byte[] message, String sender) {
        byte[] path = ("Return-Path: <" + sender + ">\r\n").getBytes(StandardCharsets.UTF_8);
        List<Slice> old = Fields.read(message, 0, message.length).places("Return-Path");
        int dropped = old.stream().mapToInt(Slice::length).sum();
        // No array beside this one: the message may be large.
        ByteBuffer whole =
                ByteBuffer.allocate(path.length + message.length - dropped).put(path);
        int at = 0;
        for (Slice each : old) {
            whole.put(message, at, each.from() - at);
            at = each.to();
        }
        return whole.put(message, at, message.length - at).array();
    }

    /** Adds what a mail program left to us (RFC 6409 8.1, 8.2): fields at {@code at}, behind the trace header. */
    public static byte[] completed(
            byte[] message, int at, Header header, String id, String domain, ZonedDateTime when) {
        var missing = new StringBuilder();
        if (!header.hasDate()) {
            missing.append("Date: ").append(DATE.format(when)).append("\r\n");
        }
        if (!header.hasMessageId()) {
            missing.append("Message-ID: <")
                    .append(id)
                    .append('@')
                    .append(domain)
                    .append(">\r\n");
        }
        if (missing.isEmpty()) {
            return message;
        }
        // A message that begins with its body, as scripts send them, needs an empty line before it.
        Fields fields = Fields.read(message, at, message.length);
        if (fields.isEmpty() && !fields.isEnded()) {
            missing.append("\r\n");
        }
        return inserted(message, at, missing.toString());
    }
}
