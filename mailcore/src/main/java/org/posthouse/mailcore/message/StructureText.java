package org.posthouse.mailcore.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes BODYSTRUCTURE, or BODY when not extended: RFC 3501 7.4.2. */
public final class StructureText {

    // Behind so many octets, parts are told of as octets of no particular type.
    private static final int ENOUGH = 1 << 20;

    private final StringBuilder out = new StringBuilder(512);
    private final boolean extended;

    private StructureText(boolean extended) {
        this.extended = extended;
    }

    /** The structure of a message; each character stands for an octet. */
    public static String of(Part message, boolean extended) {
        var text = new StructureText(extended);
        text.write(message);
        return text.out.toString();
    }

    private void write(Part part) {
        out.append('(');
        if (out.length() > ENOUGH) {
            out.append("\"APPLICATION\" \"OCTET-STREAM\" NIL NIL NIL \"7BIT\" ").append(part.end() - part.body());
        } else if (part.isMultipart()) {
            multipart(part);
        } else {
            single(part);
        }
        out.append(')');
    }

    private void multipart(Part part) {
        part.children().forEach(this::write);
        word(part.subtype());
        if (extended) {
            out.append(' ');
            parameters(part.parameters());
            dispositionAndMore(part);
        }
    }

    private void single(Part part) {
        Strings.string(out, part.type());
        word(part.subtype());
        out.append(' ');
        parameters(part.parameters());
        field(part, "Content-ID");
        field(part, "Content-Description");
        word(part.encoding());
        out.append(' ').append(part.end() - part.body());
        if (part.isMessage()) {
            Part inner = part.children().getFirst();
            out.append(' ').append(EnvelopeText.of(inner.fields())).append(' ');
            write(inner);
        }
        if (part.isMessage() || part.type().equals("TEXT")) {
            out.append(' ').append(Lines.count(part.octets(), part.body(), part.end()));
        }
        if (extended) {
            field(part, "Content-MD5");
            dispositionAndMore(part);
        }
    }

    private void dispositionAndMore(Part part) {
        out.append(' ');
        Optional<Parameterized> disposition = part.fields()
                .first("Content-Disposition")
                .map(Parameterized::parse)
                .filter(each -> Parameterized.isToken(each.value()));
        if (disposition.isPresent()) {
            out.append('(');
            Strings.string(out, disposition.get().value());
            out.append(' ');
            parameters(disposition.get().parameters());
            out.append(')');
        } else {
            out.append("NIL");
        }
        languages(part);
        field(part, "Content-Location");
    }

    private void languages(Part part) {
        List<String> languages =
                languages(part.fields().first("Content-Language").orElse(""));
        if (languages.isEmpty()) {
            out.append(" NIL");
            return;
        }
        char before = '(';
        out.append(' ');
        for (String language : languages) {
            out.append(before);
            Strings.string(out, language);
            before = ' ';
        }
        out.append(')');
    }

    // RFC 3282 2: tags between commas; what is no tag is left out.
    private static List<String> languages(String field) {
        var words = new HeaderWords(field);
        var languages = new ArrayList<String>();
        do {
            String language = words.upTo(",");
            if (Parameterized.isToken(language)) {
                languages.add(language);
            }
        } while (words.skip(','));
        return languages;
    }

    private void parameters(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            out.append("NIL");
            return;
        }
        char before = '(';
        for (var parameter : parameters.entrySet()) {
            out.append(before);
            Strings.string(out, parameter.getKey());
            word(parameter.getValue());
            before = ' ';
        }
        out.append(')');
    }

    private void word(String text) {
        out.append(' ');
        Strings.string(out, text);
    }

    private void field(Part part, String name) {
        out.append(' ');
        Strings.nstring(out, part.fields().first(name));
    }
}
