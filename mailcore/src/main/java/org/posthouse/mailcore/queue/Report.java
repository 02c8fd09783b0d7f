package org.posthouse.mailcore.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.posthouse.mailcore.message.Fields;
import org.posthouse.mailcore.message.Octets;

/**
 * The text of a delivery status notification: words for people, fields for programs (RFC 3464 2), and the message itself
 * or its header. A mail that came with SMTPUTF8 is reported in UTF-8 (RFC 6533), any other in 7 bits.
 */
record Report(Item item, List<Line> lines, QueueSettings settings, Instant now) {

    private static final int RETURNED_WHOLE = 64 << 10;
    private static final Pattern STATUS = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final Pattern MTA = Pattern.compile("^host (\\S+)");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** What became of a recipient, RFC 3464 2.3.3, with what people read of it. */
    enum Action {
        FAILED("Could not be delivered", "Your message could not be delivered to the following recipients:"),
        DELAYED(
                "Delayed",
                "Your message has not been delivered yet. You do not need to send it again: delivery is still being "
                        + "attempted for:"),
        RELAYED(
                "Relayed",
                "Your message was relayed to the following recipients. Their mail system does not report whether it is "
                        + "delivered:"),
        DELIVERED("Delivered", "Your message has been delivered to the following recipients:");

        private final String subject;
        private final String opening;

        Action(String subject, String opening) {
            this.subject = subject;
            this.opening = opening;
        }
    }

    /**
     * What is said of one recipient.
     *
     * @param recipient who
     * @param action what became of it
     * @param reply the SMTP reply
     * @param why who gave it
     */
    record Line(Recipient recipient, Action action, String reply, String why) {

        // RFC 3464 2.3.4: the class of the status is that of the action, whatever a host replied.
        String status() {
            Matcher found = STATUS.matcher(reply);
            String status = found.find() ? found.group(1) : (reply.isEmpty() ? "5" : reply.substring(0, 1)) + ".0.0";
            return (action == Action.FAILED ? "5" : action == Action.DELAYED ? "4" : "2") + status.substring(1);
        }
    }

    /** Whether it is in UTF-8: the sender's program can read that, since the mail came with SMTPUTF8. */
    boolean isInternational() {
        return (item.envelope().flags() & MailFlags.INTERNATIONAL) != 0;
    }

    byte[] octets() {
        String boundary = "report-" + item.id() + "-" + Long.toHexString(now.toEpochMilli());
        boolean utf8 = isInternational();
        byte[] original = returned();
        byte[] words = words().getBytes(UTF_8);
        byte[] fields = fields().getBytes(UTF_8);
        var body = new ByteArrayOutputStream(original.length + 2048);
        part(body, boundary, "text/plain; charset=utf-8", words);
        part(body, boundary, utf8 ? "message/global-delivery-status" : "message/delivery-status", fields);
        part(body, boundary, originalType(original), original);
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
        var whole = new ByteArrayOutputStream(body.size() + 1024);
        whole.writeBytes(header(boundary, encoding(body.toByteArray())).getBytes(UTF_8));
        whole.writeBytes(body.toByteArray());
        return whole.toByteArray();
    }

    // RFC 2045 6.2 and 6.4: what a part is declared as is what stands in it.
    private static void part(ByteArrayOutputStream body, String boundary, String type, byte[] octets) {
        body.writeBytes(("--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: "
                        + encoding(octets) + "\r\n\r\n")
                .getBytes(UTF_8));
        body.writeBytes(octets);
        body.writeBytes("\r\n".getBytes(UTF_8));
    }

    private static String encoding(byte[] octets) {
        return Octets.isEightBit(octets, 0, octets.length) ? "8bit" : "7bit";
    }

    private String originalType(byte[] original) {
        boolean global = isInternational() && Octets.isEightBit(headerOf(original), 0, headerOf(original).length);
        return isWhole()
                ? global ? "message/global" : "message/rfc822"
                : global ? "message/global-headers" : "text/rfc822-headers";
    }

    private byte[] returned() {
        return isWhole() ? item.message() : headerOf(item.message());
    }

    // RFC 3461 4.3: RET says what a report of a failure carries; other news carries the header alone.
    private boolean isWhole() {
        int flags = item.envelope().flags();
        boolean failed = lines.stream().allMatch(line -> line.action() == Action.FAILED);
        boolean fits = (flags & MailFlags.RETURN_FULL) != 0 || item.message().length <= RETURNED_WHOLE;
        return failed && fits && (flags & MailFlags.RETURN_HEADER) == 0;
    }

    private Action action() {
        return lines.getFirst().action();
    }

    private String header(String boundary, String encoding) {
        String host = settings.host();
        return "From: Mail Delivery System <postmaster@" + host + ">\r\n"
                + "To: <" + item.envelope().sender() + ">\r\n"
                + "Subject: " + action().subject + "\r\n"
                + "Date: " + DATE.format(now) + "\r\n"
                + "Message-ID: <" + boundary + "@" + host + ">\r\n"
                + "Auto-Submitted: auto-replied\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=" + (isInternational() ? "global-" : "")
                + "delivery-status;\r\n\tboundary=\"" + boundary + "\"\r\n"
                + "Content-Transfer-Encoding: " + encoding + "\r\n"
                + "\r\n";
    }

    private String words() {
        String last = action() == Action.DELAYED ? "\r\nThe last attempt is on " + until() + ".\r\n" : "";
        return lines.stream()
                        .map(line -> "  <" + line.recipient().outer(settings.host()) + ">\r\n    " + clean(line.reply())
                                + (line.why().isEmpty() ? "" : "\r\n    (" + clean(line.why()) + ")") + "\r\n")
                        .collect(Collectors.joining("\r\n", action().opening + "\r\n\r\n", ""))
                + last;
    }

    private String until() {
        return DATE.format(item.envelope().date().plus(settings.retryTimeout()));
    }

    private String fields() {
        String id = item.envelope().envelopeId();
        String whole = (id.isEmpty() ? "" : "Original-Envelope-Id: " + machine(id) + "\r\n")
                + "Reporting-MTA: dns; " + settings.host() + "\r\n"
                + "Arrival-Date: " + DATE.format(item.envelope().date()) + "\r\n";
        return lines.stream().map(this::fields).collect(Collectors.joining("", whole, ""));
    }

    private String fields(Line line) {
        Recipient recipient = line.recipient();
        Matcher mta = MTA.matcher(line.why());
        String original = recipient.original();
        return "\r\n"
                + (original.isEmpty()
                        ? ""
                        : "Original-Recipient: " + machine(ReportAddress.original(original, isInternational()))
                                + "\r\n")
                + "Final-Recipient: "
                + machine(ReportAddress.of(recipient.outer(settings.host()), isInternational())) + "\r\n"
                + "Action: " + line.action().name().toLowerCase(Locale.ROOT) + "\r\n"
                + "Status: " + line.status() + "\r\n"
                + (mta.find() ? "Remote-MTA: dns; " + machine(mta.group(1)) + "\r\n" : "")
                + (line.action() == Action.DELAYED ? "Will-Retry-Until: " + until() + "\r\n" : "")
                + "Diagnostic-Code: smtp; " + machine(line.reply()) + "\r\n";
    }

    // A reply comes from outside: no line of it may become a line of ours.
    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    // RFC 3464 2.1: the fields of a report that is not in UTF-8 are 7-bit.
    private String machine(String text) {
        return isInternational() ? clean(text) : clean(text).replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static byte[] headerOf(byte[] message) {
        return Arrays.copyOf(message, Fields.of(message).end());
    }
}
