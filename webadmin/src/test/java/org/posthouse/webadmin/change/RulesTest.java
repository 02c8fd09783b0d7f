package org.posthouse.webadmin.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.api.Requests;
import org.posthouse.webadmin.file.Differences;
import org.posthouse.webadmin.file.Fault;
import org.posthouse.webadmin.file.Faulty;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.form.RecordedHouse;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Step;
import org.posthouse.webadmin.plan.Steps;
import org.posthouse.webadmin.undo.WayBack;

/**
 * Every rule of the tree, tried by a page, the API (which the command line uses), a file, an undo, and a plan that is applied
 * after the tree changed: the answer is the same each time, and nothing is written.
 */
class RulesTest {

    private static final Place SERVICES = Place.of("o=Internet Services,dc=posthouse");
    private static final Place ACME = Place.of("o=Acme,dc=posthouse");
    private static final Place BOB = Place.of("cn=bob,ou=people,o=Acme,dc=posthouse");
    private static final Place HOST2 = Place.of("cn=host2,o=Acme,dc=posthouse");
    private static final String WAITS = "waits for confirmation";

    /**
     * A thing that a rule forbids.
     *
     * @param name what it is
     * @param place the object
     * @param option the option that is set; "" for a deletion
     * @param value its value
     * @param before what the rule depends on, so that the same is allowed before it
     * @param reason a part of the answer, or {@link #WAITS}
     * @param tree what the tree has besides, from the beginning
     */
    private record Rule(
            String name,
            Place place,
            String option,
            String value,
            Consumer<House> before,
            String reason,
            Consumer<House> tree) {

        Rule(String name, Place place, String option, String value, Consumer<House> before, String reason) {
            this(name, place, option, value, before, reason, RulesTest::nothing);
        }

        boolean deletes() {
            return option.isEmpty();
        }
    }

    @TempDir
    private Path folder;

    private int number;

    private static void nothing(House house) {
        // The rule holds in the tree as the installation leaves it.
    }

    private static List<Rule> rules() {
        Place smtp = Place.of("cn=SMTP Agent,ou=mail1,o=Internet Services,dc=posthouse");
        Place mail1 = Place.of("ou=mail1,o=Internet Services,dc=posthouse");
        String fixed = "is created by the installation and cannot be deleted";
        return List.of(
                new Rule("Administrators", SERVICES.child("cn", "Administrators"), "", "", RulesTest::nothing, fixed),
                new Rule("Internet Services", SERVICES, "", "", RulesTest::nothing, fixed),
                new Rule("Mailing Lists", SERVICES.child("ou", "Mailing Lists"), "", "", RulesTest::nothing, fixed),
                new Rule("Parent Objects", SERVICES.child("ou", "Parent Objects"), "", "", RulesTest::nothing, fixed),
                new Rule("Templates", SERVICES.child("ou", "Templates"), "", "", RulesTest::nothing, fixed),
                new Rule(
                        "oneself",
                        Place.of("cn=admin,ou=people,o=Acme,dc=posthouse"),
                        "",
                        "",
                        RulesTest::nothing,
                        "You are signed in as admin"),
                new Rule("one's container", ACME, "", "", RulesTest::nothing, "You are signed in as admin"),
                new Rule("a Host Server in use", HOST2, "", "", moved(), "is the Host Server of mail1"),
                new Rule("a postmaster", BOB, "", "", appointed(), "is the Postmaster of mail1"),
                new Rule(
                        "a container of a postmaster", BOB.parent().orElseThrow(), "", "", appointed(), "signed in as"),
                new Rule(
                        "an Official Domain as Hosting Domain",
                        smtp,
                        "hostingDomains",
                        "taken.example",
                        set(mail1, "posthouseOfficialDomain", "taken.example"),
                        "is the Official Domain of mail1"),
                new Rule(
                        "a postmaster who is gone",
                        mail1,
                        "postmaster",
                        BOB.toString(),
                        house -> house.directory.delete(BOB, house.read(BOB).revision()),
                        "does not exist"),
                new Rule(
                        "the last administrator disabled",
                        Place.of("cn=admin,ou=people,o=Acme,dc=posthouse"),
                        "enabled",
                        "FALSE",
                        RulesTest::nothing,
                        WAITS),
                new Rule(
                        "the last administrator taken out",
                        SERVICES.child("cn", "Administrators"),
                        "members",
                        BOB.toString(),
                        RulesTest::nothing,
                        WAITS),
                new Rule(
                        "oneself disabled while another administrator stays",
                        Place.of("cn=admin,ou=people,o=Acme,dc=posthouse"),
                        "enabled",
                        "FALSE",
                        RulesTest::nothing,
                        WAITS,
                        RulesTest::another),
                new Rule(
                        "oneself taken out while another administrator stays",
                        SERVICES.child("cn", "Administrators"),
                        "members",
                        BOB.toString(),
                        RulesTest::nothing,
                        WAITS,
                        RulesTest::another),
                new Rule(
                        "oneself while another administrator stays",
                        Place.of("cn=admin,ou=people,o=Acme,dc=posthouse"),
                        "",
                        "",
                        RulesTest::nothing,
                        "You are signed in as admin",
                        RulesTest::another));
    }

    private static void another(House house) {
        Entry group = house.read(SERVICES.child("cn", "Administrators"));
        List<String> members = group.values("member");
        house.directory.save(
                group.place(),
                Map.of("member", members),
                Map.of(
                        "member",
                        Stream.concat(members.stream(), Stream.of(BOB.toString()))
                                .distinct()
                                .toList()),
                group.revision());
    }

    private static Consumer<House> appointed() {
        return set(Place.of("ou=mail1,o=Internet Services,dc=posthouse"), "posthousePostmaster", BOB.toString());
    }

    private static Consumer<House> moved() {
        return set(Place.of("ou=mail1,o=Internet Services,dc=posthouse"), "posthouseHost", HOST2.toString());
    }

    private static Consumer<House> set(Place place, String attribute, String value) {
        return house -> {
            Entry entry = house.read(place);
            house.directory.save(
                    place,
                    Map.of(attribute, entry.values(attribute)),
                    Map.of(attribute, List.of(value)),
                    entry.revision());
        };
    }

    private static Map<String, BiConsumer<RecordedHouse, Rule>> ways() {
        return Map.of(
                "page", RulesTest::page,
                "API", RulesTest::api,
                "file", RulesTest::file,
                "undo", RulesTest::undo,
                "late plan", RulesTest::late);
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHoldsByEveryWay() {
        return rules().stream()
                .flatMap(rule -> ways().entrySet().stream()
                        .map(way ->
                                dynamicTest(rule.name() + " by " + way.getKey(), () -> check(rule, way.getValue()))));
    }

    private void check(Rule rule, BiConsumer<RecordedHouse, Rule> way) throws IOException {
        try (var recorded = new RecordedHouse(folder.resolve(Integer.toString(number++)), Author.By.PAGE)) {
            House house = recorded.house;
            house.directory.create(new NewObject(BOB, Kind.USER, Map.of("sn", List.of("Bob"))));
            house.directory.create(new NewObject(HOST2, Kind.HOST_SERVER, Map.of()));
            rule.tree().accept(house);
            String answer = answer(() -> way.accept(recorded, rule), house);
            assertTrue(answer.contains(rule.reason()), answer);
            if (!rule.reason().equals(WAITS)) {
                assertTrue(house.directory.read(rule.place()).isPresent(), "it is still there");
            }
        }
    }

    private static String answer(Runnable way, House house) {
        try {
            way.run();
        } catch (DirectoryException | Refused | Faulty refused) {
            return refused instanceof Faulty faulty
                    ? faulty.faults().stream().map(Fault::reason).collect(Collectors.joining("; "))
                    : String.valueOf(refused.getMessage());
        } catch (Noted noted) {
            return String.valueOf(noted.getMessage());
        }
        return house.confirmations.all().isEmpty() ? "done" : WAITS;
    }

    /** What a file leaves alone is said in a note. */
    private static final class Noted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Noted(String note) {
            super(note);
        }
    }

    private static Plan planned(House house, Rule rule) {
        Entry entry = house.read(rule.place());
        return rule.deletes()
                ? house.changes().plan(List.of(new Step.Remove(entry.place())), List.of(entry))
                : house.changes().plan(Steps.of(draft(house, rule)), List.of(entry));
    }

    private static Draft draft(House house, Rule rule) {
        Entry entry = house.read(rule.place());
        var panel = entry.kind().panels().stream()
                .filter(each -> each.option(rule.option()).isPresent())
                .findFirst()
                .orElseThrow();
        Draft draft = Draft.of(house.directory, entry, panel);
        draft.set(rule.option(), List.of(rule.value()));
        return draft;
    }

    private static void page(RecordedHouse recorded, Rule rule) {
        rule.before().accept(recorded.house);
        recorded.house.changes().apply(planned(recorded.house, rule));
    }

    private static void api(RecordedHouse recorded, Rule rule) {
        House house = recorded.house;
        rule.before().accept(house);
        Entry entry = house.read(rule.place());
        if (rule.deletes()) {
            Requests.delete(house.changes(), entry);
        } else {
            var options = Json.createObjectBuilder().add(rule.option(), rule.value());
            Requests.patch(
                    house.changes(),
                    entry,
                    Json.createObjectBuilder().add("options", options).build());
        }
    }

    private static void file(RecordedHouse recorded, Rule rule) {
        House house = recorded.house;
        rule.before().accept(house);
        Entry entry = house.read(rule.place());
        String text = rule.deletes() ? without(house, entry) : with(entry, rule);
        var differences =
                Differences.of(house.directory, text.getBytes(StandardCharsets.UTF_8), rule.deletes(), house.admin);
        Plan plan = differences.plan(house.changes());
        if (plan.isEmpty() && !differences.notes().isEmpty()) {
            throw new Noted(String.join(" ", differences.notes()));
        }
        house.changes().apply(plan);
    }

    private static String without(House house, Entry entry) {
        Place above = entry.place().parent().orElseThrow();
        Entry holder = house.read(above);
        String siblings = house.directory.children(above, Query.first(100)).entries().stream()
                .filter(each -> !each.place().equals(entry.place()))
                .map(each ->
                        "  - kind: %s\n    name: %s\n".formatted(each.kind().label(), each.name()))
                .collect(Collectors.joining());
        return "posthouse: 1\nusers: true\nobjects:\n- kind: %s\n  place: %s\n  contains:%s"
                .formatted(label(holder), above, siblings.isEmpty() ? " []\n" : "\n" + siblings);
    }

    private static String label(Entry holder) {
        return holder.kind() == Kind.ROOT ? "Tree" : holder.kind().label();
    }

    private static String with(Entry entry, Rule rule) {
        boolean list = entry.kind().panels().stream()
                .flatMap(panel -> panel.option(rule.option()).stream())
                .anyMatch(option -> option.multiple());
        String value = rule.value().equals("FALSE") ? "false" : rule.value();
        return "posthouse: 1\npartial: true\nobjects:\n- kind: %s\n  place: %s\n  options:\n    %s: %s\n"
                .formatted(entry.kind().label(), entry.place(), rule.option(), list ? "\n    - " + value : value);
    }

    // The change that is undone brought what the rule protects, or replaced the value that it forbids.
    private static void undo(RecordedHouse recorded, Rule rule) {
        House house = recorded.house;
        if (rule.deletes() && !rule.place().equals(BOB) && !rule.place().equals(HOST2)) {
            // What the installation made has no entry here; a return to before it asks for the same step.
            house.changes().apply(house.changes().plan(List.of(new Step.Remove(rule.place()))));
            return;
        }
        if (rule.deletes()) {
            Entry entry = house.read(rule.place());
            house.directory.delete(rule.place(), entry.revision());
            Map<String, List<String>> attributes = entry.kind() == Kind.USER ? Map.of("sn", List.of("Bob")) : Map.of();
            recorded.directory.create(new NewObject(rule.place(), entry.kind(), attributes));
        } else {
            exchange(recorded, rule);
        }
        long change = newest(recorded);
        rule.before().accept(house);
        ChangeService changes = house.changes(recorded.directory, house.admin.toString());
        var way = new WayBack(recorded.history, recorded.directory)
                .undo(recorded.history.change(change).orElseThrow());
        changes.apply(changes.plan(way.steps()));
    }

    // The value first, then something else in its place.
    private static void exchange(RecordedHouse recorded, Rule rule) {
        Draft draft = draft(recorded.house, rule);
        var writes = draft.writes();
        Entry seen = draft.holder();
        var before = new java.util.HashMap<String, List<String>>();
        writes.keySet().forEach(attribute -> before.put(attribute, seen.values(attribute)));
        Entry now = recorded.house.directory.save(seen.place(), before, writes, seen.revision());
        recorded.directory.save(now.place(), writes, before, now.revision());
    }

    private static long newest(RecordedHouse recorded) {
        try {
            return recorded.history.find(Filter.ALL, 0, 1).changes().getFirst().number();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static void late(RecordedHouse recorded, Rule rule) {
        House house = recorded.house;
        Plan plan = planned(house, rule);
        rule.before().accept(house);
        house.changes().apply(plan);
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeCreatedIsRefusedByEveryWay() {
        var rows = new ArrayList<DynamicTest>();
        Map<Step.Make, String> made = Map.of(
                new Step.Make(BOB, Kind.USER, Map.of("sn", List.of("B"))), "already exists",
                new Step.Make(SERVICES.child("cn", "x"), Kind.USER, Map.of("sn", List.of("X"))), "cannot be created in",
                new Step.Make(
                                BOB.parent().orElseThrow().child("cn", "a\u0085b"),
                                Kind.USER,
                                Map.of("sn", List.of("X"))),
                        "control characters",
                new Step.Make(
                                BOB.parent().orElseThrow().child("cn", "a\u2028b"),
                                Kind.USER,
                                Map.of("sn", List.of("X"))),
                        "control characters");
        made.forEach((make, reason) -> {
            rows.add(dynamicTest(make.place().leaf() + " by page", () -> makes(make, reason, false)));
            rows.add(dynamicTest(make.place().leaf() + " by API", () -> makes(make, reason, true)));
        });
        return rows.stream();
    }

    private static void makes(Step.Make make, String reason, boolean api) {
        try (var house = new House()) {
            house.directory.create(new NewObject(BOB, Kind.USER, Map.of("sn", List.of("Bob"))));
            int before = house.tree().entries().size();
            String answer = answer(
                    () -> {
                        if (api) {
                            Requests.post(house.changes(), request(make));
                        } else {
                            house.changes().apply(house.changes().plan(List.of(make)));
                        }
                    },
                    house);
            assertTrue(answer.contains(reason), answer);
            assertEquals(before, house.tree().entries().size());
        }
    }

    private static jakarta.json.JsonObject request(Step.Make make) {
        return Json.createObjectBuilder()
                .add("kind", make.kind().name())
                .add("parent", make.place().parent().orElseThrow().toString())
                .add("name", make.place().leaf())
                .add("options", Json.createObjectBuilder().add("lastName", "X"))
                .build();
    }
}
