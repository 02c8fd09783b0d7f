package org.posthouse.schema.ldif;

import org.posthouse.schema.tree.Kind;

/** The last OID number of each kind's class; written once, never reused, never derived from an order. */
final class ClassNumbers {

    private ClassNumbers() {}

    static int of(Kind kind) {
        return switch (kind) {
            case INTERNET_SERVICES -> 1;
            case MESSAGING_SERVER -> 2;
            case NMAP_AGENT -> 3;
            case SMTP_AGENT -> 4;
            case POP_AGENT -> 5;
            case IMAP_AGENT -> 6;
            case ADDRESS_BOOK_AGENT -> 7;
            case ALIAS_AGENT -> 8;
            case ANTISPAM_AGENT -> 9;
            case ANTIVIRUS_AGENT -> 10;
            case AUTOREPLY_AGENT -> 11;
            case RULE_AGENT -> 12;
            case CALENDAR_AGENT -> 13;
            case LIST_AGENT -> 14;
            case PROXY_AGENT -> 15;
            case CONNECTION_MANAGER -> 16;
            case PLUSPACK_AGENT -> 17;
            case MODULAR_WEB_AGENT -> 18;
            case MODULAR_WEB_MODULE -> 19;
            case FINGER_AGENT -> 20;
            case SIGNUP_AGENT -> 21;
            case CAP_AGENT -> 22;
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
