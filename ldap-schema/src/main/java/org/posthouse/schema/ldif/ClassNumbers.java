package org.posthouse.schema.ldif;

import org.posthouse.schema.tree.Kind;

/** The last OID number of each kind's class; written once, never reused, never derived from an order. */
final class ClassNumbers {

    private ClassNumbers() {}

    static int of(Kind kind) {
        return kind.isAgent() ? kind.agentType().classNumber() : ofOthers(kind);
    }

    private static int ofOthers(Kind kind) {
        return switch (kind) {
            case INTERNET_SERVICES -> 1;
            case MESSAGING_SERVER -> 2;
            case MODULAR_WEB_MODULE -> 19;
            case WEBADMIN_SERVER -> 23;
            case WEBADMIN_ROLE -> 24;
            case LIST_CONTAINER -> 25;
            case MAILING_LIST -> 26;
            case DIRECTORY_LIST -> 27;
            case LIST_USER -> 28;
            case PARENT_CONTAINER -> 29;
            case PARENT_OBJECT -> 30;
            case TEMPLATE_CONTAINER -> 31;
            case TEMPLATE -> 32;
            case RESOURCE -> 33;
            case HOST_SERVER -> 34;
            default -> throw new IllegalArgumentException(kind + " has a standard class");
        };
    }
}
