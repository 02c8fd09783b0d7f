package org.posthouse.webadmin.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Act;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

class HistoryTest {

    private static final Place MAIL1 = Place.of("ou=mail1,o=Internet Services,dc=posthouse");
    private static final Place BOB = Place.of("cn=Bob,o=Acme,dc=posthouse");

    @TempDir
    private Path home;

    private Records records;

    @BeforeEach
    void open() throws IOException {
        records = new Records(home);
    }

    @AfterEach
    void close() throws IOException {
        records.close();
    }

    private List<Long> found(Filter filter) throws IOException {
        return records.history.find(filter, 0, 100).changes().stream()
                .map(Change::number)
                .toList();
    }

    private static Filter filter(String object, boolean below, String option, String text) {
        return new Filter(
                object,
                below,
                "",
                Naming.attributes(option),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                text);
    }

    @Test
    void anObjectIsFoundWhateverTheSpelling() throws IOException {
        long smtp = records.change("1", "2");
        long server = records.change(MAIL1, "posthouseOfficialDomain", List.of("a.example"), List.of("b.example"));
        long bob = records.act(new Act.Made(BOB, Kind.USER, Map.of("sn", List.of("Builder"))));
        assertEquals(List.of(bob, server, smtp), found(Filter.ALL));
        assertEquals(List.of(server, smtp), found(filter("OU=Mail1, O=internet services, DC=posthouse", true, "", "")));
        assertEquals(List.of(server), found(filter(MAIL1.toString(), false, "", "")));
    }

    @Test
    void optionsAreFoundByNameLabelAndAttribute() throws IOException {
        long domain = records.change(MAIL1, "posthouseOfficialDomain", List.of("a.example"), List.of("b.example"));
        records.change(MAIL1, "posthouseHost", List.of(), List.of(BOB.toString()));
        for (String name : List.of("officialDomain", "official domain", "posthouseofficialdomain")) {
            assertEquals(List.of(domain), found(filter("", true, name, "")), name);
        }
    }

    @Test
    void textIsFoundInValuesWhateverTheCase() throws IOException {
        long domain =
                records.change(MAIL1, "posthouseOfficialDomain", List.of("a.example"), List.of("Weiß \"b\".example"));
        records.change("1", "2");
        assertEquals(List.of(domain), found(filter("", true, "", "WEIß")));
        assertEquals(List.of(domain), found(filter("", true, "", "\"b\".EXAMPLE")));
        assertEquals(List.of(), found(filter("", true, "", "before")), "the form of the lines was searched");
        assertEquals(List.of(), found(filter("", true, "", "c.example")));
        assertEquals(2, found(filter("", true, "", "anna")).size());
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() throws IOException {
        records.changes(25);
        Found first = records.history.find(Filter.ALL, 0, 10);
        Found second = records.history.find(Filter.ALL, first.next(), 10);
        Found third = records.history.find(Filter.ALL, second.next(), 10);
        assertEquals(25, first.total());
        assertEquals(
                List.of(10, 10, 5),
                List.of(
                        first.changes().size(),
                        second.changes().size(),
                        third.changes().size()));
        assertEquals(0, third.next());
        assertTrue(
                second.changes().getFirst().number() < first.changes().getLast().number());
    }

    @Test
    void twoMomentsDifferInWhatDiffersInTheEnd() {
        long start = records.history.newest();
        records.change("1", "2");
        long middle = records.change("2", "3");
        records.change("3", "1");
        records.change(MAIL1, "posthouseOfficialDomain", List.of("a.example"), List.of("b.example"));
        List<Difference> all = compare(start, records.history.newest());
        assertEquals(1, all.size(), all.toString());
        assertEquals(MAIL1.toString(), all.getFirst().object());
        Difference half = compare(start, middle).getFirst();
        assertEquals(List.of(Value.open("1")), half.alterations().getFirst().before());
        assertEquals(List.of(Value.open("3")), half.alterations().getFirst().after());
    }

    private List<Difference> compare(long after, long until) {
        return records.history.compare(after, until, "", 0, 100).differences();
    }

    @Test
    void longListsAreComparedByWhatWentAndCame() {
        List<String> many = java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> "d" + i + ".example")
                .toList();
        List<String> more = java.util.stream.Stream.concat(
                        many.stream().skip(1), java.util.stream.Stream.of("new.example"))
                .toList();
        records.change(Records.SMTP, "posthouseGlobalDomain", List.of(), many);
        long between = records.history.newest();
        records.change(Records.SMTP, "posthouseGlobalDomain", many, more);
        records.change(Records.SMTP, "posthouseGlobalDomain", more, many);
        assertEquals(List.of(), compare(between, records.history.newest()));
        records.change(Records.SMTP, "posthouseGlobalDomain", many, more);
        Alteration net = compare(between, records.history.newest())
                .getFirst()
                .alterations()
                .getFirst();
        assertEquals(List.of(Value.open("d0.example")), net.gone());
        assertEquals(List.of(Value.open("new.example")), net.come());
        assertEquals(
                many,
                texts(net.off(more.stream().map(Value::open).toList())).stream()
                        .sorted(java.util.Comparator.comparingInt(many::indexOf))
                        .toList());
    }

    private static List<String> texts(List<Value> values) {
        return values.stream().map(Value::text).toList();
    }

    @Test
    void anObjectMadeAndRemovedBetweenIsNoDifference() {
        long start = records.history.newest();
        records.act(new Act.Made(BOB, Kind.USER, Map.of("sn", List.of("Builder"))));
        long made = records.history.newest();
        records.act(new Act.Removed(BOB, Kind.USER, Map.of("sn", List.of("Builder"), "objectClass", List.of("top"))));
        long removed = records.history.newest();
        records.act(new Act.Made(BOB, Kind.USER, Map.of("sn", List.of("Builder"))));
        assertEquals(List.of(), compare(start, removed));
        assertEquals(List.of(), compare(made, records.history.newest()));
        assertTrue(compare(start, made).getFirst().after());
        assertFalse(compare(start, made).getFirst().before());
        assertFalse(compare(made, removed).getFirst().after());
    }

    @Test
    void secretsAreStarsAndComeBackOnlyWithTheSystemSecret() throws IOException {
        long number = records.change(MAIL1, "posthousePrivateKey", List.of("old key"), List.of("new key"));
        String written = Files.readString(records.file());
        assertFalse(written.contains("new key") || written.contains("old key"), written);
        Alteration alteration = records.history
                .change(number)
                .orElseThrow()
                .deeds()
                .getFirst()
                .alterations()
                .getFirst();
        assertTrue(alteration.before().getFirst().shown().matches("••• [0-9a-f]{8}"));
        assertEquals(
                Optional.of(List.of("old key")), records.history.opened("posthousePrivateKey", alteration.before()));
        records.close();
        try (var other = new Records(home, Optional.of("another secret"))) {
            assertEquals(Optional.empty(), other.history.opened("posthousePrivateKey", alteration.before()));
        }
        records.again();
    }

    @Test
    void theSystemSecretAndPasswordsAreNotKept() throws IOException {
        records.act(new Act.Made(MAIL1, Kind.INTERNET_SERVICES, Map.of("posthouseSystemSecret", List.of("hush hush"))));
        long password = records.act(new Act.Password(BOB, Kind.USER));
        assertFalse(Files.readString(records.file()).contains("hush"));
        assertFalse(Files.readString(records.file()).matches("(?s).*\"sealed\":\"[A-Za-z0-9].*"));
        assertEquals(
                Set.of(),
                Set.copyOf(records.history
                        .change(password)
                        .orElseThrow()
                        .deeds()
                        .getFirst()
                        .alterations()));
    }

    @Test
    void whatCameOfAChangeIsAddedLater() throws IOException {
        long number = records.change("1", "2");
        records.history.effect(number, new Change.Effect(84, ""));
        records.again();
        assertEquals(84, records.history.change(number).orElseThrow().effect().millis());
    }
}
