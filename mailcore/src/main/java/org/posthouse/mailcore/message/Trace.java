package org.posthouse.mailcore.message;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Reads and writes the few header fields a server is concerned with that passes messages on. */
public final class Trace {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final byte[] RECEIVED = "received:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATE_FIELD = "date:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE_ID = "message-id:".getBytes(StandardCharsets.US_ASCII);

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

    /** Looks through the header that begins at {@code from}, up to the first empty line. */
    public static Header read(byte[] message, int from) {
        int hops = 0;
        boolean date = false;
        boolean id = false;
        int line = from;
        while (line < message.length && message[line] != '\r') {
            if (begins(message, line, RECEIVED)) {
                hops++;
            } else if (begins(message, line, DATE_FIELD)) {
                date = true;
            } else if (begins(message, line, MESSAGE_ID)) {
                id = true;
            }
            line = nextLine(message, line);
        }
        return new Header(hops, date, id);
    }

    private static int nextLine(byte[] message, int from) {
        int i = from;
        while (i < message.length && message[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    private static boolean begins(byte[] message, int at, byte[] name) {
        if (message.length - at < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            int octet = message[at + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) != name[i]) {
                return false;
            }
        }
        return true;
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
        if (at == message.length || !startsWithField(message, at)) {
            missing.append("\r\n");
        }
        byte[] added = missing.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] whole = Arrays.copyOf(message, message.length + added.length);
        System.arraycopy(message, at, whole, at + added.length, message.length - at);
        System.arraycopy(added, 0, whole, at, added.length);
        return whole;
    }

    // A message that begins with its body, as scripts send them, needs an empty line before it.
    private static boolean startsWithField(byte[] message, int at) {
        for (int i = at; i < message.length; i++) {
            int octet = message[i];
            if (octet == ':') {
                return i > at;
            }
            if (octet <= ' ' || octet > '~') {
                return octet == '\r' && i == at;
            }
        }
        return false;
    }
}
