package org.posthouse.webadmin.form;

import java.util.Map;

/**
 * What was answered so far; what was not is empty.
 *
 * @param texts answers by the name of the question
 */
public record Answers(Map<String, String> texts) {

    /** Takes a copy. */
    public Answers {
        texts = Map.copyOf(texts);
    }

    /** The answer without blanks around it. */
    public String text(String name) {
        return texts.getOrDefault(name, "").strip();
    }

    /** The answer as it was typed, as a password must be taken. */
    public String asTyped(String name) {
        return texts.getOrDefault(name, "");
    }
}
