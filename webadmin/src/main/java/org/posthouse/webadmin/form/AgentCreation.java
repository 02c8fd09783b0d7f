package org.posthouse.webadmin.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.posthouse.schema.address.AddressResolver;
import org.posthouse.schema.agent.Need;
import org.posthouse.schema.agent.Question;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Rules;
import org.posthouse.schema.value.Place;

/**
 * Creates an agent in its messaging server, with the questions that the agent's type declares: NetMail asks for the
 * Message Store and one context of an NMAP Agent and for a Global Domain of an SMTP Agent; the others need no answers.
 */
public final class AgentCreation implements Creation {

    private final Directory directory;
    private final Entry server;
    private final Kind kind;

    AgentCreation(Directory directory, Entry server, Kind kind) {
        this.directory = directory;
        this.server = server;
        this.kind = kind;
    }

    @Override
    public List<Step> steps() {
        var steps = new LinkedHashMap<String, List<Ask>>();
        for (Question question : kind.agentType().questions()) {
            steps.computeIfAbsent(question.step(), none -> new ArrayList<>())
                    .add(Ask.of(option(question.option()), proposal(question)));
        }
        return steps.entrySet().stream()
                .map(step -> new Step(step.getKey(), step.getValue()))
                .toList();
    }

    private String proposal(Question question) {
        return switch (question.proposal()) {
            case INITIAL -> option(question.option()).initial();
            case OFFICIAL_DOMAIN -> server.value("posthouseOfficialDomain").orElse("");
            case FREE_FOLDER -> freeStore();
            case USER_CONTAINER -> proposedContext();
        };
    }

    private OptionFacts option(String name) {
        return kind.panels().stream()
                .flatMap(panel -> panel.option(name).stream())
                .findFirst()
                .orElseThrow();
    }

    // Two stores of one engine cannot share a folder.
    private String freeStore() {
        List<Entry> configuration = directory.configuration();
        boolean taken = configuration.stream()
                .filter(entry -> entry.kind() == Kind.NMAP_AGENT)
                .filter(agent -> !agent.place().isWithin(server.place()))
                .filter(agent ->
                        agent.value("posthouseMessageStore").orElse("store").equals("store"))
                .flatMap(agent -> agent.place().parent().stream())
                .flatMap(place ->
                        configuration.stream().filter(entry -> entry.place().equals(place)))
                .anyMatch(other -> host(other).equals(host(server)));
        return taken ? "store-" + server.name().replaceAll("[^A-Za-z0-9._-]", "-") : "store";
    }

    private static Optional<Place> host(Entry entry) {
        return entry.value("posthouseHost").map(Place::of);
    }

    private String proposedContext() {
        Place internet = directory.internetServices();
        return server.place()
                .parent()
                .filter(above -> !above.equals(internet))
                .or(this::postmastersContainer)
                .map(Place::toString)
                .orElse("");
    }

    // Of a server in Internet Services, where there are no users: the container of its postmaster, unless another
    // server
    // keeps the mailboxes there already.
    private Optional<Place> postmastersContainer() {
        boolean homeless = server.values("posthouseContext").isEmpty();
        return server.value("posthousePostmaster")
                .filter(any -> homeless)
                .map(Place::of)
                .flatMap(Place::parent)
                .filter(container -> directory.tree().servers().stream()
                        .noneMatch(other -> AddressResolver.contextsOf(other).contains(container)));
    }

    @Override
    public Optional<Place> place(Answers answers) {
        return Optional.of(server.place().child(kind.naming(), kind.label()));
    }

    @Override
    public List<Problem> problems(Answers answers) {
        var problems = new ArrayList<Problem>();
        place(answers)
                .flatMap(directory::read)
                .ifPresent(there -> problems.add(
                        new Problem("", there.name(), "This server already has " + kind.labelWithArticle() + ".")));
        var rules = new Rules(directory.tree());
        for (PanelFacts<?> panel : kind.panels()) {
            try {
                Record page = panel.read(texts(panel, answers));
                problems.addAll(rules.problems(place(answers).orElseThrow(), page));
            } catch (Refused refused) {
                problems.addAll(refused.problems());
            }
        }
        if (problems.isEmpty()) {
            problems.addAll(wrongReferences(answers));
        }
        return problems;
    }

    private List<Problem> wrongReferences(Answers answers) {
        return kind.agentType().questions().stream()
                .map(question -> option(question.option()))
                .filter(option -> option.type() == Place.class)
                .filter(option -> !answers.text(option.name()).isEmpty())
                .flatMap(option -> Reference.problem(directory, option, answers.text(option.name())).stream()
                        .map(reason -> new Problem(option.name(), answers.text(option.name()), reason)))
                .toList();
    }

    @Override
    public List<Problem> warnings(Answers answers) {
        if (kind.agentType().needs().contains(Need.QUEUE) && !isThere(Kind.provider(Need.QUEUE))) {
            return List.of(new Problem("", "", "noQueue"));
        }
        boolean homeless = kind.agentType().provides().contains(Need.MESSAGE_STORE)
                && answers.text("contexts").isEmpty()
                && server.values("posthouseContext").isEmpty();
        return homeless ? List.of(new Problem("contexts", "", "noContext")) : List.of();
    }

    private boolean isThere(Kind agent) {
        return directory
                .read(server.place().child(agent.naming(), agent.label()))
                .isPresent();
    }

    @Override
    public List<NewObject> objects(Answers answers) {
        Map<String, List<String>> own = encoded(Panel.Holder.SELF, answers);
        own.values().removeIf(List::isEmpty);
        return List.of(new NewObject(place(answers).orElseThrow(), kind, own));
    }

    // The context is kept on the server; what the server had already stays.
    @Override
    public Map<String, List<String>> held(Answers answers) {
        var held = new TreeMap<String, List<String>>();
        Entry now = directory.read(server.place()).orElse(server);
        encoded(Panel.Holder.PARENT, answers).forEach((attribute, texts) -> {
            if (!texts.isEmpty() && !now.values(attribute).containsAll(texts)) {
                held.put(
                        attribute,
                        Stream.concat(now.values(attribute).stream(), texts.stream())
                                .distinct()
                                .toList());
            }
        });
        return held;
    }

    private Map<String, List<String>> encoded(Panel.Holder holder, Answers answers) {
        var attributes = new LinkedHashMap<String, List<String>>();
        for (PanelFacts<?> panel : kind.panels()) {
            if (panel.holder() == holder) {
                attributes.putAll(encoded(panel, answers));
            }
        }
        return attributes;
    }

    private static <P extends Record> Map<String, List<String>> encoded(PanelFacts<P> panel, Answers answers) {
        return panel.encode(panel.read(texts(panel, answers)));
    }

    private static Map<String, List<String>> texts(PanelFacts<?> panel, Answers answers) {
        var texts = new LinkedHashMap<String, List<String>>();
        for (OptionFacts option : panel.options()) {
            String answer = answers.text(option.name());
            String text = answer.isEmpty() ? option.initial() : answer;
            if (!text.isEmpty()) {
                texts.put(option.name(), List.of(text));
            }
        }
        return texts;
    }
}
