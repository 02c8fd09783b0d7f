package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.sdk.ModifyRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.schema.directory.Directory.Page;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.Misplaced;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.DirectoryException.NameTaken;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.DirectoryException.StillNeeded;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.Place;

/** What every directory server must do for Posthouse; run against each one that is supported. */
public abstract class DirectoryContract {

    private static final Clock CLOCK = Clock.systemUTC();

    private Directory directory;
    private Nursery nursery;

    /** A running server with Posthouse's schema. */
    protected abstract DirectoryAddress address();

    /** How its followers learn of changes. */
    protected abstract String manner();

    @BeforeEach
    void connect() {
        directory = Directory.connect(address(), CLOCK);
        nursery = Nursery.in(directory);
    }

    @AfterEach
    void disconnect() {
        directory.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dürer, Albrecht",
                "#1 \"quoted\"",
                "a+b=c;d<e>f\\g/h",
                " leading and trailing ",
                "<script>alert('1')</script>",
                "*)(objectClass=*",
                "日本 😀",
                "bob@hosted.com"
            })
    void anyNameWorks(String name) {
        Entry created = directory.create(nursery.user(name));
        assertEquals(name.strip(), created.name().strip());
        assertEquals(created, directory.read(nursery.person(name)).orElseThrow());
        assertEquals(
                1,
                directory.children(nursery.people(), Query.first(10)).entries().size());
        assertEquals(List.of(created), directory.find(name.strip(), Set.of(Kind.USER), 5));
        directory.setPassword(created.place(), "correct horse");
        assertEquals(
                Optional.of(created.place()),
                directory.signIn(created.name(), "correct horse").map(Entry::place));
        Entry saved =
                directory.save(created.place(), Map.of(), Map.of("description", List.of(name)), created.revision());
        assertEquals(List.of(name), saved.values("description"));
        directory.delete(saved.place(), saved.revision());
        assertTrue(directory.read(created.place()).isEmpty());
    }

    @Test
    void onlyWhatChangedIsWritten() {
        Entry anna = directory.create(nursery.user("anna"));
        Entry saved = directory.save(
                anna.place(),
                Map.of("sn", List.of("Test"), "givenName", List.of()),
                Map.of("sn", List.of("Test"), "givenName", List.of("Anna")),
                anna.revision());
        assertEquals(Optional.of("Anna"), saved.value("givenName"));
        assertTrue(saved.revision() > anna.revision());
        assertEquals(saved.revision(), directory.configVersion());
        Entry same = directory.save(anna.place(), Map.of(), Map.of("givenName", List.of("Anna")), saved.revision());
        assertEquals(saved.revision(), same.revision());
        Entry removed = directory.save(anna.place(), Map.of(), Map.of("givenName", List.of()), saved.revision());
        assertEquals(Optional.empty(), removed.value("givenName"));
    }

    @Test
    void aScribeIsToldOfEveryChangeBeforeAndAfterIt() {
        var told = new Told();
        Directory observed = directory.observed(told);
        Entry anna = observed.create(nursery.user("anna"));
        Entry saved = observed.save(
                anna.place(),
                Map.of("description", List.of()),
                Map.of("description", List.of("One", "Two"), "sn", List.of("Test")),
                anna.revision());
        observed.save(
                anna.place(), Map.of(), Map.of("description", List.of("One", "Two")), saved.revision()); // no change
        observed.setPassword(anna.place(), "correct horse");
        observed.delete(anna.place(), saved.revision());
        assertEquals(
                List.of("Made", "Changed", "Password", "Removed"),
                told.acts.stream().map(act -> act.getClass().getSimpleName()).toList());
        var changed = (Act.Changed) told.acts.get(1);
        assertEquals(Map.of("description", List.of()), changed.before());
        assertEquals(List.of("One", "Two"), changed.after().get("description"));
        assertEquals(Kind.USER, changed.kind());
        var removed = (Act.Removed) told.acts.get(3);
        assertEquals(List.of("One", "Two"), removed.attributes().get("description"));
        assertFalse(removed.attributes().containsKey("userPassword"), "a password was told");
        assertEquals(saved.revision(), told.revisions.get(1));
        assertEquals(4, told.revisions.size());
        assertEquals(List.of(), told.refusals);
    }

    @Test
    void aScribeIsToldOfAllThatGoesWithAContainer() {
        var told = new Told();
        directory.create(nursery.user("anna"));
        directory.create(nursery.user("bob"));
        Entry people = directory.read(nursery.people()).orElseThrow();
        directory.observed(told).delete(people.place(), people.revision());
        assertEquals(
                Set.of(nursery.people(), nursery.person("anna"), nursery.person("bob")),
                Set.copyOf(told.acts.stream().map(Act::place).toList()));
        assertEquals(nursery.people(), told.acts.getFirst().place());
    }

    @Test
    void aScribeHearsOfARefusalAndOneThatCannotWriteStopsTheChange() {
        var told = new Told();
        directory.create(nursery.user("anna"));
        assertThrows(NameTaken.class, () -> directory.observed(told).create(nursery.user("anna")));
        assertEquals(1, told.refusals.size());
        told.full = true;
        Entry anna = directory.read(nursery.person("anna")).orElseThrow();
        assertThrows(
                DirectoryException.Unwilling.class,
                () -> directory
                        .observed(told)
                        .save(anna.place(), Map.of(), Map.of("sn", List.of("Other")), anna.revision()));
        assertEquals(anna, directory.read(anna.place()).orElseThrow());
    }

    @Test
    void theServerSaysWhoChangedAnObjectLast() {
        Entry anna = directory.create(nursery.user("anna"));
        Stamp made = directory.stamp(anna.place()).orElseThrow();
        assertTrue(made.by().isPresent(), "neither modifiersName nor creatorsName");
        assertTrue(made.made().isPresent(), "no createTimestamp");
        directory.save(anna.place(), Map.of(), Map.of("givenName", List.of("A")), anna.revision());
        Stamp stamp = directory.stamp(anna.place()).orElseThrow();
        assertTrue(stamp.by().isPresent(), "no modifiersName");
        assertTrue(stamp.at().orElseThrow().isAfter(CLOCK.instant().minus(Duration.ofMinutes(1))));
        assertTrue(directory.stamp(nursery.person("nobody")).isEmpty());
    }

    /** A scribe that remembers. */
    private static final class Told implements Scribe {
        final List<Act> acts = new ArrayList<>();
        final List<Long> revisions = new ArrayList<>();
        final List<String> refusals = new ArrayList<>();
        boolean full;

        @Override
        public Note open() {
            return new Note() {
                @Override
                public void about(Act act) {
                    acts.add(act);
                }

                @Override
                public void ready() {
                    if (full) {
                        throw new DirectoryException.Unwilling("The disk is full", new IllegalStateException());
                    }
                }

                @Override
                public void done(long revision) {
                    revisions.add(revision);
                }

                @Override
                public void refused(String why) {
                    refusals.add(why);
                }

                @Override
                public void unclear(String why) {
                    refusals.add(why);
                }
            };
        }
    }

    @Test
    void aFasterColleagueIsShownAndNotOverwritten() {
        Entry anna = directory.create(nursery.user("anna"));
        directory.save(anna.place(), Map.of(), Map.of("givenName", List.of("Faster")), anna.revision());
        var conflict = assertThrows(
                Conflict.class,
                () -> directory.save(anna.place(), Map.of(), Map.of("givenName", List.of("Slower")), anna.revision()));
        assertEquals(Optional.of("Faster"), conflict.current().value("givenName"));
        assertThrows(Conflict.class, () -> directory.delete(anna.place(), anna.revision()));
    }

    @Test
    void ofManyWhoSaveTheSameOnlyOneWins() throws Exception {
        Entry anna = directory.create(nursery.user("anna"));
        List<Boolean> won = together(8, number -> {
            try {
                directory.save(anna.place(), Map.of(), Map.of("givenName", List.of("n" + number)), anna.revision());
                return true;
            } catch (Conflict slower) {
                return false;
            }
        });
        assertEquals(1, won.stream().filter(each -> each).count());
    }

    @Test
    void everyChangeGetsANumberOfItsOwn() throws Exception {
        List<Long> numbers = together(
                20, number -> directory.create(nursery.user("user" + number)).revision());
        assertEquals(20, Set.copyOf(numbers).size());
        assertEquals(numbers.stream().mapToLong(Long::longValue).max().orElse(0), directory.configVersion());
    }

    @Test
    void acceptingAnOlderStateWaitsForNobodyWhoNumbersAChangeAtTheSameTime() throws Exception {
        List<Long> numbers = together(20, number -> {
            switch (number % 4) {
                case 0 -> directory.accept(40);
                case 1 -> directory.raise(40);
                default -> {
                    return directory.create(nursery.user("user" + number)).revision();
                }
            }
            return -1L - number;
        });
        assertEquals(20, Set.copyOf(numbers).size());
        assertTrue(directory.configVersion() > 40);
    }

    private interface Numbered<T> {
        T call(int number);
    }

    private static <T> List<T> together(int times, Numbered<T> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = IntStream.range(0, times)
                    .<Callable<T>>mapToObj(number -> () -> work.call(number))
                    .toList();
            var results = new ArrayList<T>();
            for (Future<T> each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        }
    }

    @Test
    void objectsMayOnlyStandWhereNetMailAllowsThem() {
        directory.create(nursery.user("anna"));
        var inUser = nursery.object(nursery.person("anna").child("cn", "SMTP Agent"), Kind.SMTP_AGENT, Map.of());
        assertEquals(
                "SMTP Agent objects cannot be created in User objects",
                assertThrows(Misplaced.class, () -> directory.create(inUser)).getMessage());
        var nowhere =
                nursery.object(nursery.acme().child("ou", "no").child("ou", "x"), Kind.ORGANIZATIONAL_UNIT, Map.of());
        assertThrows(Missing.class, () -> directory.create(nowhere));
        assertThrows(NameTaken.class, () -> directory.create(nursery.user("Anna")));
        directory.createAll(nursery.serverWithAgent("mail1", Map.of()));
        var renamed = nursery.object(nursery.server("mail1").child("cn", "My Agent"), Kind.POP_AGENT, Map.of());
        assertThrows(Refused.class, () -> directory.create(renamed));
    }

    @Test
    void aServerIsCreatedWithItsPartsOrNotAtAll() {
        directory.create(nursery.user("anna"));
        var parts = new ArrayList<>(nursery.serverWithAgent("mail1", Map.of()));
        parts.add(nursery.object(
                nursery.agent("mail1", Kind.POP_AGENT), Kind.POP_AGENT, Map.of("posthouseNoSuch", List.of("x"))));
        assertThrows(DirectoryException.class, () -> directory.createAll(parts));
        assertEquals(Optional.empty(), directory.read(nursery.server("mail1")));
        assertTrue(Tree.of(directory.configuration()).servers().isEmpty());

        directory.createAll(parts.subList(0, 3));
        var servers = Tree.of(directory.configuration()).servers();
        assertEquals(1, servers.size());
        assertEquals(
                Set.of(Kind.NMAP_AGENT, Kind.SMTP_AGENT),
                servers.getFirst().agents().keySet());
        assertEquals(servers.getFirst().revision(), directory.configVersion());
    }

    @Test
    void whatIsHalfCreatedIsHiddenAndSweptLater() throws Exception {
        directory.create(nursery.user("anna"));
        try (var raw = Server.connect(address())) {
            directory.createAll(nursery.serverWithAgent("half", Map.of()));
            raw.pool()
                    .modify(new ModifyRequest(
                            "dn: " + nursery.server("half"),
                            "changetype: modify",
                            "add: posthousePending",
                            "posthousePending: "
                                    + com.unboundid.util.StaticUtils.encodeGeneralizedTime(
                                            java.util.Date.from(CLOCK.instant()))));
        }
        assertEquals(Optional.empty(), directory.read(nursery.server("half")));
        assertEquals(Optional.empty(), directory.read(nursery.agent("half", Kind.NMAP_AGENT)));
        assertTrue(Tree.of(directory.configuration())
                .entry(nursery.agent("half", Kind.NMAP_AGENT))
                .isEmpty());
        var shown = directory
                .children(directory.internetServices(), Query.first(10))
                .entries();
        assertTrue(shown.isEmpty(), shown::toString);
        assertThrows(NameTaken.class, () -> directory.createAll(nursery.serverWithAgent("half", Map.of())));

        Directory.connect(address(), Clock.offset(CLOCK, Duration.ofMinutes(11)))
                .close();
        directory.createAll(nursery.serverWithAgent("half", Map.of()));
        assertTrue(directory.read(nursery.server("half")).isPresent());
    }

    @Test
    void listsKeepTheirOrder() {
        directory.create(nursery.user("anna"));
        var resolvers = List.of("192.0.2.53", "192.0.2.1", "192.0.2.9");
        Entry server = directory.createAll(nursery.serverWithAgent("mail1", Map.of("posthouseResolver", resolvers)));
        assertEquals(resolvers, server.values("posthouseResolver"));
        var turned = List.of("192.0.2.9", "192.0.2.77", "192.0.2.53");
        Entry saved = directory.save(
                server.place(),
                Map.of("posthouseResolver", resolvers),
                Map.of("posthouseResolver", turned),
                server.revision());
        assertEquals(turned, saved.values("posthouseResolver"));
    }

    @Test
    void aPostmasterOrHostCannotGoWithoutASuccessor() {
        Entry anna = directory.create(nursery.user("anna"));
        Entry server = directory.createAll(nursery.serverWithAgent("mail1", Map.of()));
        var needed = assertThrows(StillNeeded.class, () -> directory.delete(anna.place(), anna.revision()));
        assertEquals("anna is the Postmaster of mail1; select a successor first", needed.getMessage());
        Entry acme = directory.read(nursery.acme()).orElseThrow();
        assertThrows(StillNeeded.class, () -> directory.delete(acme.place(), acme.revision()));
        directory.delete(server.place(), server.revision());
        assertFalse(directory.hasChildren(directory.internetServices()));
        directory.delete(anna.place(), anna.revision());
        assertFalse(directory.hasChildren(nursery.people()));
    }

    @Test
    void deletingAnAgentChangesItsServer() {
        directory.create(nursery.user("anna"));
        Entry server = directory.createAll(nursery.serverWithAgent("mail1", Map.of()));
        Entry agent = directory.read(nursery.agent("mail1", Kind.SMTP_AGENT)).orElseThrow();
        directory.delete(agent.place(), agent.revision());
        Entry after = directory.read(server.place()).orElseThrow();
        assertTrue(after.revision() > server.revision());
        assertEquals(after.revision(), directory.configVersion());
    }

    @Test
    void aContainerIsShownPageByPageByName() {
        for (String name : List.of("delta", "Bravo", "alpha", "charlie", "Echo")) {
            directory.create(nursery.user(name));
        }
        Page first = directory.children(nursery.people(), Query.first(2));
        assertEquals(List.of("alpha", "Bravo"), names(first));
        Page second = directory.children(nursery.people(), Query.first(2).next(first.next()));
        assertEquals(List.of("charlie", "delta"), names(second));
        Page third = directory.children(nursery.people(), Query.first(2).next(second.next()));
        assertEquals(List.of("Echo"), names(third));
        assertEquals("", third.next());
        assertEquals(
                List.of("alpha", "charlie"),
                names(directory.children(nursery.people(), new Query("ha", Set.of(Kind.USER), 2, ""))));
        assertEquals(List.of(), names(directory.children(nursery.people(), new Query("", Set.of(Kind.GROUP), 2, ""))));
    }

    private static List<String> names(Page page) {
        return page.entries().stream().map(Entry::name).toList();
    }

    @Test
    void aTableOfAContainerIsFilteredOrderedAndCountedByTheServer() {
        directory.create(person("anna", "Zander", "Anna"));
        directory.create(person("bert", "Öttinger", "Berta"));
        directory.create(person("carl", "Adam", ""));
        directory.create(nursery.object(nursery.people().child("ou", "more"), Kind.ORGANIZATIONAL_UNIT, Map.of()));
        assertEquals(List.of("carl", "bert", "anna", "more"), listed("", Listing.By.LAST_NAME, false, 0, 10));
        assertEquals(List.of("more", "carl", "bert", "anna"), listed("", Listing.By.NAME, true, 0, 10));
        assertEquals(List.of("anna", "bert", "carl", "more"), listed("", Listing.By.FIRST_NAME, false, 0, 10));
        assertEquals("more", listed("", Listing.By.KIND, false, 0, 10).getFirst());
        assertEquals(List.of("bert"), listed("öTTing", Listing.By.NAME, false, 0, 10), "found by the last name");
        assertEquals(List.of("carl", "more"), listed("", Listing.By.NAME, false, 2, 10));
        assertEquals(
                List.of("bert"),
                directory.beginning("BE", Set.of(Kind.USER), 10).stream()
                        .map(Entry::name)
                        .toList(),
                "by the beginning of the own name, not of others");
        assertEquals(List.of(), listed("", Listing.By.NAME, false, 50, 10));
        assertEquals(
                4,
                directory
                        .list(nursery.people(), new Listing("", Set.of(), Listing.By.NAME, false, 3, 1))
                        .matches());
        directory.create(person("aaron", "Aal", ""));
        assertEquals("aaron", listed("", Listing.By.LAST_NAME, false, 0, 1).getFirst(), "shown at once");
    }

    private NewObject person(String name, String last, String first) {
        return nursery.object(
                nursery.person(name),
                Kind.USER,
                first.isEmpty()
                        ? Map.of("sn", List.of(last))
                        : Map.of("sn", List.of(last), "givenName", List.of(first)));
    }

    private List<String> listed(String text, Listing.By by, boolean descending, int from, int size) {
        return directory
                .list(nursery.people(), new Listing(text, Set.of(), by, descending, from, size))
                .entries()
                .stream()
                .map(Entry::name)
                .toList();
    }

    @Test
    void aLargeContainerIsShownWholeAndByNameAsASmallOneIs() throws Exception {
        together(43, number -> directory.create(nursery.user("user" + number)));
        List<String> odd = List.of("Ägidius", "anna", "Émile", "zoë", "adam", "Eva", "Öl", "Oskar");
        odd.forEach(name -> directory.create(nursery.user(name)));
        directory.create(nursery.object(nursery.people().child("ou", "anna"), Kind.ORGANIZATIONAL_UNIT, Map.of()));
        List<String> large = paged(20);
        assertEquals(52, large.size());
        assertEquals(
                List.of("adam", "Ägidius", "anna", "anna", "Émile", "Eva", "Öl", "Oskar", "user0"),
                large.subList(0, 9));
        assertEquals("zoë", large.getLast());
        assertEquals(large, paged(1_000), "the same order");
        directory.create(nursery.user("bertha"));
        assertEquals("bertha", paged(20).get(4), "what was written is shown at once");
    }

    private List<String> paged(int small) {
        var seen = new ArrayList<String>();
        Query query = Query.first(10);
        Page page;
        do {
            page = directory.children(nursery.people(), query, small);
            seen.addAll(names(page));
            query = query.next(page.next());
        } while (!page.next().isEmpty());
        return seen;
    }

    @Test
    void anUnknownUserGetsTheAnswerOfAWrongPassword() {
        Entry anna = directory.create(nursery.object(
                nursery.person("anna"), Kind.USER, Map.of("sn", List.of("Test"), "mail", List.of("anna@example.com"))));
        directory.setPassword(anna.place(), "correct horse");
        for (String login :
                List.of("anna", "ANNA", "anna@example.com", anna.place().toString())) {
            assertEquals(
                    Optional.of(anna.place()),
                    directory.signIn(login, "correct horse").map(Entry::place),
                    login);
        }
        for (String login : List.of("anna", "nobody", "", "*", "anna)(cn=*", "cn=nobody,o=Acme,dc=posthouse", "=")) {
            assertEquals(Optional.empty(), directory.signIn(login, "wrong horse"), login);
        }
        assertEquals(Optional.empty(), directory.signIn("anna", ""));
        assertFalse(directory.read(anna.place()).orElseThrow().attributes().containsKey("userPassword"));
    }

    @Test
    void aPasswordThatIsAcceptedSignsIn() {
        Place anna = directory.create(nursery.user("anna")).place();
        for (String password : List.of(
                "x{SSHA}abcdefgh",
                "{abc defghijkl",
                "{}abcdefghijkl",
                "MD5$c2FsdA==$aGFzaA==",
                "*)(cn=*",
                "#{1+1} ${x}",
                "p\u00E4ssw\u00F6rd",
                "Pass\u00A0wort e\u0301",
                "\uD83D\uDE00 horse",
                " both ends ")) {
            directory.setPassword(anna, password);
            assertTrue(directory.signIn("anna", password).isPresent(), password);
        }
        assertTrue(directory.signIn("anna", "both ends").isEmpty(), "nothing is trimmed");
    }

    @Test
    void aPasswordThatWouldNotSignInIsRefusedAndTheOldOneStays() {
        Place anna = directory.create(nursery.user("anna")).place();
        directory.setPassword(anna, "correct horse");
        for (String password : List.of(
                "{SSHA}abcdefghijkl", "{1}abcdefgh", "{brace}start-1234", "{CRYPT}x", "{x}", "a\u0000bcdefgh", "")) {
            assertThrows(Refused.class, () -> directory.setPassword(anna, password), password);
        }
        assertTrue(directory.signIn("anna", "correct horse").isPresent());
    }

    @Test
    void aLoginNameIsComparedByOneRuleAndNotTrimmed() {
        Place anna = directory.create(nursery.user("anna")).place();
        directory.setPassword(anna, "correct horse");
        Place eva = directory.create(nursery.user("eva@b\u00FCcher.test")).place();
        directory.setPassword(eva, "correct horse");
        assertTrue(directory.signIn("\uFF21NNA", "correct horse").isPresent());
        assertTrue(directory.signIn("Eva@xn--bcher-kva.test", "correct horse").isPresent());
        for (String login : List.of("anna ", " anna", "anna\u0000", "an\u00ADna", "\"anna\"", "anna\u200B")) {
            assertEquals(Optional.empty(), directory.signIn(login, "correct horse"), login);
        }
    }

    @Test
    void aNewUserOfADeletedUsersNameHasAnotherMailbox() {
        Entry first = directory.create(nursery.user("anna"));
        String id = first.value(MailboxId.ATTRIBUTE).orElseThrow();
        directory.delete(first.place(), first.revision());
        Entry second = directory.create(nursery.user("anna"));
        assertNotEquals(id, second.value(MailboxId.ATTRIBUTE).orElseThrow());
        directory.delete(second.place(), second.revision());
        Entry back = directory.create(nursery.object(
                first.place(), Kind.USER, Map.of("sn", List.of("Test"), MailboxId.ATTRIBUTE, List.of(id))));
        assertEquals(id, back.value(MailboxId.ATTRIBUTE).orElseThrow(), "what is created again keeps its mailbox");
    }

    @Test
    void theUserOfAMailboxIsFoundAfterARenameByAnotherTool() throws Exception {
        Entry anna = directory.create(nursery.user("anna"));
        String id = anna.value(MailboxId.ATTRIBUTE).orElseThrow();
        assertEquals(List.of(anna), directory.usersOfMailbox(id));
        assertEquals(List.of(), directory.usersOfMailbox("unknown-" + id));
        Place bob = nursery.user("bob").place();
        try (var server = Server.connect(address());
                var raw = server.pool().getConnection()) {
            raw.modifyDN(anna.place().toString(), "cn=anna maria", true);
            raw.add("dn: " + bob, "objectClass: inetOrgPerson", "cn: bob", "sn: B");
            String own =
                    directory.read(bob).orElseThrow().value(MailboxId.ATTRIBUTE).orElseThrow();
            raw.modifyDN(bob.toString(), "cn=robert", true);
            assertEquals(List.of("robert"), names(directory.usersOfMailbox(own)));
        }
        assertEquals(List.of("anna maria"), names(directory.usersOfMailbox(id)));
    }

    private static List<String> names(List<Entry> entries) {
        return entries.stream().map(Entry::name).toList();
    }

    @Test
    void membersOfTheGroupAreAdministrators() {
        Entry anna = directory.create(nursery.user("anna"));
        Entry bob = directory.create(nursery.user("bob, jr."));
        directory.create(nursery.object(
                directory.administrators(),
                Kind.GROUP,
                Map.of("member", List.of(bob.place().toString()))));
        assertTrue(directory.isAdministrator(bob.place()));
        assertFalse(directory.isAdministrator(anna.place()));
        var last = assertThrows(StillNeeded.class, () -> directory.delete(bob.place(), bob.revision()));
        assertEquals("bob, jr. is the last member of Administrators; select a successor first", last.getMessage());
    }

    @Test
    void whatIsWrongIsSaidInWords() {
        DirectoryAddress address = address();
        var wrong = assertThrows(
                NotAllowed.class,
                () -> Directory.connect(address.as(address.bindDn(), "wrong"), CLOCK)
                        .close());
        assertEquals(
                address.url() + " does not accept the name and password of " + address.bindDn(), wrong.getMessage());
        assertFalse(address.toString().contains(address.password()));
    }

    @Test
    void followersLearnOfEveryKindOfChange() throws Exception {
        var witness = new Witness();
        try (Following following = directory.follow(witness)) {
            assertEquals(manner(), following.manner());
            changesAreNoticed(following, witness);
        }
    }

    @Test
    void aFollowerThatReadsWhatItIsToldOfEndsWithTheNewest() throws Exception {
        Entry anna = directory.create(nursery.user("anna"));
        var newest = new AtomicReference<>(anna);
        try (Following following = directory.follow(
                        noticed -> newest.set(directory.read(anna.place()).orElse(anna)));
                Directory another = Directory.connect(address(), CLOCK)) {
            assertTrue(following.manner().length() > 0);
            Entry last = anna;
            for (int number = 0; number < 600; number++) {
                last = another.save(
                        last.place(), Map.of(), Map.of("givenName", List.of("n" + number)), last.revision());
                if (number % 60 == 59) {
                    arrives(last, newest);
                }
            }
        }
    }

    private static void arrives(Entry last, AtomicReference<Entry> newest) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!newest.get().equals(last)) {
            assertTrue(System.nanoTime() < limit, () -> "told " + newest.get() + " instead of " + last);
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void whatIsWrittenIsInTheMirrorWhenTheWriteReturns() {
        directory.create(nursery.user("anna"));
        Directory kept = directory.mirrored();
        assertEquals(directory.configuration().size(), kept.configuration().size());
        Entry server = kept.createAll(nursery.serverWithAgent("mail1", Map.of()));
        assertEquals(
                Set.of(Kind.NMAP_AGENT, Kind.SMTP_AGENT),
                kept.tree().servers().getFirst().agents().keySet());
        Entry smtp = kept.read(nursery.agent("mail1", Kind.SMTP_AGENT)).orElseThrow();
        for (int port = 2601; port <= 2640; port++) {
            smtp = kept.save(smtp.place(), Map.of(), Map.of("posthouseSmtpPort", List.of("" + port)), smtp.revision());
            assertEquals(Optional.of(smtp), kept.tree().entry(smtp.place()));
        }
        kept.delete(server.place(), server.revision());
        assertEquals(List.of(), kept.tree().servers());
        until(() -> Set.copyOf(directory.configuration()).equals(Set.copyOf(kept.configuration())));
    }

    @Test
    void whatOthersWriteComesIntoTheMirrorByItself() {
        directory.create(nursery.user("anna"));
        directory.createAll(nursery.serverWithAgent("mail1", Map.of()));
        Place port = nursery.agent("mail1", Kind.SMTP_AGENT);
        try (Directory console = Directory.connect(address(), CLOCK).mirrored();
                Directory administrator = Directory.connect(address(), CLOCK).sharing(console)) {
            console.tree();
            Entry smtp = directory.read(port).orElseThrow();
            Entry saved = directory.save(
                    smtp.place(), Map.of(), Map.of("posthouseSmtpPort", List.of("2626")), smtp.revision());
            shows(console, saved);
            Entry own = administrator.save(
                    saved.place(), Map.of(), Map.of("posthouseSmtpPort", List.of("2727")), saved.revision());
            assertEquals(Optional.of(own), console.tree().entry(own.place()));
            Entry second = directory.createAll(nursery.serverWithAgent("mail2", Map.of()));
            shows(console, second);
            directory.delete(
                    second.place(), directory.read(second.place()).orElseThrow().revision());
            until(() -> console.tree().entry(second.place()).isEmpty());
            until(() -> Set.copyOf(directory.configuration()).equals(Set.copyOf(console.configuration())));
        }
    }

    private static void shows(Directory console, Entry saved) {
        until(() -> console.tree().entry(saved.place()).equals(Optional.of(saved)));
    }

    private static void until(BooleanSupplier something) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!something.getAsBoolean()) {
            assertTrue(System.nanoTime() < limit, "not within a minute");
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void pollingFollowersLearnOfEveryKindOfChange() throws Exception {
        var witness = new Witness();
        try (Following following = directory.poll(witness)) {
            assertEquals("polling", following.manner());
            changesAreNoticed(following, witness);
        }
    }

    private void changesAreNoticed(Following following, Witness witness) throws InterruptedException {
        witness.everything();
        assertTrue(following.connected());
        Entry anna = directory.create(nursery.user("anna"));
        witness.changed(anna.place());
        Entry saved = directory.save(anna.place(), Map.of(), Map.of("givenName", List.of("A")), anna.revision());
        witness.changed(saved.place());
        Entry server = directory.createAll(nursery.serverWithAgent("mail1", Map.of()));
        witness.shown(server.place(), directory);
        directory.delete(server.place(), server.revision());
        witness.gone(server.place());
    }

    @Test
    void aPollingFollowerSeesANumberThatWasWrittenLate() throws Exception {
        Entry anna = directory.create(nursery.user("anna"));
        Entry bob = directory.create(nursery.user("bob"));
        var witness = new Witness();
        try (var raw = Server.connect(address());
                Following following = directory.poll(witness)) {
            assertEquals("polling", following.manner());
            witness.everything();
            long early = new Counter(raw, directory.internetServices()).next();
            directory.save(bob.place(), Map.of(), Map.of("givenName", List.of("B")), bob.revision());
            witness.changed(bob.place());
            raw.pool()
                    .modify(new ModifyRequest(
                            "dn: " + anna.place(),
                            "changetype: modify",
                            "replace: posthouseRevision",
                            "posthouseRevision: " + early));
            witness.changed(anna.place());
        }
    }
}
