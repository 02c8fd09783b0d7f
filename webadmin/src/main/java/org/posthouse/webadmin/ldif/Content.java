package org.posthouse.webadmin.ldif;

import java.io.Writer;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.file.Source;
import org.posthouse.webadmin.history.History;

/** A part of a tree as LDIF: its objects with what they hold, what holds others first. */
public final class Content {

    private static final Set<Kind> BUT_USERS = EnumSet.complementOf(EnumSet.of(Kind.UNKNOWN, Kind.USER));
    private static final Comparator<Entry> ORDER = Comparator.comparingInt(
                    (Entry entry) -> entry.place().depth())
            .thenComparing(Entry::kind)
            .thenComparing(Entry::place);

    private final Source source;
    private final Entry top;
    private final boolean users;

    private Content(Source source, Entry top, boolean users) {
        this.source = source;
        this.top = top;
        this.users = users;
    }

    /**
     * An object with all below it. Throws Missing when it is not there.
     *
     * @param users whether users are in it; never their passwords
     */
    public static Content of(Source source, Place top, boolean users) {
        return new Content(source, source.read(top).orElseThrow(() -> new Missing(top)), users);
    }

    /** Writes it; an UncheckedIOException says that the writer failed. */
    public void to(Writer writer) {
        var out = new LdifOut(writer);
        source.remarks().forEach(out::comment);
        object(out, top);
        List<Entry> all =
                source.within(top.place(), BUT_USERS).stream().sorted(ORDER).toList();
        all.stream().filter(entry -> !entry.place().equals(top.place())).forEach(entry -> object(out, entry));
        if (users) {
            Stream.concat(Stream.of(top), all.stream())
                    .filter(entry -> Kind.USER.parents().contains(entry.kind()))
                    .map(Entry::place)
                    .distinct()
                    .forEach(home -> source.users(home, user -> object(out, user)));
        }
    }

    private static void object(LdifOut out, Entry entry) {
        out.gap();
        Place place = entry.place();
        out.line("dn", place.toString());
        List<String> classes = entry.values("objectClass");
        (classes.isEmpty() ? Directory.classes(entry.kind()) : classes).forEach(each -> out.line("objectClass", each));
        if (entry.values(place.leafAttribute()).isEmpty()) {
            out.line(place.leafAttribute(), place.leaf());
        }
        entry.attributes().forEach((attribute, values) -> {
            if (!attribute.equalsIgnoreCase("objectClass") && History.isLasting(entry.kind(), attribute)) {
                values(out, attribute, values);
            }
        });
    }

    private static void values(LdifOut out, String attribute, List<String> values) {
        if (History.isSecret(attribute)) {
            out.secret(attribute);
        } else {
            values.forEach(value -> out.line(attribute, value));
        }
    }
}
