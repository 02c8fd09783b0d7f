package org.posthouse.schema.ldif;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.posthouse.schema.ldif.AttributeType.Syntax;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Kind;

/**
 * The directory schema, written from the catalogue and the kinds: for servers that keep it in {@code cn=schema}
 * (OpenDJ, 389 Directory Server) and for OpenLDAP's {@code cn=config}.
 *
 * <p>Numbers are literal and never reused; the arc hangs under a UUID (X.667), so none had to be assigned.
 */
public final class Schema {

    static final String ARC = "2.25.332495518826154547137609390679247843612";

    private static final String COMMITTED = "/org/posthouse/schema/posthouse.ldif";

    private static final List<AttributeType> KEPT = List.of(
            new AttributeType(901, "posthouseRevision", "Number of the last change", Syntax.NUMBER, true),
            new AttributeType(902, "posthousePending", "Creation under way", Syntax.TEXT, true),
            new AttributeType(903, "posthouseConfigVersion", "Number of the last change of all", Syntax.NUMBER, true),
            new AttributeType(904, "posthouseSystemSecret", "Secret of the agents", Syntax.EXACT, true),
            new AttributeType(905, "posthouseStatusUrl", "Where the status board of the engine is", Syntax.EXACT, true),
            new AttributeType(906, "posthouseEngine", "Version of the engine on this host", Syntax.TEXT, true),
            new AttributeType(
                    907,
                    "posthouseAcceptedRevision",
                    "Revision up to which lost changes are settled",
                    Syntax.NUMBER,
                    true),
            new AttributeType(908, "posthouseChangedBy", "Who made the last change, and how", Syntax.EXACT, true),
            new AttributeType(909, "posthouseDeletion", "Who deleted an object lately, and how", Syntax.EXACT, false),
            new AttributeType(914, "posthouseLease", "Which engine serves this host", Syntax.EXACT, true),
            new AttributeType(915, "posthouseLeaseClaim", "Which engine asks for the lease", Syntax.EXACT, true),
            new AttributeType(
                    260, "posthouseRivalUrl", "Status boards of further engines of this host", Syntax.EXACT, false),
            new AttributeType(940, "posthouseCertificateRequest", "Request for a certificate", Syntax.EXACT, true),
            new AttributeType(941, "posthousePendingKey", "Sealed key of the request", Syntax.EXACT, true),
            new AttributeType(
                    950, "posthouseAcmeAsked", "Since when ACME is asked for a certificate", Syntax.EXACT, true),
            new AttributeType(951, "posthouseAcmeIssued", "Digest of the certificate ACME gave", Syntax.EXACT, true),
            new AttributeType(952, "posthouseAcmeAccount", "Public key of the ACME account", Syntax.EXACT, true),
            new AttributeType(953, "posthouseAcmeAccountKey", "Sealed key of the ACME account", Syntax.EXACT, true));

    private static final List<String> MARKS = List.of("posthouseRevision", "posthousePending", "posthouseChangedBy");

    private Schema() {}

    /** The schema as shipped: LDIF of one {@code cn=schema} entry. */
    public static String ldif() {
        try (InputStream in = Schema.class.getResourceAsStream(COMMITTED)) {
            if (in == null) {
                throw new IllegalStateException(COMMITTED + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every attribute type definition, RFC 4512 4.1.2. */
    public static List<String> attributeTypes() {
        return attributes().stream().map(AttributeType::definition).toList();
    }

    /** Every object class definition, RFC 4512 4.1.1; superiors first. */
    public static List<String> objectClasses() {
        return classes().stream().map(ObjectClass::definition).toList();
    }

    /** Freshly written for servers with {@code cn=schema}. */
    public static String forSchemaEntry() {
        return "dn: cn=schema\nobjectClass: top\nobjectClass: ldapSubentry\nobjectClass: subschema\ncn: schema\n"
                + lines("attributeTypes: ", attributeTypes())
                + lines("objectClasses: ", objectClasses());
    }

    /** Freshly written for OpenLDAP's {@code cn=config}. */
    public static String forConfigEntry() {
        return "dn: cn=posthouse,cn=schema,cn=config\nobjectClass: olcSchemaConfig\ncn: posthouse\n"
                + lines("olcAttributeTypes: ", attributeTypes())
                + lines("olcObjectClasses: ", objectClasses());
    }

    private static String lines(String name, List<String> definitions) {
        return definitions.stream().map(definition -> name + definition + "\n").collect(Collectors.joining());
    }

    private static List<AttributeType> attributes() {
        var types = new ArrayList<AttributeType>();
        Kind.catalogue()
                .options()
                .filter(option -> option.id() > 0)
                .map(AttributeType::of)
                .forEach(types::add);
        types.addAll(KEPT);
        types.sort(Comparator.comparingInt(AttributeType::id));
        return types;
    }

    private static List<ObjectClass> classes() {
        var classes = new ArrayList<ObjectClass>();
        classes.add(new ObjectClass(
                901,
                "posthouseObject",
                "top",
                "ABSTRACT",
                List.of(),
                List.of(MARKS.get(0), MARKS.get(1), MARKS.get(2), "description")));
        classes.add(new ObjectClass(
                902,
                "posthouseMailAgent",
                "posthouseObject",
                "ABSTRACT",
                List.of("cn"),
                List.of("posthouseAgentEnabled")));
        classes.add(new ObjectClass(903, "posthouseMailContainer", "top", "AUXILIARY", List.of(), MARKS));
        classes.add(new ObjectClass(904, "posthouseMailUser", "top", "AUXILIARY", List.of(), userAttributes()));
        Arrays.stream(Kind.values())
                .filter(kind -> kind.objectClass().startsWith("posthouse"))
                .map(Schema::structural)
                .forEach(classes::add);
        return classes;
    }

    private static List<String> userAttributes() {
        var may = new TreeSet<>(MARKS);
        ownOptions(Kind.USER).stream()
                .filter(option -> option.id() > 0)
                .map(OptionFacts::attribute)
                .forEach(may::add);
        return List.copyOf(may);
    }

    private static ObjectClass structural(Kind kind) {
        String superior = kind.isAgent() ? "posthouseMailAgent" : "posthouseObject";
        var must = new ArrayList<String>(kind.isAgent() ? List.of() : List.of(kind.naming()));
        var may = new TreeSet<>(extra(kind));
        for (OptionFacts option : ownOptions(kind)) {
            (option.mandatory() ? must : may).add(option.attribute());
        }
        may.remove("posthouseAgentEnabled");
        return new ObjectClass(
                ClassNumbers.of(kind), kind.objectClass(), superior, "STRUCTURAL", must, List.copyOf(may));
    }

    private static List<OptionFacts> ownOptions(Kind kind) {
        return kind.panels().stream()
                .filter(panel -> panel.holder() == Panel.Holder.SELF)
                .map(PanelFacts::options)
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> extra(Kind kind) {
        return switch (kind) {
            case INTERNET_SERVICES ->
                List.of(
                        "posthouseAcceptedRevision",
                        "posthouseConfigVersion",
                        "posthouseDeletion",
                        "posthouseSystemSecret");
            case MESSAGING_SERVER ->
                List.of(
                        "posthouseContext",
                        "posthouseCertificateRequest",
                        "posthousePendingKey",
                        "posthouseAcmeAsked",
                        "posthouseAcmeIssued",
                        "posthouseAcmeAccount",
                        "posthouseAcmeAccountKey");
            case HOST_SERVER ->
                List.of(
                        "posthouseEngine",
                        "posthouseLease",
                        "posthouseLeaseClaim",
                        "posthouseRivalUrl",
                        "posthouseStatusUrl",
                        "userPassword");
            default -> List.of();
        };
    }
}
