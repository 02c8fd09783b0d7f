package org.posthouse.webadmin.file;

import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.NameOrder;
import org.posthouse.schema.value.Place;

/**
 * Writes a part of the tree as a file: the same bytes for the same tree, and nothing that stands at its default.
 *
 * <p>Objects come by kind and name, users last and page by page, so that a tree of any size passes through little memory.
 */
public final class Export {

    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::kind)
            .thenComparing(Entry::name, NameOrder.NAMES)
            .thenComparing(Entry::name)
            .thenComparing(entry -> entry.place().toString());

    private static final Set<Kind> BUT_USERS = EnumSet.complementOf(EnumSet.of(Kind.ROOT, Kind.UNKNOWN, Kind.USER));

    private final Source source;
    private final Entry top;
    private final boolean users;
    private final boolean comments;
    private final Map<Place, List<Entry>> contents = new HashMap<>();

    private Export(Source source, Entry top, boolean users, boolean comments) {
        this.source = source;
        this.top = top;
        this.users = users;
        this.comments = comments;
        for (Entry entry : source.within(top.place(), BUT_USERS)) {
            entry.place()
                    .parent()
                    .filter(above -> !entry.place().equals(top.place()))
                    .ifPresent(above -> contents.computeIfAbsent(above, any -> new ArrayList<>())
                            .add(entry));
        }
        contents.values().forEach(each -> each.sort(ORDER));
    }

    /** The kinds of object that stand in a file whether or not it has users. */
    static Set<Kind> kinds() {
        return EnumSet.copyOf(BUT_USERS);
    }

    /**
     * The export of an object and all below it.
     *
     * @param users whether users are in it; never their passwords
     * @param comments whether each option is explained
     */
    public static Export of(Directory directory, Place place, boolean users, boolean comments) {
        return of(new Standing(directory), place, users, comments);
    }

    /** The same of another source. Throws Missing when the object is not in it. */
    public static Export of(Source source, Place place, boolean users, boolean comments) {
        Entry top =
                source.read(place).filter(found -> found.kind() != Kind.UNKNOWN).orElseThrow(() -> new Missing(place));
        return new Export(source, top, users, comments);
    }

    /** Writes the file; an UncheckedIOException says that the writer failed. */
    public void to(Writer writer) {
        var out = new YamlOut(writer);
        source.remarks().forEach(out::comment);
        out.comment("Configuration of Posthouse. Options that are not listed have their defaults. Apply it with");
        out.comment("  ./posthouse apply FILE [--plan] [--prune]");
        out.comment(
                Document.KEPT + " is a placeholder for a secret. Not included: passwords, certificates, and their keys"
                        + (users ? "." : ", users (--users)."));
        out.beginMembers();
        out.name(Document.VERSION);
        out.plain("1");
        if (users) {
            out.name(Document.USERS);
            out.plain("true");
        }
        out.name(Document.OBJECTS);
        out.beginItems();
        object(out, top, Optional.empty(), top.place().parent().flatMap(source::read));
        out.endItems();
        out.endMembers();
        out.end();
    }

    private void object(YamlOut out, Entry entry, Optional<Place> in, Optional<Entry> holder) {
        out.beginMembers();
        out.member(Document.KIND, entry.kind().label());
        name(out, entry, in);
        options(out, entry, holder);
        contents(out, entry);
        out.endMembers();
    }

    private static void name(YamlOut out, Entry entry, Optional<Place> in) {
        Kind kind = entry.kind();
        boolean usual = in.filter(
                        above -> above.child(kind.naming(), entry.name()).equals(entry.place()))
                .isPresent();
        if (!usual) {
            out.member(Document.PLACE, entry.place().toString());
        } else if (!kind.hasFixedName() || !entry.name().equals(kind.label())) {
            out.member(Document.NAME, entry.name());
        }
    }

    private void options(YamlOut out, Entry entry, Optional<Entry> holder) {
        List<Field> fields = Field.of(entry.kind());
        if (fields.isEmpty()) {
            return;
        }
        out.name(Document.OPTIONS);
        out.beginMembers();
        for (Field field : fields) {
            Optional<Entry> held = field.isHeldAbove() ? holder : Optional.of(entry);
            List<String> texts =
                    held.map(from -> from.values(field.attribute())).orElse(List.of());
            if (!texts.isEmpty() && !field.isInstalled()) {
                field(out, field, texts);
            }
        }
        out.endMembers();
    }

    private void field(YamlOut out, Field field, List<String> texts) {
        if (comments) {
            field.option().ifPresent(option -> out.comment(comment(option)));
        }
        out.name(field.name());
        if (field.isSecret()) {
            out.text(Document.KEPT);
        } else if (field.isMultiple()) {
            out.list(texts);
        } else {
            value(out, field.option().orElseThrow(), texts.getFirst());
        }
    }

    private static void value(YamlOut out, OptionFacts option, String text) {
        Class<?> type = option.type();
        if (type == boolean.class && text.matches("(?i)true|false")) {
            out.plain(text.toLowerCase(Locale.ROOT));
        } else if ((type == int.class || type == long.class) && text.matches("[0-9]{1,18}")) {
            out.plain(text);
        } else {
            out.text(text);
        }
    }

    private static String comment(OptionFacts option) {
        String unit = option.unit().isEmpty() ? "" : " " + option.unit();
        String usual = option.fallback().isEmpty() ? "" : ". Default: " + usual(option) + unit;
        return option.label() + (usual.isEmpty() && !unit.isEmpty() ? " in" + unit : usual);
    }

    private static String usual(OptionFacts option) {
        return option.type() == boolean.class ? option.fallback().toLowerCase(Locale.ROOT) : option.fallback();
    }

    private void contents(YamlOut out, Entry entry) {
        if (!entry.kind().isContainer()) {
            return;
        }
        out.name(Document.CONTAINS);
        out.beginItems();
        Optional<Place> here = Optional.of(entry.place());
        contents.getOrDefault(entry.place(), List.of()).forEach(each -> object(out, each, here, Optional.of(entry)));
        if (users && Kind.USER.parents().contains(entry.kind())) {
            source.users(entry.place(), user -> object(out, user, here, Optional.of(entry)));
        }
        out.endItems();
    }
}
