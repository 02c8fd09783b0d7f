package org.posthouse.schema.value;

/**
 * A password or another text that only programs read. It prints as stars, so that no log and no message of a failure
 * gives it away.
 *
 * @param text the secret itself, blanks included
 */
public record Secret(String text) {

    /** Throws IllegalArgumentException when there is nothing to keep secret. */
    public Secret {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty");
        }
    }

    /** How many characters it has. */
    public int length() {
        return text.codePointCount(0, text.length());
    }

    @Override
    public String toString() {
        return "***";
    }
}
