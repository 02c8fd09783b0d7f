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
        return kind.isAgent() ? kind.agentType().icon() : ofOthers(kind);
    }

    private static String ofOthers(Kind kind) {
        return switch (kind) {
            case ROOT -> "tree";
            case INTERNET_SERVICES -> "services";
            case MESSAGING_SERVER -> "server";
            case ALIAS -> "alias";
            case LIST_CONTAINER, MAILING_LIST, DIRECTORY_LIST -> "list";
            case MODULAR_WEB_MODULE -> "plug";
            case WEBADMIN_SERVER -> "web";
            case USER, LIST_USER -> "user";
            case WEBADMIN_ROLE, ORGANIZATIONAL_ROLE -> "role";
            case PARENT_CONTAINER, PARENT_OBJECT -> "parent";
            case TEMPLATE_CONTAINER, TEMPLATE -> "template";
            case RESOURCE -> "resource";
            case HOST_SERVER -> "host";
            case ORGANIZATION -> "organization";
            case ORGANIZATIONAL_UNIT -> "unit";
            case GROUP -> "group";
            default -> "unknown";
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
