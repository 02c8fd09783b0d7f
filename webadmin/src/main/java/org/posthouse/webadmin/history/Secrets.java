package org.posthouse.webadmin.history;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;

/** Knows which attributes are secret, and keeps their values sealed under the system secret. */
final class Secrets {

    /** The secret that all else is sealed with: it is told from another, and never kept. */
    private static final String SYSTEM = "posthousesystemsecret";

    private static final Set<String> KNOWN = Stream.concat(
                    Kind.catalogue()
                            .options()
                            .filter(OptionFacts::secret)
                            .map(option -> option.attribute().toLowerCase(Locale.ROOT)),
                    Stream.of(SYSTEM, "posthouseprivatekey", "posthousependingkey", "posthouseacmeaccountkey"))
            .collect(Collectors.toUnmodifiableSet());

    private final Supplier<Optional<String>> system;
    private @Nullable Seal seal;

    /** With where the system secret is found; empty while there is none. */
    Secrets(Supplier<Optional<String>> system) {
        this.system = system;
    }

    /** Whether the values of an attribute are never shown. */
    static boolean isSecret(String attribute) {
        String name = attribute.toLowerCase(Locale.ROOT);
        return KNOWN.contains(name) || name.contains("password") || name.contains("secret");
    }

    /** The values as they are kept. */
    List<Value> kept(String attribute, List<String> texts) {
        if (!isSecret(attribute)) {
            return texts.stream().map(Value::open).toList();
        }
        return texts.stream().map(text -> kept(attribute, text)).toList();
    }

    private Value kept(String attribute, String text) {
        if (attribute.equalsIgnoreCase(SYSTEM)) {
            return new Value(Seal.ofTexts(text).fingerprint(text), true, "");
        }
        Optional<Seal> known = seal();
        String sealed = known.map(open -> open.close(text, owner(attribute))).orElse("");
        return new Value(known.map(open -> open.fingerprint(text)).orElse(""), true, sealed);
    }

    /** The text of a value; empty when it is a secret that cannot come back. */
    Optional<String> opened(String attribute, Value value) {
        if (!value.secret()) {
            return Optional.of(value.text());
        }
        try {
            return value.sealed().isEmpty()
                    ? Optional.empty()
                    : seal().map(open -> open.open(value.sealed(), owner(attribute)));
        } catch (NotUsable lost) {
            return Optional.empty();
        }
    }

    private static String owner(String attribute) {
        return "history " + attribute.toLowerCase(Locale.ROOT);
    }

    private synchronized Optional<Seal> seal() {
        Seal known = seal;
        if (known == null) {
            known = system.get().map(Seal::ofTexts).orElse(null);
            seal = known;
        }
        return Optional.ofNullable(known);
    }
}
