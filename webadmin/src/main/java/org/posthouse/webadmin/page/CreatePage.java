package org.posthouse.webadmin.page;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.form.Answers;
import org.posthouse.webadmin.form.Creation;
import org.posthouse.webadmin.form.DeliveryAddresses;
import org.posthouse.webadmin.form.ObjectNames;
import org.posthouse.webadmin.form.Step;
import org.posthouse.webadmin.form.UserCreation;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.plan.Inquiry;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Steps;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wizard that creates an object: its questions step by step, then what will be created, then the creation. */
@Named
@ViewScoped
public class CreatePage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CreatePage.class);

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private TreePage treePage;

    @Inject
    private BrowsePage browsePage;

    @Inject
    private ChangeServices changeServices;

    @Inject
    private Inquiry inquiry;

    private transient @Nullable Creation creation;
    private transient @Nullable Kind chosen;
    private transient Map<String, Answer> answers = new LinkedHashMap<>();
    private transient List<Step> steps = List.of();
    private transient List<Problem> problems = List.of();
    private transient Plan plan = Plan.NOTHING;
    private String kind = "";
    private String in = "";
    private int at;

    /** Begins with what the address names. */
    public void open() {
        chosen = Stream.of(Kind.values())
                .filter(value -> value.name().equals(kind))
                .findFirst()
                .orElse(null);
        Kind known = chosen;
        if (known == null) {
            return;
        }
        banner.during(() -> {
            try {
                Creation fresh = Creation.of(
                        visitor.directory(), Place.of(in), known, Optional.of(Place.of(visitor.getPlace())));
                steps = fresh.steps();
                steps.stream()
                        .flatMap(step -> step.asks().stream())
                        .forEach(ask -> answers.put(ask.name(), new Answer(ask)));
                creation = fresh;
                treePage.setCurrent(in);
                if (steps.isEmpty()) {
                    foresee();
                }
            } catch (IllegalArgumentException malformed) {
                banner.say("bad", words.of("create.impossible"));
            }
        });
    }

    /** Whether the address names something that can be created there. */
    public boolean isPossible() {
        return creation != null;
    }

    private Creation creation() {
        Creation known = creation;
        if (known == null) {
            throw new IllegalStateException("nothing is being created");
        }
        return known;
    }

    private Answers given() {
        var texts = new LinkedHashMap<String, String>();
        var names = new ObjectNames(visitor.directory());
        answers.forEach(
                (name, answer) -> texts.put(name, names.resolved(answer.getAsk().kinds(), answer.getText())));
        return new Answers(texts);
    }

    /** Goes on to the next step when this one's answers can be taken. */
    public void next() {
        check();
        if (problemsOf(at).isEmpty()) {
            at = Math.min(at + 1, steps.size());
            problems = List.of();
            foresee();
        }
    }

    private void foresee() {
        plan = isLast()
                ? banner.during(() -> inquiry.withMailboxes(plan(Steps.of(creation(), given()))), Plan.NOTHING)
                : Plan.NOTHING;
    }

    private Plan plan(List<org.posthouse.webadmin.plan.Step> wanted) {
        return inquiry.complete(changes().plan(wanted));
    }

    private ChangeService changes() {
        return changeServices.by(visitor.directory(), visitor.getPlace());
    }

    /** What creating would do, on the last step. */
    public Plan getPlan() {
        return plan;
    }

    /** Goes back to an earlier step; its answers are kept. */
    public void back(int step) {
        at = Math.max(0, Math.min(step, at));
        problems = List.of();
    }

    private void check() {
        problems = banner.during(
                () -> {
                    var found = new ArrayList<Problem>(problems());
                    answers.values().stream()
                            .filter(answer -> !answer.isRepeated())
                            .forEach(answer ->
                                    found.add(new Problem(answer.getName(), "", words.of("password.differs"))));
                    return found;
                },
                List.of(new Problem("", "", words.of("create.unchecked"))));
    }

    // Of a name that names no object, that is said and nothing else.
    private List<Problem> problems() {
        var names = new ObjectNames(visitor.directory());
        var unknown = answers.values().stream()
                .flatMap(answer -> names.problem(answer.getAsk().kinds(), answer.getText()).stream()
                        .map(reason ->
                                new Problem(answer.getName(), answer.getText().strip(), reason)))
                .toList();
        return Stream.concat(
                        unknown.stream(),
                        creation().problems(given()).stream()
                                .filter(problem -> unknown.stream()
                                        .noneMatch(known -> known.option().equals(problem.option()))))
                .toList();
    }

    private List<Problem> problemsOf(int step) {
        if (step >= steps.size()) {
            return problems;
        }
        return problems.stream()
                .filter(problem -> isOf(steps.get(step), problem))
                .toList();
    }

    // What concerns no single answer belongs to the last step, for only then all answers are there.
    private boolean isOf(Step step, Problem problem) {
        return problem.option().isEmpty()
                ? step.equals(steps.getLast())
                : step.asks().stream().anyMatch(ask -> ask.name().equals(problem.option()));
    }

    /** Creates the object and goes to it. Where an answer cannot be taken any more, goes back to it. */
    public void create() throws IOException {
        check();
        if (!problems.isEmpty()) {
            backToFirstProblem();
            return;
        }
        Optional<Entry> made = banner.during(
                () -> {
                    try {
                        Entry entry = make();
                        LOG.info(
                                "{} created {} {}",
                                visitor.getPlace(),
                                entry.kind().label(),
                                entry.place());
                        return Optional.of(entry);
                    } catch (Refused refused) {
                        problems = refused.problems();
                        backToFirstProblem();
                        return Optional.<Entry>empty();
                    }
                },
                Optional.empty());
        if (made.isPresent()) {
            ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
            external.redirect(external.getRequestContextPath() + "/object?dn="
                    + URLEncoder.encode(made.get().place().toString(), StandardCharsets.UTF_8));
        }
    }

    private Entry make() {
        List<org.posthouse.webadmin.plan.Step> wanted = Steps.of(creation(), given());
        Place place = wanted.getFirst().place();
        Plan current = plan(wanted);
        Map<Place, Entry> made = creation() instanceof UserCreation
                ? changes().apply(current, place, given().asTyped("password"))
                : changes().apply(current);
        return Objects.requireNonNull(made.get(place));
    }

    private void backToFirstProblem() {
        for (int step = 0; step < steps.size(); step++) {
            if (!problemsOf(step).isEmpty()) {
                at = step;
                return;
            }
        }
    }

    /** Opens the Browse dialog for a question. */
    public void browse(Answer answer) {
        browsePage.ask(words.ask(answer.getAsk()), answer.getAsk().kinds(), place -> {
            answer.pick(place);
            // What was wrong was wrong with the text before.
            problems = problems.stream()
                    .filter(problem -> !problem.option().equals(answer.getName()))
                    .toList();
        });
    }

    /** What is wrong with an answer; "" when nothing is. */
    public String problem(String name) {
        return problems.stream()
                .filter(problem -> problem.option().equals(name))
                .map(problem -> words.problem(label(name), problem))
                .findFirst()
                .orElse("");
    }

    private String label(String name) {
        Answer answer = answers.get(name);
        return answer == null ? name : words.ask(answer.getAsk());
    }

    /** What is wrong beyond single answers. */
    public List<Problem> getGeneralProblems() {
        return problems.stream().filter(problem -> problem.option().isEmpty()).toList();
    }

    /** What is worth knowing before creating. */
    public List<Problem> getWarnings() {
        return banner.during(() -> creation().warnings(given()), List.of());
    }

    /** What is worth knowing about one answer. */
    public String warning(String name) {
        Answer answer = answers.get(name);
        if (isLast() || answer == null || answer.getText().isBlank()) {
            return "";
        }
        return getWarnings().stream()
                .filter(warning -> warning.option().equals(name))
                .map(warning -> words.of("warning." + warning.reason()))
                .findFirst()
                .orElse("");
    }

    /** Where the object will stand. */
    public String getPlace() {
        return creation().place(given()).map(Place::toString).orElse("");
    }

    /** The addresses at which mail for the new user will arrive; "" for other objects. */
    public String getAddresses() {
        Optional<Place> place = chosen == Kind.USER ? creation().place(given()) : Optional.empty();
        return place.map(user -> banner.during(
                        () -> words.joined(
                                new DeliveryAddresses(() -> visitor.directory().tree()).of(user)),
                        ""))
                .filter(addresses -> !addresses.isEmpty())
                .orElse(words.of("create.noAddress"));
    }

    public List<Step> getSteps() {
        return steps;
    }

    /** The questions of the step shown. */
    public List<Answer> getAsked() {
        return at >= steps.size()
                ? List.of()
                : steps.get(at).asks().stream()
                        .flatMap(ask -> Stream.ofNullable(answers.get(ask.name())))
                        .toList();
    }

    /** Every question with its answer, for the last step. */
    public List<Answer> getAnswers() {
        return List.copyOf(answers.values());
    }

    /** The number of the step shown; as many as there are steps on the last one, which shows what will be created. */
    public int getAt() {
        return at;
    }

    public boolean isLast() {
        return at >= steps.size();
    }

    public Kind getChosen() {
        Kind known = chosen;
        return known == null ? Kind.UNKNOWN : known;
    }

    public String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = kind == null ? "" : kind;
    }

    public String getIn() {
        return in;
    }

    public void setIn(@Nullable String in) {
        this.in = in == null ? "" : in;
    }
}
