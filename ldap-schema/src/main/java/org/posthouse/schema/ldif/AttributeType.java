package org.posthouse.schema.ldif;

import org.posthouse.schema.option.OptionFacts;

/**
 * One attribute type of our schema.
 *
 * @param id last number of its OID; never reused
 * @param name its name
 * @param description what it holds
 * @param syntax how it is compared
 * @param single whether it has at most one value
 */
record AttributeType(int id, String name, String description, Syntax syntax, boolean single) {

    /** Matching rules and syntax, RFC 4517. */
    enum Syntax {
        TEXT(
                "EQUALITY caseIgnoreMatch ORDERING caseIgnoreOrderingMatch SUBSTR caseIgnoreSubstringsMatch",
                "1.3.6.1.4.1.1466.115.121.1.15"),
        EXACT("EQUALITY caseExactMatch", "1.3.6.1.4.1.1466.115.121.1.15"),
        TRUTH("EQUALITY booleanMatch", "1.3.6.1.4.1.1466.115.121.1.7"),
        NUMBER("EQUALITY integerMatch ORDERING integerOrderingMatch", "1.3.6.1.4.1.1466.115.121.1.27"),
        PLACE("EQUALITY distinguishedNameMatch", "1.3.6.1.4.1.1466.115.121.1.12");

        private final String rules;
        private final String oid;

        Syntax(String rules, String oid) {
            this.rules = rules;
            this.oid = oid;
        }
    }

    static AttributeType of(OptionFacts option) {
        return new AttributeType(
                option.id(), option.attribute(), option.label(), syntax(option.type()), !option.multiple());
    }

    private static Syntax syntax(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "boolean" -> Syntax.TRUTH;
            case "int", "long" -> Syntax.NUMBER;
            case "Place" -> Syntax.PLACE;
            case "FolderPath",
                    "Secret",
                    "CertificateChain",
                    "SealedKey",
                    "SignedText",
                    "TrustedAuthorities",
                    "WebAddress" -> Syntax.EXACT;
            default -> Syntax.TEXT;
        };
    }

    /** Its description in the words of RFC 4512 4.1.2, where an apostrophe in a text is written as its number. */
    String definition() {
        return "( %s.1.%d NAME '%s' DESC '%s' %s SYNTAX %s%s X-ORIGIN 'Posthouse' )"
                .formatted(Schema.ARC, id, name, quoted(), syntax.rules, syntax.oid, single ? " SINGLE-VALUE" : "");
    }

    private String quoted() {
        return description.replace("\\", "\\5C").replace("'", "\\27");
    }
}
