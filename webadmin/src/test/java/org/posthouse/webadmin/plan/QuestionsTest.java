package org.posthouse.webadmin.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Plan.About;
import org.posthouse.webadmin.plan.Plan.Act;
import org.posthouse.webadmin.plan.Plan.Warning;
import org.posthouse.webadmin.plan.Questions.Asking;
import org.posthouse.webadmin.plan.Questions.Found;
import org.posthouse.webadmin.pulse.Tried;

/** What engines find of new values, and that nobody waits for it. */
class QuestionsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-11-28T06:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final House house = new House();
    private final Hands clock = new Hands();

    @AfterEach
    void close() {
        house.close();
    }

    private Plan plan(Place place, String attribute, String... texts) {
        return new Planner(house.directory, house.tree(), Running.NOTHING)
                .plan(List.of(new Step.Alter(place, Map.of(attribute, List.of(texts)))));
    }

    private List<String> found(Plan plan, String word, String value) {
        Asking asking = (server, about, text) -> new Tried(word, value);
        return new Questions(asking, clock)
                .about(plan, LONG).warnings().stream()
                        .map(warning -> warning.about() + " " + warning.option() + " " + warning.value())
                        .toList();
    }

    @Test
    void aPortMayBeTakenOrForbidden() {
        Plan plan = plan(house.smtp, "posthouseSmtpPort", "587");
        assertEquals(List.of("PORT_TAKEN port 3087"), found(plan, "taken", "3087"));
        Asking imap = (server, about, text) -> new Tried("taken", text, "IMAP Agent of mail1");
        Warning used = new Questions(imap, clock).about(plan, LONG).warnings().getFirst();
        assertEquals(About.PORT_USED, used.about());
        assertEquals("IMAP Agent of mail1", used.reason());
        assertEquals(List.of("PORT_FORBIDDEN port 587"), found(plan, "forbidden", "587"));
        assertEquals(List.of(), found(plan, "good", "587"));
    }

    @ParameterizedTest
    @CsvSource({
        "system, FOLDER_SYSTEM",
        "link, FOLDER_LINK",
        "file, FOLDER_FILE",
        "denied, FOLDER_DENIED",
        "full, FOLDER_FULL",
        "open, FOLDER_OPEN",
        "used, FOLDER_USED",
        "empty, STORE_EMPTY",
        "lost, STORE_LOST",
        "store, STORE_FOUND",
        "silent, NOT_ANSWERED",
    })
    void everyFolderIsTriedAndWhatIsFoundIsSaid(String word, String about) {
        Place nmap = house.mail1.child("cn", "NMAP Agent");
        assertEquals(
                List.of(about + " messageStore /srv/new"),
                found(plan(nmap, "posthouseMessageStore", "/srv/new"), word, "/srv/new"));
        assertEquals(
                List.of(about + " tempDirectory /srv/new"),
                found(plan(house.mail1, "posthouseWorkDirectory", "/srv/new"), word, "/srv/new"));
        assertEquals(
                List.of(about + " dbfDirectory /srv/new"),
                found(plan(house.mail1, "posthouseDbfDirectory", "/srv/new"), word, "/srv/new"));
    }

    @Test
    void aRefusedFolderRestartsNobodyUnlessSomethingElseDoes() {
        Plan folder = plan(house.mail1, "posthouseWorkDirectory", "/srv/new");
        assertEquals(4, folder.touches(Act.RESTART).size());
        var refused = new Warning(house.mail1, "tempDirectory", About.FOLDER_DENIED, "/srv/new", "read-only");
        assertEquals(List.of(), folder.and(List.of(refused)).touches());
        assertEquals(Map.of(), folder.and(List.of(refused)).mailboxes());
        Plan both = new Planner(house.directory, house.tree(), Running.NOTHING)
                .plan(List.of(
                        new Step.Alter(house.mail1, Map.of("posthouseWorkDirectory", List.of("/srv/new"))),
                        new Step.Alter(
                                house.mail1.child("cn", "NMAP Agent"),
                                Map.of("posthouseMessageStore", List.of("/srv/store")))));
        assertEquals(4, both.and(List.of(refused)).touches(Act.RESTART).size());
    }

    @Test
    void aPlanWithAnErrorPromisesNothing() {
        Plan plan = plan(house.mail1, "posthouseWorkDirectory", "/etc/mail");
        assertFalse(plan.isSound());
        assertEquals("1 change; it cannot be applied", Summary.of(plan));
    }

    @Test
    void mailboxesThatStayOnTheOldHostAreCounted() {
        Place host2 = Place.of("cn=otherhost,o=Acme,dc=posthouse");
        house.directory.create(new NewObject(host2, Kind.HOST_SERVER, Map.of()));
        Plan other = plan(house.mail1, "posthouseHost", host2.toString());
        Asking asking = (server, about, text) -> new Tried("stay", "host1", "6");
        Warning stay = new Questions(asking, clock)
                .about(other, LONG).warnings().stream()
                        .filter(warning -> warning.about() == About.MAILBOXES_STAY)
                        .findFirst()
                        .orElseThrow();
        assertEquals("6", stay.reason());
        assertEquals("host1", stay.value());
    }

    @Test
    void anAddressMayBeAnotherHosts() {
        Plan plan = plan(house.mail1, "posthouseIpAddress", "192.0.2.7");
        assertEquals(List.of("ADDRESS_ABSENT ipAddress 192.0.2.7"), found(plan, "absent", "192.0.2.7"));
    }

    @Test
    void aResolverMayBeSilentAndADomainWithoutMx() {
        Plan resolver = plan(house.mail1, "posthouseResolver", "192.0.2.54");
        assertEquals(List.of("RESOLVER_SILENT resolvers 192.0.2.54"), found(resolver, "silent", "192.0.2.54"));
        Plan domain = plan(house.smtp, "posthouseDomain", "example.com", "example.org");
        assertEquals(
                List.of("NO_MX globalDomains example.org", "NO_MX globalDomains example.org"),
                found(domain, "none", "example.org"));
        assertTrue(found(domain, "silent", "example.org").getFirst().startsWith("NOT_ANSWERED"));
    }

    @Test
    void nobodyWaitsAndTheAnswerComesLater() {
        var answer = new CountDownLatch(1);
        var questions = new Questions(
                (server, about, value) -> {
                    await(answer);
                    return new Tried("taken", value);
                },
                clock);
        Plan plan = plan(house.smtp, "posthouseSmtpPort", "587");
        Found first = questions.about(plan, Duration.ZERO);
        assertTrue(first.open());
        assertEquals(List.of(), first.warnings());
        answer.countDown();
        Found later = questions.about(plan, LONG);
        assertFalse(later.open());
        assertEquals(About.PORT_TAKEN, later.warnings().getFirst().about());
    }

    @Test
    void whoDoesNotAnswerInTimeIsSaidNotToHave() {
        var never = new CountDownLatch(1);
        var questions = new Questions(
                (server, about, value) -> {
                    await(never);
                    return new Tried("good", value);
                },
                clock);
        Plan plan = plan(house.smtp, "posthouseSmtpPort", "587");
        assertTrue(questions.about(plan, Duration.ZERO).open());
        clock.now = clock.now.plusSeconds(5);
        Found late = questions.about(plan, Duration.ZERO);
        assertFalse(late.open());
        assertEquals(
                List.of(About.NOT_ANSWERED),
                late.warnings().stream().map(Warning::about).toList());
        never.countDown();
    }

    @Test
    void oneQuestionIsAskedOnceAMinute() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        var questions = new Questions(
                (server, about, value) -> {
                    asked.add(about + " " + value);
                    return new Tried("good", value);
                },
                clock);
        Plan plan = plan(house.smtp, "posthouseSmtpPort", "587");
        questions.about(plan, LONG);
        questions.about(plan, LONG);
        assertEquals(List.of("PORT 587"), asked);
        clock.now = clock.now.plusSeconds(61);
        questions.about(plan, LONG);
        assertEquals(2, asked.size());
    }

    @Test
    void aSilentEngineIsNoWarningOfItsOwnAndARefusedValueNoQuestion() {
        Asking silent = (server, about, value) -> {
            throw new IOException("connection refused");
        };
        assertEquals(
                new Found(List.of(), false),
                new Questions(silent, clock).about(plan(house.smtp, "posthouseSmtpPort", "587"), LONG));
        assertEquals(List.of(), found(plan(house.smtp, "posthouseSmtpPort", "0"), "taken", "0"));
    }

    @Test
    void whatCouldNotBeTriedIsSaidAndTriedAgain() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        Asking broken = (server, about, value) -> {
            asked.add(value);
            throw new IOException("timed out");
        };
        var questions = new Questions(broken, clock);
        var answering = new Running(Map.of(), Map.of(house.host, ""));
        Plan plan = new Planner(house.directory, house.tree(), answering)
                .plan(List.of(new Step.Alter(house.smtp, Map.of("posthouseSmtpPort", List.of("587")))));
        assertEquals(
                List.of(About.NOT_ANSWERED),
                questions.about(plan, LONG).warnings().stream()
                        .map(Warning::about)
                        .toList());
        questions.about(plan, LONG);
        assertEquals(2, asked.size());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
