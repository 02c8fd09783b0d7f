package org.posthouse.webadmin.history;

/**
 * One value of an attribute as the history keeps it. Of a secret there is a fingerprint and what is sealed; two secrets
 * are equal when their fingerprints are.
 *
 * @param text the value, or the fingerprint of a secret
 * @param secret whether it is a secret
 * @param sealed what is sealed of a secret; empty when it cannot come back
 */
public record Value(String text, boolean secret, String sealed) {

    /** A value that anybody may read. */
    public static Value open(String text) {
        return new Value(text, false, "");
    }

    /** For people: of a secret only stars and its fingerprint. */
    public String shown() {
        return secret ? ("••• " + text).strip() : text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && value.secret == secret && value.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return shown();
    }
}
