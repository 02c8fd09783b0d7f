package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.ldif.Schema;
import org.posthouse.schema.value.Place;

/**
 * NetMail's schema-extension step (NIMSExt): brings Posthouse's attribute types and object classes to a server that
 * lacks them, over LDAP: into {@code cn=schema} (OpenDJ, 389 Directory Server) or {@code cn=config} (OpenLDAP).
 */
final class SchemaExtension {

    private static final Place CONFIG = Place.of("cn=schema,cn=config");
    private static final Pattern NUMBERED = Pattern.compile("(\\{\\d+})(.*)", Pattern.DOTALL);

    private final Server server;

    SchemaExtension(Server server) {
        this.server = server;
    }

    /** Adds what is missing. Throws NotAllowed, saying what to load by hand, when the account may not. */
    void prepare() {
        try {
            var known = server.pool().getSchema();
            List<String> types = new ArrayList<>();
            for (String definition : Schema.attributeTypes()) {
                if (known.getAttributeType(new AttributeTypeDefinition(definition).getOID()) == null) {
                    types.add(definition);
                }
            }
            List<String> classes = new ArrayList<>();
            for (String definition : Schema.objectClasses()) {
                if (known.getObjectClass(new ObjectClassDefinition(definition).getOID()) == null) {
                    classes.add(definition);
                }
            }
            if (!types.isEmpty() || !classes.isEmpty()) {
                add(types, classes);
            }
            extend(known);
            server.forgetSchema();
        } catch (LDAPException failure) {
            throw byHand(failure);
        }
    }

    private void add(List<String> types, List<String> classes) throws LDAPException {
        if (isOpenLdap()) {
            config(types, classes);
            return;
        }
        server.pool()
                .modify(new ModifyRequest(subschema(), additions("attributeTypes", types, "objectClasses", classes)));
    }

    // A class of an earlier version lacks attributes of this one; the definition is replaced.
    private void extend(com.unboundid.ldap.sdk.schema.Schema known) throws LDAPException {
        var old = new ArrayList<String>();
        var fresh = new ArrayList<String>();
        for (String definition : Schema.objectClasses()) {
            var wanted = new ObjectClassDefinition(definition);
            ObjectClassDefinition stands = known.getObjectClass(wanted.getOID());
            if (stands != null
                    && !lower(stands.getOptionalAttributes()).containsAll(lower(wanted.getOptionalAttributes()))) {
                old.add(stands.toString());
                fresh.add(definition);
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        if (isOpenLdap()) {
            replaceInConfig(fresh);
        } else {
            server.pool()
                    .modify(new ModifyRequest(
                            subschema(),
                            new Modification(ModificationType.DELETE, "objectClasses", old.toArray(String[]::new)),
                            new Modification(ModificationType.ADD, "objectClasses", fresh.toArray(String[]::new))));
        }
    }

    private static Set<String> lower(String... names) {
        return Arrays.stream(names).map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    // slapd numbers its values, and knows a value by that number.
    private void replaceInConfig(List<String> fresh) throws LDAPException {
        SearchResultEntry ours = ours().orElseThrow();
        String[] all = Objects.requireNonNullElse(ours.getAttributeValues("olcObjectClasses"), new String[0]);
        for (String definition : fresh) {
            String oid = new ObjectClassDefinition(definition).getOID();
            for (String value : all) {
                Matcher numbered = NUMBERED.matcher(value);
                if (numbered.matches()
                        && new ObjectClassDefinition(numbered.group(2)).getOID().equals(oid)) {
                    server.pool()
                            .modify(new ModifyRequest(
                                    ours.getDN(),
                                    new Modification(ModificationType.DELETE, "olcObjectClasses", numbered.group(1)),
                                    new Modification(
                                            ModificationType.ADD, "olcObjectClasses", numbered.group(1) + definition)));
                }
            }
        }
    }

    private String subschema() throws LDAPException {
        return Objects.requireNonNullElse(
                Objects.requireNonNull(server.pool().getRootDSE()).getSubschemaSubentryDN(), "cn=schema");
    }

    private Optional<SearchResultEntry> ours() {
        return server
                .some(
                        CONFIG,
                        SearchScope.ONE,
                        Filter.createEqualityFilter("objectClass", "olcSchemaConfig"),
                        100,
                        "cn",
                        "olcObjectClasses")
                .stream()
                .filter(found -> Place.of(found.getDN()).leaf().endsWith("posthouse"))
                .findFirst();
    }

    private boolean isOpenLdap() throws LDAPException {
        var announced = Objects.requireNonNull(server.pool().getRootDSE());
        return List.of(Objects.requireNonNullElse(announced.getAttributeValues("objectClass"), new String[0]))
                .contains("OpenLDAProotDSE");
    }

    private static List<Modification> additions(
            String typesName, List<String> types, String classesName, List<String> classes) {
        var additions = new ArrayList<Modification>();
        if (!types.isEmpty()) {
            additions.add(new Modification(ModificationType.ADD, typesName, types.toArray(String[]::new)));
        }
        if (!classes.isEmpty()) {
            additions.add(new Modification(ModificationType.ADD, classesName, classes.toArray(String[]::new)));
        }
        return additions;
    }

    private void config(List<String> types, List<String> classes) throws LDAPException {
        Optional<SearchResultEntry> ours = ours();
        if (ours.isPresent()) {
            server.pool()
                    .modify(new ModifyRequest(
                            ours.get().getDN(), additions("olcAttributeTypes", types, "olcObjectClasses", classes)));
            return;
        }
        var entry = new Entry("cn=posthouse," + CONFIG);
        entry.setAttribute("objectClass", "olcSchemaConfig");
        entry.setAttribute("cn", "posthouse");
        entry.setAttribute("olcAttributeTypes", types);
        entry.setAttribute("olcObjectClasses", classes);
        server.pool().add(entry);
    }

    private NotAllowed byHand(LDAPException failure) {
        return new NotAllowed(server.address().url() + " lacks Posthouse's schema, and "
                + server.address().bindDn()
                + " may not extend it (" + failure.getResultCode().getName()
                + "). Load it there once: on OpenLDAP posthouse-slapd.ldif with ldapadd as the owner of cn=config; on "
                + "others posthouse.ldif into cn=schema. Both lie in the folder directory of the distribution.");
    }
}
