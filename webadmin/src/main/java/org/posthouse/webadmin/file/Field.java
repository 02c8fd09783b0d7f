package org.posthouse.webadmin.file;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.SealedKey;

/**
 * What may stand under an object's {@code options} in a file: an option of its pages, or one of the few standard
 * attributes that belong to the configuration without being on a page.
 *
 * @param name its name in the file: that of the option in the catalogue, or of the attribute
 * @param attribute the directory attribute that holds it
 * @param panel its page, with the option; empty for a standard attribute, which is a list of texts
 */
record Field(String name, String attribute, Optional<PanelFacts<?>> panel) {

    private static final Map<Kind, List<Field>> ALL = all();

    // The engine renews them by itself, and a key opens in the messaging system only that sealed it.
    private static final Set<Class<?>> INSTALLED = Set.of(CertificateChain.class, SealedKey.class);

    /** The fields of a kind, in the order of its pages. */
    static List<Field> of(Kind kind) {
        return ALL.getOrDefault(kind, List.of());
    }

    /** The field of this name. */
    static Optional<Field> of(Kind kind, String name) {
        return of(kind).stream().filter(field -> field.name().equals(name)).findFirst();
    }

    private static Map<Kind, List<Field>> all() {
        var all = new EnumMap<Kind, List<Field>>(Kind.class);
        for (Kind kind : Kind.values()) {
            var fields = new ArrayList<Field>();
            for (PanelFacts<?> panel : kind.panels()) {
                panel.options()
                        .forEach(
                                option -> fields.add(new Field(option.name(), option.attribute(), Optional.of(panel))));
            }
            standard(kind).forEach(name -> fields.add(new Field(name, name, Optional.empty())));
            all.put(kind, List.copyOf(fields));
        }
        return all;
    }

    private static Stream<String> standard(Kind kind) {
        return switch (kind) {
            case USER -> Stream.of("mail");
            case GROUP, ORGANIZATION, ORGANIZATIONAL_UNIT, ORGANIZATIONAL_ROLE -> Stream.of("description");
            default -> Stream.of();
        };
    }

    /** The kinds whose objects have anything to be said under {@code options}. */
    static Set<Kind> kinds() {
        var kinds = EnumSet.noneOf(Kind.class);
        ALL.forEach((kind, fields) -> {
            if (!fields.isEmpty()) {
                kinds.add(kind);
            }
        });
        return kinds;
    }

    Optional<OptionFacts> option() {
        return panel.flatMap(page -> page.option(name));
    }

    /** Whether its value is never written to a file. */
    boolean isSecret() {
        return option().filter(OptionFacts::secret).isPresent();
    }

    /** Whether it comes and goes by tools of its own and so is no part of a file: certificates and their keys. */
    boolean isInstalled() {
        return option().filter(option -> INSTALLED.contains(option.type())).isPresent();
    }

    /** Whether it identifies what belongs to the object. A file that does not mention it leaves it as it is. */
    boolean isIdentity() {
        return attribute.equals(MailboxId.ATTRIBUTE);
    }

    boolean isMultiple() {
        return option().map(OptionFacts::multiple).orElse(true);
    }

    /** Whether the object it stands in holds it. */
    boolean isHeldAbove() {
        return panel.filter(page -> page.holder() == Panel.Holder.PARENT).isPresent();
    }
}
