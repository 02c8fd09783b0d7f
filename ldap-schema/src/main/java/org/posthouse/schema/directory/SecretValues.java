package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the values of secret options sealed in the directory: sealed as they are written, opened as they are read, so that
 * nobody else has to know. The text form is <code>{sealed}</code> and what {@link Seal} makes of the value, bound to the
 * name of the attribute. A plain value, from another tool or an earlier revision, is read as it is. Safe for many
 * threads.
 */
final class SecretValues {

    private static final Logger LOG = LoggerFactory.getLogger(SecretValues.class);
    private static final String MARK = "{sealed}";
    private static final String SYSTEM_SECRET = "posthouseSystemSecret";

    /** The attributes of every option of the catalogue whose value is a {@link Secret}. */
    static final Set<String> ATTRIBUTES = Kind.catalogue()
            .options()
            .filter(option -> option.type() == Secret.class)
            .map(OptionFacts::attribute)
            .collect(Collectors.collectingAndThen(
                    Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)),
                    Collections::unmodifiableSet));

    private final Server server;
    private final Place services;
    private volatile @Nullable Seal seal;

    SecretValues(Server server) {
        this.server = server;
        this.services = server.address().root().child("o", Kind.INTERNET_SERVICES.label());
    }

    /** Whether the values of an attribute are kept sealed. */
    static boolean isSecret(String attribute) {
        return ATTRIBUTES.contains(attribute);
    }

    /** The values as they are kept; in plain text only while the messaging system has no system secret. */
    List<String> closed(String attribute, List<String> values) {
        if (!isSecret(attribute) || values.isEmpty()) {
            return values;
        }
        Optional<Seal> known = seal();
        return values.stream()
                .map(value -> known.map(open -> MARK + open.close(value, owner(attribute)))
                        .orElse(value))
                .toList();
    }

    /** The values in plain text. One that cannot be opened counts as absent. */
    List<String> opened(String attribute, List<String> values) {
        if (!isSecret(attribute)) {
            return values;
        }
        return values.stream()
                .flatMap(value -> opened(attribute, value).stream())
                .toList();
    }

    private Optional<String> opened(String attribute, String value) {
        if (!value.startsWith(MARK)) {
            return Optional.of(value);
        }
        String sealed = value.substring(MARK.length());
        return tried(seal(), attribute, sealed).or(() -> {
            // The system secret may be a new one since it was read.
            seal = null;
            Optional<String> again = tried(seal(), attribute, sealed);
            if (again.isEmpty()) {
                LOG.warn("{} cannot be opened with the system secret; enter it again", attribute);
            }
            return again;
        });
    }

    private static Optional<String> tried(Optional<Seal> seal, String attribute, String sealed) {
        try {
            return seal.map(open -> open.open(sealed, owner(attribute)));
        } catch (NotUsable otherSecret) {
            return Optional.empty();
        }
    }

    private static String owner(String attribute) {
        return "option " + attribute.toLowerCase(Locale.ROOT);
    }

    private Optional<Seal> seal() {
        Seal known = seal;
        if (known == null) {
            known = server.entry(services, SYSTEM_SECRET)
                    .flatMap(entry -> Optional.ofNullable(entry.getAttributeValue(SYSTEM_SECRET)))
                    .map(Seal::ofTexts)
                    .orElse(null);
            seal = known;
        }
        return Optional.ofNullable(known);
    }

    /** Uses the system secret that another connection may read where this one may not. */
    void share(SecretValues other) {
        seal = other.seal().orElse(null);
    }

    /** Seals every secret that is kept in plain text; tells how many values it found. */
    int sealAll() {
        if (seal().isEmpty()) {
            return 0;
        }
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> kind.panels().stream()
                        .flatMap(panel -> panel.options().stream())
                        .anyMatch(option -> isSecret(option.attribute())))
                .toList();
        Filter filter = Reader.ofKinds(kinds);
        return server.all(server.address().root(), SearchScope.SUB, filter, ATTRIBUTES.toArray(String[]::new)).stream()
                .mapToInt(this::sealIn)
                .sum();
    }

    private int sealIn(SearchResultEntry found) {
        var changes = new ArrayList<Modification>();
        for (Attribute attribute : found.getAttributes()) {
            for (String value : attribute.getValues()) {
                if (isSecret(attribute.getBaseName()) && !value.startsWith(MARK)) {
                    String sealed =
                            closed(attribute.getBaseName(), List.of(value)).getFirst();
                    changes.add(new Modification(ModificationType.DELETE, attribute.getName(), value));
                    changes.add(new Modification(ModificationType.ADD, attribute.getName(), sealed));
                }
            }
        }
        if (changes.isEmpty()) {
            return 0;
        }
        try {
            server.pool().modify(found.getDN(), changes);
            LOG.info("Sealed the secrets that {} stored in plain text: {}", found.getDN(), changes.size() / 2);
            return changes.size() / 2;
        } catch (LDAPException failure) {
            if (failure.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
                return 0; // Changed meanwhile; the next time finds it.
            }
            throw server.reason(failure);
        }
    }
}
