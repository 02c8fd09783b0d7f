package org.posthouse.webadmin.attention;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.posthouse.schema.address.AccessProblem;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.people.MailAccess;
import org.posthouse.webadmin.words.Words;

/** Concerns as English sentences, for the API and the command line; pages have them in the visitor's language. */
public final class Sentences {

    private Sentences() {}

    /** One concern as a sentence. */
    public static String of(Concern concern) {
        if (concern.values().size() == 1 && concern.values().getFirst() instanceof AccessProblem problem) {
            return MailAccess.sentence(problem);
        }
        return ended(Words.english(
                "attention." + concern.key(),
                concern.values().stream().map(Sentences::value).toArray()));
    }

    /** A sentence that ends in a reason, also where there is none: nothing is announced and then left out. */
    public static String ended(String sentence) {
        String text = sentence.strip();
        return text.endsWith(":") ? text.substring(0, text.length() - 1) + "." : text;
    }

    private static Object value(Object value) {
        return switch (value) {
            case Kind kind -> kind.label();
            case OptionFacts option -> option.label();
            case Instant at ->
                DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                        .withLocale(Locale.US)
                        .withZone(ZoneId.systemDefault())
                        .format(at);
            default -> value;
        };
    }
}
