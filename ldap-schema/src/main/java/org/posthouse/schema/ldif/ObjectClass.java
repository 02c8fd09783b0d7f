package org.posthouse.schema.ldif;

import java.util.List;

/**
 * One object class of our schema.
 *
 * @param id last number of its OID; never reused
 * @param name its name
 * @param superior the class it extends
 * @param manner ABSTRACT, STRUCTURAL or AUXILIARY
 * @param must attributes an entry cannot be without
 * @param may attributes an entry may have
 */
record ObjectClass(int id, String name, String superior, String manner, List<String> must, List<String> may) {

    /** Its description in the words of RFC 4512 4.1.1. */
    String definition() {
        return "( %s.2.%d NAME '%s' SUP %s %s%s%s X-ORIGIN 'Posthouse' )"
                .formatted(Schema.ARC, id, name, superior, manner, set(" MUST", must), set(" MAY", may));
    }

    private static String set(String word, List<String> attributes) {
        return attributes.isEmpty() ? "" : word + " ( " + String.join(" $ ", attributes) + " )";
    }
}
