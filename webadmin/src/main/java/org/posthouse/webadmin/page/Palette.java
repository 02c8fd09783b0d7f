package org.posthouse.webadmin.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * What the palette offers for a text: pages and single options of objects. All of it follows from the catalogue; each
 * word must fit the page or option, or name the object: "retry mail1".
 */
final class Palette {

    /** Names in the visitor's language; what the catalogue itself says counts as well. */
    interface Names {
        String kind(Kind kind);

        String title(PanelFacts<?> panel);

        String intro(PanelFacts<?> panel);

        String label(OptionFacts option);

        String help(OptionFacts option);
    }

    /** Objects of a kind that are too many to be known: by part of their name. */
    interface Finder {
        List<Entry> find(String text, Kind kind);
    }

    private final Names names;
    private final Collection<Entry> known;
    private final Optional<Entry> here;
    private final Finder finder;
    private final Map<String, List<Entry>> found = new HashMap<>();

    /**
     * A palette.
     *
     * @param names the visitor's language
     * @param known servers, agents and hosts
     * @param here the object shown, which is offered without being named
     * @param finder looks for other objects
     */
    Palette(Names names, Collection<Entry> known, Optional<Entry> here, Finder finder) {
        this.names = names;
        this.known = known;
        this.here = here;
        this.finder = finder;
    }

    /** The pages that fit, best first. */
    List<Hit> pages(String text) {
        return hits(text, this::pages);
    }

    /** The options that fit, best first. */
    List<Hit> options(String text) {
        return hits(text, this::options);
    }

    private record Target(Match said, String title, String panel, String query) {}

    private Stream<Target> pages(Kind kind) {
        return kind.panels().stream()
                .map(panel -> new Target(
                        new Match(
                                List.of(names.title(panel), panel.title()),
                                List.of(panel.name()),
                                List.of(names.intro(panel), panel.intro())),
                        names.title(panel),
                        "",
                        "&page=" + panel.name()));
    }

    @SuppressWarnings("ArgumentSelectionDefectChecker") // the names of an option are no page names
    private Stream<Target> options(Kind kind) {
        return kind.panels().stream()
                .flatMap(panel -> panel.options().stream()
                        .filter(option -> option.available() && !option.internal())
                        .map(option -> new Target(
                                new Match(
                                        List.of(names.label(option), option.label()),
                                        List.of(option.name(), option.attribute()),
                                        List.of(names.help(option), option.help())),
                                names.label(option),
                                names.title(panel),
                                "&page=" + panel.name() + "&option=" + option.name())));
    }

    private List<Hit> hits(String text, Function<Kind, Stream<Target>> targets) {
        List<String> words = Match.words(text);
        var hits = new ArrayList<Hit>();
        for (Kind kind : Kind.values()) {
            targets.apply(kind)
                    .filter(target ->
                            words.stream().anyMatch(word -> target.said().of(word) < Match.NONE))
                    .forEach(target -> hits.addAll(ofObjects(kind, target, text, words)));
        }
        hits.sort(Hit.BEST_FIRST);
        return hits;
    }

    private List<Hit> ofObjects(Kind kind, Target target, String text, List<String> words) {
        int[] scores = words.stream().mapToInt(target.said()::of).toArray();
        return objects(kind, target, words)
                .flatMap(object -> {
                    Match said = said(object);
                    int rank = target.said().whole(text);
                    for (int at = 0; rank > 1 && at < scores.length; at++) {
                        int best = Math.min(scores[at], said.of(words.get(at)));
                        if (best >= Match.NONE) {
                            return Stream.empty();
                        }
                        rank = (rank == Match.NONE ? 2 : rank) + best;
                    }
                    return Stream.of(hit(kind, target, object, rank));
                })
                .toList();
    }

    private Stream<Entry> objects(Kind kind, Target target, List<String> words) {
        if (known.stream().anyMatch(entry -> entry.kind() == kind)) {
            return known.stream().filter(entry -> entry.kind() == kind);
        }
        String rest = String.join(
                " ",
                words.stream()
                        .filter(word -> target.said().of(word) >= Match.NONE)
                        .toList());
        Stream<Entry> named = rest.isEmpty()
                ? Stream.of()
                : found.computeIfAbsent(kind + " " + rest, any -> finder.find(rest, kind)).stream();
        return Stream.concat(here.stream().filter(entry -> entry.kind() == kind), named)
                .distinct();
    }

    private Match said(Entry object) {
        var called = new ArrayList<>(
                List.of(object.name(), names.kind(object.kind()), object.kind().label()));
        Stream.of("givenName", "sn")
                .filter(attribute -> object.kind() == Kind.USER)
                .flatMap(attribute -> object.value(attribute).stream())
                .forEach(called::add);
        if (object.kind().isAgent()) {
            object.place().parent().map(Place::leaf).ifPresent(called::add);
        }
        return new Match(called, object.values("mail"), List.of());
    }

    private Hit hit(Kind kind, Target target, Entry object, int rank) {
        String whose = kind.isAgent()
                ? names.kind(kind) + " – "
                        + object.place().parent().map(Place::leaf).orElse("")
                : object.name();
        return new Hit(
                kind,
                target.title(),
                target.panel().isEmpty() ? whose : whose + " – " + target.panel(),
                href(object.place()) + target.query(),
                rank);
    }

    /** The address of an object. */
    static String href(Place place) {
        return "/object?dn=" + URLEncoder.encode(place.toString(), StandardCharsets.UTF_8);
    }
}
