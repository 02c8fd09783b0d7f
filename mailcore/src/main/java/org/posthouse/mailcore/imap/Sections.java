package org.posthouse.mailcore.imap;

import java.util.List;
import java.util.Optional;
import org.posthouse.mailcore.imap.command.FetchItem.Section;
import org.posthouse.mailcore.imap.command.FetchItem.Text;
import org.posthouse.mailcore.message.Fields;
import org.posthouse.mailcore.message.Part;
import org.posthouse.mailcore.message.Slice;

/** Finds the octets that a section names: RFC 3501 6.4.5. */
final class Sections {

    private Sections() {}

    /** Whether the section is known without reading the parts of the message. */
    static boolean isWhole(Section section) {
        return section.path().isEmpty() && section.text() == Text.ALL;
    }

    /** Whether the header of the message is all that it takes. */
    static boolean isHeader(Section section) {
        return section.path().isEmpty() && section.text() != Text.ALL && section.text() != Text.TEXT;
    }

    /** What of a header a section names. */
    static Slice ofHeader(Fields fields, byte[] octets, Section section) {
        return switch (section.text()) {
            case HEADER_FIELDS -> Slice.of(fields.pick(section.fields(), false));
            case HEADER_FIELDS_NOT -> Slice.of(fields.pick(section.fields(), true));
            default -> new Slice(octets, fields.start(), fields.end());
        };
    }

    /** The octets of a section; empty when the message has no such part. */
    static Optional<Slice> of(Part message, Section section) {
        if (section.path().isEmpty()) {
            return Optional.of(ofMessage(message, section));
        }
        return find(message, section.path()).flatMap(part -> ofPart(part, section));
    }

    private static Slice ofMessage(Part message, Section section) {
        return switch (section.text()) {
            case ALL -> new Slice(message.octets(), message.fields().start(), message.end());
            case TEXT -> new Slice(message.octets(), message.body(), message.end());
            default -> ofHeader(message.fields(), message.octets(), section);
        };
    }

    private static Optional<Slice> ofPart(Part part, Section section) {
        return switch (section.text()) {
            case ALL -> Optional.of(new Slice(part.octets(), part.body(), part.end()));
            case MIME ->
                Optional.of(new Slice(
                        part.octets(), part.fields().start(), part.fields().end()));
            // Of a part that is no message there is no header or text to tell.
            default ->
                part.isMessage() ? Optional.of(ofMessage(part.children().getFirst(), section)) : Optional.empty();
        };
    }

    private static Optional<Part> find(Part message, List<Integer> path) {
        Optional<Part> at = message.child(path.getFirst());
        for (int number : path.subList(1, path.size())) {
            at = at.flatMap(Sections::inside).flatMap(part -> part.child(number));
        }
        return at;
    }

    // The numbers below a message/rfc822 are those of the message in it; below a leaf there are none.
    private static Optional<Part> inside(Part part) {
        if (part.isMessage()) {
            return Optional.of(part.children().getFirst());
        }
        return part.isMultipart() ? Optional.of(part) : Optional.empty();
    }
}
