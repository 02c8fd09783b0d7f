package org.posthouse.webadmin.file;

/**
 * What is wrong in a file, where.
 *
 * @param line the line, from 1; 0 when no line says it
 * @param object the name of the object it is about; empty when it is about the file
 * @param option the name of the option; empty when it is about the object
 * @param value the value as it stands there; empty for none, and for a secret
 * @param reason a phrase after these, or a whole sentence
 */
public record Fault(int line, String object, String option, String value, String reason) {

    /** Of the file as a whole or of a line that belongs to no object yet. */
    static Fault at(int line, String reason) {
        return new Fault(line, "", "", "", reason);
    }
}
