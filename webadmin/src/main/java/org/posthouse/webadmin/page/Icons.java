package org.posthouse.webadmin.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.posthouse.schema.tree.Kind;

/** Which drawing of the icon sheet stands for a kind of object, and in which of the theme's hues. */
@Named
@ApplicationScoped
public class Icons {

    /** The symbol's name in {@code icons.svg}. */
    public String of(Kind kind) {
        return switch (kind) {
            case ROOT -> "tree";
            case INTERNET_SERVICES -> "services";
            case MESSAGING_SERVER -> "server";
            case NMAP_AGENT -> "store";
            case SMTP_AGENT -> "smtp";
            case POP_AGENT -> "pop";
            case IMAP_AGENT -> "imap";
            case ADDRESS_BOOK_AGENT -> "book";
            case ALIAS_AGENT, ALIAS -> "alias";
            case ANTISPAM_AGENT, ANTIVIRUS_AGENT -> "shield";
            case AUTOREPLY_AGENT -> "reply";
            case RULE_AGENT -> "rule";
            case CALENDAR_AGENT, CAP_AGENT -> "calendar";
            case LIST_AGENT, LIST_CONTAINER, MAILING_LIST, DIRECTORY_LIST -> "list";
            case PROXY_AGENT, CONNECTION_MANAGER -> "link";
            case PLUSPACK_AGENT, MODULAR_WEB_MODULE -> "plug";
            case MODULAR_WEB_AGENT, WEBADMIN_SERVER -> "web";
            case FINGER_AGENT, SIGNUP_AGENT, USER, LIST_USER -> "user";
            case WEBADMIN_ROLE, ORGANIZATIONAL_ROLE -> "role";
            case PARENT_CONTAINER, PARENT_OBJECT -> "parent";
            case TEMPLATE_CONTAINER, TEMPLATE -> "template";
            case RESOURCE -> "resource";
            case HOST_SERVER -> "host";
            case ORGANIZATION -> "organization";
            case ORGANIZATIONAL_UNIT -> "unit";
            case GROUP -> "group";
            case UNKNOWN -> "unknown";
        };
    }

    /** The hue of a kind, as the part of a class name. */
    public String hue(Kind kind) {
        if (kind.isAgent()) {
            return "agent";
        }
        return switch (kind) {
            case MESSAGING_SERVER, INTERNET_SERVICES, WEBADMIN_SERVER -> "server";
            case HOST_SERVER, ROOT -> "host";
            case USER, GROUP, LIST_USER, ORGANIZATIONAL_ROLE, WEBADMIN_ROLE, ALIAS -> "people";
            case UNKNOWN -> "unknown";
            default -> "place";
        };
    }
}
