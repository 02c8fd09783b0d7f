package org.posthouse.schema.ldif;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Kind;

/** Writes the options reference for administrators, page by page, from the catalogue. */
public final class Reference {

    private Reference() {}

    /** The whole reference in Markdown. */
    public static String markdown() {
        return "# Options\n\nEvery option on every page, as the console shows it. Generated from the option catalog. If an"
                + " attribute is absent, the default applies.\n"
                + Kind.catalogue().panels().stream().map(Reference::page).collect(Collectors.joining());
    }

    private static String page(PanelFacts<?> panel) {
        return "\n## " + owners(panel) + ": " + panel.title() + "\n\n" + panel.intro() + "\n\nPage name: `"
                + panel.name()
                + "`.\n\n| Option | Default | Value | After Save | Attribute |\n| --- | --- | --- | --- | --- |\n"
                + panel.options().stream().map(Reference::row).collect(Collectors.joining())
                + "\n"
                + panel.options().stream()
                        .map(option ->
                                "- **" + option.label() + "** (`" + option.name() + "`): " + option.help() + "\n")
                        .collect(Collectors.joining());
    }

    private static String owners(PanelFacts<?> panel) {
        var kinds = Arrays.stream(Kind.values())
                .filter(kind -> kind.panels().contains(panel))
                .map(Kind::label)
                .toList();
        return kinds.size() > 3 ? "All agents" : String.join(", ", kinds);
    }

    private static String row(OptionFacts option) {
        String fallback = option.mandatory() ? "required" : option.fallback().isEmpty() ? "none" : option.fallback();
        return "| %s | %s | %s | %s | `%s` |\n"
                .formatted(
                        option.label(),
                        fallback
                                + (option.unit().isEmpty() || fallback.equals("none") ? "" : " " + option.unit())
                                + (option.initial().isEmpty() ? "" : "; new objects: " + option.initial()),
                        takes(option),
                        option.effect().note() + (option.confirm() ? " Undone unless confirmed." : ""),
                        option.attribute());
    }

    private static String takes(OptionFacts option) {
        String one = switch (option.type().getSimpleName()) {
            case "boolean" -> "on or off";
            case "int", "long" ->
                "a number"
                        + (option.least().isPresent() && option.most().isPresent()
                                ? " from %d to %d"
                                        .formatted(
                                                option.least().getAsLong(),
                                                option.most().getAsLong())
                                : "");
            case "DomainName" -> "a domain name";
            case "IpAddress" -> "an IP address";
            case "FolderPath" -> "a folder";
            case "Place" -> "an object";
            case "TrapDestination" -> "host:port";
            case "Secret" -> "a secret, never shown again";
            case "CertificateChain" -> "a certificate";
            case "SealedKey" -> "a private key, never shown";
            case "SignedText" -> "a signed text of several lines";
            case "TrustedAuthorities" -> "certificates in PEM";
            case "WebAddress" -> "an address that begins with https://";
            default -> "text";
        };
        return option.multiple() ? "a list, each " + one : one;
    }
}
