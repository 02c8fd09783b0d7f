package org.posthouse.mailcore.queue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a delivery status notification: words for people, fields for programs (RFC 3464 2), and the message itself
 * or, when it is large, its header.
 */
record Report(Item item, List<Line> lines, String host, Instant now) {

    private static final int RETURNED_WHOLE = 64 << 10;
    private static final Pattern STATUS = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final Pattern MTA = Pattern.compile("^host (\\S+)");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * What is said of one recipient.
     *
     * @param recipient who
     * @param action "failed" or "delivered" (RFC 3464 2.3.3)
     * @param reply the SMTP reply
     * @param why who gave it
     */
    record Line(Recipient recipient, String action, String reply, String why) {

        String status() {
            Matcher found = STATUS.matcher(reply);
            return found.find() ? found.group(1) : (reply.isEmpty() ? "5" : reply.substring(0, 1)) + ".0.0";
        }

        String address() {
            return recipient.address();
        }
    }

    byte[] octets() {
        String boundary = "report-" + item.id() + "-" + Long.toHexString(now.toEpochMilli());
        boolean whole = item.message().length <= RETURNED_WHOLE && !isHeaderEnough();
        String head = header(boundary) + part(boundary, "text/plain; charset=utf-8", words())
                + part(boundary, "message/delivery-status", fields())
                + "--" + boundary + "\r\nContent-Type: " + (whole ? "message/rfc822" : "text/rfc822-headers")
                + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
        byte[] original = whole ? item.message() : headerOf(item.message());
        return Bounce.joined(Bounce.octets(head), original, Bounce.octets("\r\n--" + boundary + "--\r\n"));
    }

    // RFC 3461 4.3: RET says what a report of a failure carries; good news carries the header alone.
    private boolean isHeaderEnough() {
        return Bounce.isGood(lines) || (item.envelope().flags() & MailFlags.RETURN_HEADER) != 0;
    }

    private String header(String boundary) {
        String subject = Bounce.isGood(lines) ? "Delivered" : "Could not be delivered";
        return "Return-Path: <>\r\n"
                + "From: Mail Delivery System <postmaster@" + host + ">\r\n"
                + "To: <" + item.envelope().sender() + ">\r\n"
                + "Subject: " + subject + "\r\n"
                + "Date: " + DATE.format(now) + "\r\n"
                + "Message-ID: <" + boundary + "@" + host + ">\r\n"
                + "Auto-Submitted: auto-replied\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"" + boundary + "\"\r\n"
                + "\r\n";
    }

    private static String part(String boundary, String type, String text) {
        return "--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text
                + "\r\n";
    }

    private String words() {
        String opening = Bounce.isGood(lines)
                ? "Your message has been delivered:\r\n\r\n"
                : "Your message could not be delivered to everyone. No further attempt is made for:\r\n\r\n";
        return lines.stream()
                .map(line -> "  <" + line.address() + ">\r\n    " + clean(line.reply())
                        + (line.why().isEmpty() ? "" : "\r\n    (" + clean(line.why()) + ")") + "\r\n")
                .collect(Collectors.joining("\r\n", opening, ""));
    }

    private String fields() {
        String id = item.envelope().envelopeId();
        String whole = (id.isEmpty() ? "" : "Original-Envelope-Id: " + clean(id) + "\r\n")
                + "Reporting-MTA: dns; " + host + "\r\n"
                + "Arrival-Date: " + DATE.format(item.envelope().date()) + "\r\n";
        return lines.stream().map(this::fields).collect(Collectors.joining("", whole, ""));
    }

    private String fields(Line line) {
        Recipient recipient = line.recipient();
        Matcher mta = MTA.matcher(line.why());
        return "\r\n"
                + (recipient.original().isEmpty() ? "" : "Original-Recipient: " + clean(recipient.original()) + "\r\n")
                + "Final-Recipient: " + Bounce.typed(clean(recipient.address())) + "\r\n"
                + "Action: " + line.action() + "\r\n"
                + "Status: " + line.status() + "\r\n"
                + (mta.find() ? "Remote-MTA: dns; " + clean(mta.group(1)) + "\r\n" : "")
                + "Diagnostic-Code: smtp; " + clean(line.reply()) + "\r\n";
    }

    // A reply comes from outside: no line of it may become a line of ours.
    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static byte[] headerOf(byte[] message) {
        int end = 0;
        while (end + 3 < message.length
                && !(message[end] == '\r' && message[end + 1] == '\n' && message[end + 2] == '\r')) {
            end++;
        }
        return java.util.Arrays.copyOf(message, Math.min(end + 2, message.length));
    }
}
