package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.Place;

/** How objects look in LDAP: their object classes, and the attributes that are ours without being options. */
final class Shape {

    /** The number of the last change; on every object we write. */
    static final String REVISION = "posthouseRevision";
    /** Since when an object is being created or deleted (generalized time); such an object is never shown. */
    static final String PENDING = "posthousePending";
    /** On Internet Services: the number handed out last. */
    static final String VERSION = "posthouseConfigVersion";

    /** On Internet Services: the revision up to which changes that are gone were accepted as gone, or made again. */
    static final String ACCEPTED = "posthouseAcceptedRevision";
    /** On every object we write: the text of a {@link Signature}. */
    static final String CHANGED_BY = "posthouseChangedBy";
    /** On Internet Services: signatures of the latest deletions. */
    static final String DELETION = "posthouseDeletion";

    // RFC 4530; older releases of 389 Directory Server know only their own.
    private static final String UUID = "entryUUID";
    private static final String OLD_UUID = "nsUniqueId";

    /** What is asked of the server for an {@link Entry}. */
    static final String[] WANTED = {"*", "modifyTimestamp", UUID, OLD_UUID};

    // Never read out (secrets), not text, or said by Stamp: what a save returns equals what is read afterward.
    private static final Set<String> LEFT_OUT = Set.of(
            "userpassword",
            "modifytimestamp",
            "authpassword",
            "jpegphoto",
            "photo",
            "audio",
            "usercertificate",
            "usersmimecertificate",
            "userpkcs12");

    private Shape() {}

    /** The object with the values of its secret options in plain text. */
    static Entry entry(SearchResultEntry found, Server server) {
        Entry kept = entry(found, server.address().root());
        if (kept.attributes().keySet().stream().noneMatch(SecretValues::isSecret)) {
            return kept;
        }
        var attributes = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        kept.attributes()
                .forEach((name, values) -> attributes.put(name, server.secrets().opened(name, values)));
        return new Entry(kept.place(), kept.kind(), kept.revision(), attributes);
    }

    /** The object with the values of its secret options as they are kept. */
    static Entry entry(SearchResultEntry found, Place root) {
        var attributes = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Attribute attribute : found.getAttributes()) {
            String name = attribute.getBaseName();
            if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT)) && !attribute.hasOption("binary")) {
                attributes.put(name, List.of(attribute.getValues()));
            }
        }
        var place = Place.of(found.getDN());
        Kind kind = kind(place, root, attributes);
        identify(kind, attributes);
        return new Entry(place, kind, revision(found), attributes);
    }

    // A user of another tool owns the mailbox that bears the user's entryUUID. Said with the entry, it is in the
    // history
    // too, so that undoing a deletion gives the mail back although the directory gives the entry a new one.
    private static void identify(Kind kind, Map<String, List<String>> attributes) {
        List<String> old = attributes.remove(OLD_UUID);
        List<String> own = attributes.remove(UUID);
        List<String> id = own == null ? old : own;
        if (kind == Kind.USER && id != null) {
            attributes.putIfAbsent(MailboxId.ATTRIBUTE, id);
        }
    }

    private static Kind kind(Place place, Place root, Map<String, List<String>> attributes) {
        return place.equals(root) ? Kind.ROOT : Kind.of(attributes.getOrDefault("objectClass", List.of()));
    }

    static long revision(com.unboundid.ldap.sdk.Entry found) {
        Long revision = found.getAttributeValueAsLong(REVISION);
        return revision == null ? 0 : revision;
    }

    static boolean isPending(com.unboundid.ldap.sdk.Entry found) {
        return found.hasAttribute(PENDING);
    }

    /** The object classes of a new object, the most general first. */
    static List<String> classes(Kind kind) {
        var classes = new ArrayList<String>(List.of("top"));
        if (kind == Kind.USER) {
            classes.addAll(List.of("person", "organizationalPerson"));
        }
        if (kind.objectClass().startsWith("posthouse")) {
            classes.add("posthouseObject");
        }
        if (kind.isAgent()) {
            classes.add("posthouseMailAgent");
        }
        classes.add(kind.objectClass());
        kind.auxiliaryClass().ifPresent(classes::add);
        if (kind == Kind.ALIAS) {
            // RFC 4512 2.6.2: an alias has no naming attribute of its own.
            classes.add("extensibleObject");
        }
        return classes;
    }
}
