package org.posthouse.schema.value;

/**
 * Which characters a text in the tree may contain. Pages, API, files and names of objects all ask here, so that whatever is
 * accepted can be exported, read back, and shown.
 *
 * <p>Not allowed are control characters (general category Cc), line and paragraph separators, the byte order mark,
 * noncharacters, and surrogates without their other half (Unicode 16, chapters 3.2 and 23). A text of one line may contain a
 * tab; a text of several lines also line feeds and carriage returns.
 */
public final class PlainText {

    /** Why a text is refused, as a phrase after its name. */
    public static final String REASON = "must not contain control characters";

    private PlainText() {}

    /** Whether a text of one line contains nothing that is not allowed. */
    public static boolean isLine(String text) {
        return text.codePoints().noneMatch(character -> character != '\t' && isForbidden(character));
    }

    /** Whether a text of any number of lines contains nothing that is not allowed. */
    public static boolean isText(String text) {
        return text.codePoints().noneMatch(character -> "\t\n\r".indexOf(character) < 0 && isForbidden(character));
    }

    /** Whether a text can be a name: one line without tabs, and not blank. */
    public static boolean isName(String text) {
        return !text.isBlank() && text.codePoints().noneMatch(PlainText::isForbidden);
    }

    private static boolean isForbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default ->
                character == '\uFEFF' || (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
        };
    }
}
