package org.posthouse.webadmin.form;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Text;

/** What a text means to an option, so that two spellings of one value count as one. */
public final class Meaning {

    private Meaning() {}

    /** The value behind a text, or the text itself when it cannot be read. */
    public static Object of(OptionFacts option, String text) {
        try {
            return Text.read(option.type(), plain(option, text));
        } catch (IllegalArgumentException unreadable) {
            return plain(option, text);
        }
    }

    // Blanks at the ends are slips of the pen everywhere but in a password.
    private static String plain(OptionFacts option, String text) {
        return option.secret() ? text : text.strip();
    }

    /** The texts without blank ones; what is left empty means the fallback. */
    public static List<String> clean(OptionFacts option, List<String> texts) {
        var said = texts.stream()
                .filter(text -> !text.isBlank())
                .map(text -> plain(option, text))
                .toList();
        return said.isEmpty() ? option.fallbackTexts() : said;
    }

    /** The texts that are stored already, each under its value. */
    public static Map<Object, String> spelled(OptionFacts option, List<String> stored) {
        var spelled = new HashMap<Object, String>();
        stored.forEach(text -> spelled.putIfAbsent(of(option, text), text));
        return spelled;
    }
}
