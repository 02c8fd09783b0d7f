package org.posthouse.webadmin.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Rules;
import org.posthouse.schema.value.Place;

/** Create Messaging Server as in NetMail "Creating a Messaging Server": four questions, no agent, no context. */
public final class ServerCreation implements Creation {

    private static final String NAME = "serverName";
    private static final List<String> ASKED = List.of("hostServer", "postmaster", "officialDomain");

    private static final Map<String, List<String>> STAND_INS = Map.of(
            "hostServer", List.of("cn=somewhere"),
            "postmaster", List.of("cn=somebody"),
            "officialDomain", List.of("somewhere.invalid"));

    private final Directory directory;
    private final Place container;
    private final Optional<Place> creator;
    private final PanelFacts<ServerIdentification> panel = Kind.catalogue().panel(ServerIdentification.class);

    ServerCreation(Directory directory, Place container, Optional<Place> creator) {
        this.directory = directory;
        this.container = container;
        this.creator = creator;
    }

    @Override
    public List<Step> steps() {
        var asks = new ArrayList<Ask>();
        asks.add(Ask.text(NAME, freeName()));
        asks.add(Ask.of(option("hostServer"), onlyHost()));
        asks.add(Ask.of(option("postmaster"), creator.map(this::ifUser).orElse("")));
        asks.add(Ask.of(option("officialDomain"), ""));
        return List.of(new Step("server", asks));
    }

    private String freeName() {
        Set<String> taken = directory.configuration(Set.of(Kind.MESSAGING_SERVER)).stream()
                .map(server -> server.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> "mail" + number)
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }

    private String onlyHost() {
        List<Entry> hosts = directory.configuration(Set.of(Kind.HOST_SERVER));
        return hosts.size() == 1 ? hosts.getFirst().place().toString() : "";
    }

    private String ifUser(Place place) {
        return directory
                .read(place)
                .filter(entry -> entry.kind() == Kind.USER)
                .map(entry -> entry.place().toString())
                .orElse("");
    }

    @Override
    public Optional<Place> place(Answers answers) {
        String name = answers.text(NAME);
        return name.isEmpty() ? Optional.empty() : Optional.of(container.child("ou", name));
    }

    @Override
    public List<Problem> problems(Answers answers) {
        var problems =
                new ArrayList<Problem>(Creation.nameProblems(directory, NAME, answers.text(NAME), place(answers)));
        var sound = new LinkedHashMap<String, List<String>>();
        for (String name : ASKED) {
            List<Problem> own = own(answers, name);
            problems.addAll(own);
            if (own.isEmpty()) {
                sound.put(name, texts(answers, name));
            }
        }
        problems.addAll(disagreements(answers, sound));
        return problems;
    }

    private List<Problem> own(Answers answers, String name) {
        List<Problem> own = panel.problems(name, texts(answers, name));
        boolean place = !Kind.accepted(option(name)).isEmpty();
        return own.isEmpty() && place
                ? Reference.problem(directory, option(name), answers.text(name)).stream()
                        .map(reason -> new Problem(name, answers.text(name), reason))
                        .toList()
                : own;
    }

    // What the tree says to the answers so far. A stand-in takes the place of what is missing, and is not judged.
    private List<Problem> disagreements(Answers answers, Map<String, List<String>> sound) {
        var texts = new LinkedHashMap<>(STAND_INS);
        texts.putAll(sound);
        return new Rules(directory.tree())
                .problems(place(answers).orElse(container), panel.read(texts)).stream()
                        .filter(problem -> sound.containsKey(problem.option()))
                        .toList();
    }

    @Override
    public List<Problem> warnings(Answers answers) {
        var warnings = new ArrayList<Problem>();
        String host = answers.text("hostServer");
        if (panel.problems("hostServer", texts(answers, "hostServer")).isEmpty()) {
            directory
                    .read(Place.of(host))
                    .filter(entry -> entry.value("posthouseStatusUrl").isEmpty())
                    .ifPresent(entry -> warnings.add(new Problem("hostServer", host, "noEngine")));
        }
        String name = answers.text(NAME);
        directory.configuration().stream()
                .filter(entry ->
                        entry.kind() == Kind.MESSAGING_SERVER && entry.name().equalsIgnoreCase(name))
                .filter(entry -> !place(answers).equals(Optional.of(entry.place())))
                .findFirst()
                .ifPresent(entry -> warnings.add(new Problem(NAME, name, "sameName")));
        return warnings;
    }

    @Override
    public List<NewObject> objects(Answers answers) {
        var attributes = new LinkedHashMap<String, List<String>>();
        panel.encode(page(answers)).forEach((attribute, texts) -> {
            if (!texts.isEmpty()) {
                attributes.put(attribute, texts);
            }
        });
        return List.of(new NewObject(place(answers).orElseThrow(), Kind.MESSAGING_SERVER, attributes));
    }

    private ServerIdentification page(Answers answers) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        ASKED.forEach(name -> texts.put(name, texts(answers, name)));
        return panel.read(texts);
    }

    private OptionFacts option(String name) {
        return panel.option(name).orElseThrow();
    }

    private static List<String> texts(Answers answers, String name) {
        String text = answers.text(name);
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
