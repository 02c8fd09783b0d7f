package org.posthouse.webadmin.api;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.setup.Passwords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates objects for a caller, checked by the drafts of their pages. */
final class Making {

    private static final Logger LOG = LoggerFactory.getLogger(Making.class);

    private final Directory directory;
    private final String who;

    Making(Directory directory, String who) {
        this.directory = directory;
        this.who = who;
    }

    /** The kind of this name, in any case, with spaces or underscores: "SMTP Agent", "smtp_agent". */
    static Kind kind(String name) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(name.strip())
                        || kind.label().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no kind of object called \"" + name + "\""));
    }

    /** Creates what a request describes. Throws Refused, NameTaken, Misplaced, Missing. */
    Entry make(JsonObject request) {
        Kind kind = kind(Wish.text(request, "kind"));
        if (!kind.isCreatable()) {
            throw new Refused(List.of(new Problem("kind", kind.name(), "cannot be created yet")));
        }
        Place parent = Place.of(Wish.text(request, "parent"));
        String name = kind.hasFixedName() ? kind.label() : Wish.text(request, "name");
        if (name.isBlank()) {
            throw new Refused(List.of(new Problem("name", "", "is needed")));
        }
        Place place = parent.child(kind.naming(), name);
        Wish wish = Wish.in(request, kind);
        var attributes = new LinkedHashMap<>(attributes(place, kind, wish, name, Wish.text(request, "password")));
        attributes.putAll(Changing.mail(request, kind));
        var objects = new ArrayList<NewObject>();
        objects.add(new NewObject(place, kind, attributes));
        agents(request, kind)
                .forEach(agent ->
                        objects.add(new NewObject(place.child(agent.naming(), agent.label()), agent, Map.of())));
        Entry created = directory.createAll(objects);
        LOG.info("{} created {} with {} parts", who, place, objects.size() - 1);
        if (kind == Kind.USER && !Wish.text(request, "password").isEmpty()) {
            directory.setPassword(place, Wish.text(request, "password"));
        }
        return contexts(created, wish);
    }

    private Map<String, List<String>> attributes(Place place, Kind kind, Wish wish, String name, String password) {
        var tree = Tree.of(directory.configuration());
        var entry = new Entry(place, kind, 0, Map.of());
        var attributes = new LinkedHashMap<String, List<String>>();
        var problems = new LinkedHashSet<Problem>();
        for (PanelFacts<?> panel : own(kind)) {
            Draft draft = Draft.of(directory, tree, entry, panel);
            wish.into(draft);
            List<Problem> found = draft.problems();
            problems.addAll(found);
            if (found.isEmpty()) {
                attributes.putAll(encoded(panel, draft));
            }
        }
        if (kind == Kind.USER && !password.isEmpty()) {
            Passwords.problem(password, name).ifPresent(reason -> problems.add(new Problem("password", "", reason)));
        }
        if (!problems.isEmpty()) {
            throw new Refused(List.copyOf(problems));
        }
        return attributes;
    }

    private static List<PanelFacts<?>> own(Kind kind) {
        return kind.panels().stream()
                .filter(panel -> panel.holder() == Panel.Holder.SELF)
                .toList();
    }

    private static <P extends Record> Map<String, List<String>> encoded(PanelFacts<P> panel, Draft draft) {
        var texts = new LinkedHashMap<String, List<String>>();
        for (OptionFacts option : panel.options()) {
            texts.put(option.name(), draft.texts(option.name()));
        }
        return panel.encode(panel.read(texts));
    }

    private static Set<Kind> agents(JsonObject request, Kind kind) {
        var agents = new LinkedHashSet<Kind>();
        Wish.list(request, "agents").forEach(name -> agents.add(kind(name)));
        Optional<Kind> stranger = agents.stream()
                .filter(agent -> kind != Kind.MESSAGING_SERVER || !agent.isAgent())
                .findFirst();
        if (stranger.isPresent()) {
            throw new Refused(
                    List.of(new Problem("agents", stranger.get().name(), "cannot be part of a " + kind.label())));
        }
        return agents;
    }

    // Kept on the messaging server, but a page of the agent.
    private Entry contexts(Entry created, Wish wish) {
        PanelFacts<?> page = Kind.catalogue().panel(NmapContext.class);
        if (created.kind() == Kind.NMAP_AGENT && !wish.on(page).isEmpty()) {
            Draft draft = Draft.of(directory, Tree.of(directory.configuration()), created, page);
            wish.into(draft);
            draft.save();
        }
        return created;
    }
}
