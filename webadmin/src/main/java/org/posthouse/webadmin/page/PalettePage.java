package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/** "Go to": objects by part of their name, address or distinguished name, pages and single options, for Ctrl+K. */
@Named
@RequestScoped
public class PalettePage implements Palette.Names {

    private static final int SHOWN = 8;
    private static final int LONGEST = 200;

    /**
     * Lines of one sort.
     *
     * @param name its name in the bundles, after "palette."
     * @param hits the best of them
     * @param rest how many there are beside
     */
    public record Group(String name, List<Hit> hits, int rest) {}

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Links links;

    @Inject
    private Menu menu;

    @Inject
    private Words words;

    private String text = "";
    private String at = "";

    /** What fits the text; the sort with the best line first. */
    public List<Group> getGroups() {
        return text.isBlank() ? List.of() : banner.during(this::groups, List.of());
    }

    private List<Group> groups() {
        Directory directory = visitor.directory();
        var palette = new Palette(
                this,
                directory.configuration(),
                links.object(at),
                (name, kind) -> directory.find(name, Set.of(kind), SHOWN));
        return Stream.of(
                        group("objects", objects(directory)),
                        group(
                                "pages",
                                Stream.concat(systemPages(), palette.pages(text).stream())
                                        .sorted(Hit.BEST_FIRST)
                                        .toList()),
                        group("options", palette.options(text)))
                .filter(group -> !group.hits().isEmpty())
                .sorted(Comparator.comparingInt(group -> group.hits().getFirst().rank()))
                .toList();
    }

    private static Group group(String name, List<Hit> all) {
        return new Group(name, all.stream().limit(SHOWN).toList(), Math.max(0, all.size() - SHOWN));
    }

    private List<Hit> objects(Directory directory) {
        Stream<Entry> found =
                text.contains("=") ? links.object(text).stream() : directory.find(text, Set.of(), SHOWN).stream();
        var sight = new Sight(directory);
        return found.map(entry -> object(sight, entry)).sorted(Hit.BEST_FIRST).toList();
    }

    private Hit object(Sight sight, Entry entry) {
        String fullName = ContentsPage.fullName(entry);
        int rank = new Match(List.of(entry.name(), fullName), entry.values("mail"), List.of()).whole(text);
        String above = links.above(entry.place().toString());
        return new Hit(
                sight.shown(entry),
                entry.name(),
                !fullName.isEmpty() ? fullName + " – " + above : above,
                Palette.href(entry.place()),
                rank == Match.NONE ? 4 : rank);
    }

    private Stream<Hit> systemPages() {
        return menu.getPages().stream().flatMap(page -> {
            String title = words.of("menu." + page.name());
            var said = new Match(List.of(title, page.name()), List.of(page.path()), List.of());
            int rank = Match.words(text).stream().mapToInt(said::of).sum();
            return rank >= Match.NONE
                    ? Stream.empty()
                    : Stream.of(new Hit(Kind.INTERNET_SERVICES, title, "", page.path(), rank));
        });
    }

    @Override
    public String kind(Kind kind) {
        return words.kind(kind);
    }

    @Override
    public String title(PanelFacts<?> panel) {
        return words.title(panel);
    }

    @Override
    public String intro(PanelFacts<?> panel) {
        return words.intro(panel);
    }

    @Override
    public String label(OptionFacts option) {
        return words.label(option);
    }

    @Override
    public String help(OptionFacts option) {
        return words.help(option);
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        String given = text == null ? "" : text.strip();
        this.text = given.substring(0, Math.min(LONGEST, given.length()));
    }

    /** The object shown beneath the palette, "" for none. */
    public String getAt() {
        return at;
    }

    public void setAt(@Nullable String at) {
        this.at = at == null ? "" : at;
    }
}
