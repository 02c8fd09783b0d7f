package org.posthouse.webadmin.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.UserInternetMail;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.NameRules;
import org.posthouse.webadmin.setup.Passwords;

/** Creates a user: the login name is the object's name and the mailbox's. */
public final class UserCreation implements Creation {

    private static final String LOGIN = "loginName";
    private static final OptionFacts RESERVED = Kind.catalogue()
            .panel(UserInternetMail.class)
            .option("reservedName")
            .orElseThrow();

    private final Directory directory;
    private final Place container;

    UserCreation(Directory directory, Place container) {
        this.directory = directory;
        this.container = container;
    }

    @Override
    public List<Step> steps() {
        return List.of(new Step(
                "person",
                List.of(
                        Ask.text(LOGIN),
                        Ask.maybe("firstName"),
                        Ask.text("lastName"),
                        Ask.password("password"),
                        Ask.of(RESERVED, "FALSE"),
                        Ask.choice("handOver"))));
    }

    @Override
    public Optional<Place> place(Answers answers) {
        String name = answers.text(LOGIN);
        return name.isEmpty() ? Optional.empty() : Optional.of(container.child("cn", name));
    }

    @Override
    public List<Problem> problems(Answers answers) {
        String login = answers.text(LOGIN);
        var problems = new ArrayList<Problem>(Creation.nameProblems(directory, LOGIN, login, place(answers)));
        place(answers).ifPresent(place -> problems.addAll(names(place, answers)));
        if (answers.text("lastName").isEmpty()) {
            problems.add(new Problem("lastName", "", "is required"));
        }
        for (String name : List.of("firstName", "lastName")) {
            if (answers.text(name).length() > 64) {
                problems.add(new Problem(name, answers.text(name), "must have at most 64 characters"));
            }
        }
        Passwords.problem(answers.asTyped("password"), login)
                .ifPresent(reason -> problems.add(new Problem("password", "", reason)));
        return problems;
    }

    /** Why this text is no mail address of a user, as a phrase after it; empty when it is one. */
    public static Optional<String> mailProblem(String mail) {
        int at = mail.lastIndexOf('@');
        if (mail.isEmpty()) {
            return Optional.empty();
        }
        if (at < 1 || mail.substring(0, at).matches(".*[\\s<>\"@(),;:\\\\\\[\\]].*")) {
            return Optional.of("is not an address, such as anna@example.com");
        }
        try {
            var domain = new DomainName(mail.substring(at + 1));
            return domain.ascii().contains(".")
                    ? Optional.empty()
                    : Optional.of("must have a complete domain after the @");
        } catch (IllegalArgumentException malformed) {
            return Optional.of("must have a domain after the @, such as anna@example.com");
        }
    }

    @Override
    public List<Problem> warnings(Answers answers) {
        String login = answers.text(LOGIN);
        boolean elsewhere = !login.isEmpty()
                && directory.find(login, Set.of(Kind.USER), 20).stream()
                        .anyMatch(user -> user.name().equalsIgnoreCase(login));
        return elsewhere ? List.of(new Problem(LOGIN, login, "sameUser")) : List.of();
    }

    @Override
    public List<NewObject> objects(Answers answers) {
        var attributes = new LinkedHashMap<String, List<String>>();
        attributes.put("sn", List.of(answers.text("lastName")));
        put(attributes, "givenName", answers.text("firstName"));
        put(attributes, RESERVED.attribute(), isOn(answers, RESERVED.name()) ? "TRUE" : "");
        put(attributes, MailboxId.ATTRIBUTE, isOn(answers, "handOver") ? MailboxId.HAND_OVER : "");
        return List.of(new NewObject(place(answers).orElseThrow(), Kind.USER, attributes));
    }

    private List<Problem> names(Place place, Answers answers) {
        Map<String, List<String>> attributes =
                isOn(answers, RESERVED.name()) ? Map.of(RESERVED.attribute(), List.of("TRUE")) : Map.of();
        return new NameRules(directory.tree(), directory::read)
                .problems(new Entry(place, Kind.USER, 0, attributes)).stream()
                        .map(problem -> new Problem(LOGIN, problem.value(), problem.reason()))
                        .toList();
    }

    private static boolean isOn(Answers answers, String name) {
        return answers.text(name).equals("TRUE");
    }

    private static void put(Map<String, List<String>> attributes, String attribute, String text) {
        if (!text.isEmpty()) {
            attributes.put(attribute, List.of(text));
        }
    }
}
