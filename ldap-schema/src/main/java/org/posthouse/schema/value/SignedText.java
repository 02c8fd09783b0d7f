package org.posthouse.schema.value;

/**
 * A text of several lines that somebody signed, kept as it came. What it says, and whether the signature is right, is
 * found out where it is used: one that went bad is still a value, so that it can be shown and told what is wrong with it.
 *
 * @param text its lines, ended by line feeds alone
 */
public record SignedText(String text) {

    /** Takes line ends of any system. */
    public SignedText {
        text = text.replace("\r\n", "\n").strip();
    }

    @Override
    public String toString() {
        return text;
    }
}
