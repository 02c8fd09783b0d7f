package org.posthouse.mailcore.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.codec.Base64OutputStream;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;
import org.posthouse.mailcore.message.Fields;
import org.posthouse.mailcore.message.Octets;
import org.posthouse.mailcore.message.Part;
import org.posthouse.mailcore.message.Slice;

/**
 * Turns a message into 7 bits for a host without 8BITMIME (RFC 6152 3): text becomes quoted-printable, other parts base64,
 * texts and names in header fields become encoded words. Reads and copies the whole message.
 */
final class SevenBit {

    private static final Set<String> ENCODED = Set.of("BASE64", "QUOTED-PRINTABLE");
    private static final byte[] CRLF = {'\r', '\n'};

    /** The message cannot be turned without damage. */
    static final class Inconvertible extends RuntimeException {
        private static final long serialVersionUID = 1;

        Inconvertible(String reply) {
            super(reply, null, false, false);
        }
    }

    private final byte[] octets;
    private final ByteArrayOutputStream out;

    private SevenBit(byte[] octets) {
        this.octets = octets;
        this.out = new ByteArrayOutputStream(octets.length + octets.length / 4);
    }

    /** The message in 7 bits; the same when it is. Throws Inconvertible, with the reply for the sender. */
    static byte[] of(byte[] message) {
        if (!Octets.isEightBit(message, 0, message.length)) {
            return message;
        }
        var turned = new SevenBit(message);
        turned.part(Part.of(message), true);
        return turned.out.toByteArray();
    }

    private boolean isEight(int from, int to) {
        return Octets.isEightBit(octets, from, to);
    }

    private void part(Part part, boolean whole) {
        boolean eightBody = isEight(part.body(), part.end());
        if (part.isMultipart() || part.isMessage()) {
            if (eightBody && part.isMultipart() && part.subtype().equals("SIGNED")) {
                // RFC 1847 2.1: whoever changes what is signed breaks the signature.
                throw new Inconvertible("554 5.6.2 a signed message with 8-bit text cannot be converted to 7 bits");
            }
            header(part, eightBody ? "7bit" : "", whole);
            children(part);
            return;
        }
        if (!eightBody) {
            header(part, "", whole);
            out.write(octets, part.body(), part.end() - part.body());
            return;
        }
        checkLeaf(part);
        boolean text = part.type().equals("TEXT");
        header(part, text ? "quoted-printable" : "base64", whole);
        out.writeBytes(encoded(part, text));
    }

    // RFC 2045 6.4: composite types are never encoded themselves; what has an encoding has no octets outside ASCII.
    private static void checkLeaf(Part part) {
        String written = part.fields().first("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
        boolean composite = written.startsWith("multipart")
                || (written.startsWith("message") && !written.startsWith("message/global"));
        if (composite || ENCODED.contains(part.encoding())) {
            throw new Inconvertible("554 5.6.3 the malformed message cannot be converted to 7 bits");
        }
    }

    private void children(Part part) {
        int at = part.body();
        for (Part child : part.children()) {
            filler(at, child.fields().start());
            part(child, part.isMessage());
            at = child.end();
        }
        filler(at, part.end());
    }

    // Between the parts are boundaries, and words for programs that do not know MIME.
    private void filler(int from, int to) {
        for (int at = from; at < to; at++) {
            out.write(octets[at] < 0 ? '?' : octets[at]);
        }
    }

    private byte[] encoded(Part part, boolean text) {
        var encoded = new ByteArrayOutputStream();
        try (OutputStream to =
                text ? new QuotedPrintableOutputStream(encoded, false) : new Base64OutputStream(encoded)) {
            to.write(octets, part.body(), part.end() - part.body());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return encoded.toByteArray();
    }

    private void header(Part part, String encoding, boolean whole) {
        Fields fields = part.fields();
        for (Slice field : fields.places()) {
            String name = name(field);
            boolean replaced = !encoding.isEmpty() && name.equals("content-transfer-encoding");
            if (!replaced) {
                field(field, name);
            }
        }
        if (!encoding.isEmpty()) {
            if (whole && !fields.has("MIME-Version")) {
                line("MIME-Version: 1.0");
            }
            if (!fields.has("Content-Type")) {
                line("Content-Type: text/plain; charset=" + charset(part));
            }
            line("Content-Transfer-Encoding: " + encoding);
        }
        if (fields.isEnded() || part.body() < part.end()) {
            out.writeBytes(CRLF);
        }
    }

    // RFC 1428 3: text whose character set nobody names.
    private String charset(Part part) {
        return isUtf8(octets, part.body(), part.end()) ? "utf-8" : "unknown-8bit";
    }

    private static boolean isUtf8(byte[] octets, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, to - from));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }

    private void line(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(CRLF);
    }

    private String name(Slice field) {
        int end = field.from();
        while (octets[end] != ':') {
            end++;
        }
        return new String(octets, field.from(), end - field.from(), StandardCharsets.US_ASCII)
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private void field(Slice field, String name) {
        if (!isEight(field.from(), field.to())) {
            out.write(octets, field.from(), field.length());
            return;
        }
        String unfolded = Fields.of(Arrays.copyOfRange(octets, field.from(), field.to()))
                .unfolded(Integer.MAX_VALUE)
                .findFirst()
                .orElseThrow();
        byte[] raw = unfolded.getBytes(StandardCharsets.ISO_8859_1);
        String text = isUtf8(raw, 0, raw.length) ? new String(raw, StandardCharsets.UTF_8) : unfolded;
        List<String> words = EncodedField.of(name, text);
        out.writeBytes(String.join("\r\n ", words).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(CRLF);
    }
}
