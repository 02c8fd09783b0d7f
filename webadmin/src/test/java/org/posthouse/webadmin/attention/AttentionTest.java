package org.posthouse.webadmin.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.licence.Licensing;
import org.posthouse.schema.login.Guesser;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.certificate.ServerCertificate;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Mended;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Machine;
import org.posthouse.webadmin.pulse.Machine.Folder;
import org.posthouse.webadmin.pulse.Overview;
import org.posthouse.webadmin.pulse.Overview.Line;
import org.posthouse.webadmin.pulse.Overview.Part;
import org.posthouse.webadmin.pulse.Verdict;

/** What needs attention: each trouble is one entry with a sentence and a page, and what hurts most comes first. */
class AttentionTest {

    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
    private static final Place HOST = Place.of("cn=host1,dc=posthouse");

    private final List<Line> lines = new ArrayList<>();

    @Test
    void whatKeepsMailAwayComesBeforeLoginAndARejectedChange() {
        server(
                "mail1",
                Verdict.OBEYS,
                "running",
                Map.of(Kind.IMAP_AGENT, part("mail1", Kind.IMAP_AGENT, Verdict.REFUSES, "failed", "Disk error.")));
        server(
                "mail2",
                Verdict.OBEYS,
                "running",
                Map.of(Kind.SMTP_AGENT, part("mail2", Kind.SMTP_AGENT, Verdict.REFUSES, "failed", "Port taken.")));
        server("mail3", Verdict.REFUSES, "running", Map.of());
        server(
                "mail4",
                Verdict.OBEYS,
                "running",
                Map.of(Kind.POP_AGENT, part("mail4", Kind.POP_AGENT, Verdict.LAGS, "running", "")));
        assertEquals(
                List.of(
                        "The SMTP Agent of mail2 does not run: Port taken.",
                        "The IMAP Agent of mail1 does not run: Disk error.",
                        "mail3 rejected a change and keeps its previous settings: Reason.",
                        "mail4 has not applied revision 5 yet; revision 4 is in force."),
                sentences());
    }

    @Test
    void whoGuessesPasswordsIsNamedTheMostActiveFirst() {
        var names = List.of("a", "b", "c", "d", "e", "bob");
        var guessers = new ArrayList<Guesser>();
        for (int number = 1; number <= 5; number++) {
            guessers.add(new Guesser("192.0.2." + number, names, 1_000 / number, NOW.minusSeconds(300), NOW));
        }
        List<String> told = GuessingConcerns.at(HOST, guessers, NOW).stream()
                .map(Sentences::of)
                .toList();
        assertEquals(
                "192.0.2.1 has sent 1,000 wrong passwords to host host1 in the last 5 minutes, for: b, c, d, e, bob",
                told.getFirst());
        assertEquals("2 more addresses send wrong passwords to host host1.", told.get(3));
        assertEquals(4, told.size());
        assertEquals(
                List.of("192.0.2.1 has sent 1,000 wrong passwords to this console in the last minute, for: bob"),
                GuessingConcerns.atConsole(List.of(new Guesser("192.0.2.1", List.of("bob"), 1_000, NOW, NOW)), NOW)
                        .stream()
                        .map(Sentences::of)
                        .toList());
    }

    @Test
    void aHostThatIsAwayIsOneEntryForAllItsServers() {
        for (int number = 1; number <= 200; number++) {
            server("mail" + number, Verdict.UNREACHABLE, "silent", Map.of());
        }
        assertEquals(
                List.of("The engine of host host1 is unreachable (connection refused)."
                        + " The state of 200 servers is unknown."),
                sentences());
        assertEquals(
                "/object?dn=cn%3Dhost1%2Cdc%3Dposthouse", concerns().getFirst().path());
    }

    @Test
    void agentsThatWaitForOneAnotherAreOneEntry() {
        server(
                "mail1",
                Verdict.OBEYS,
                "running",
                Map.of(
                        Kind.IMAP_AGENT,
                                part("mail1", Kind.IMAP_AGENT, Verdict.WAITS, "waiting", "Waits for the NMAP Agent."),
                        Kind.SMTP_AGENT,
                                part("mail1", Kind.SMTP_AGENT, Verdict.WAITS, "waiting", "Waits for the NMAP Agent.")));
        assertEquals(List.of("2 agents of mail1 do not run yet: Waits for the NMAP Agent."), sentences());
        assertEquals(Severity.NO_MAIL, concerns().getFirst().severity());
    }

    @Test
    void anAgentThatGoesOnWithItsOldPortRejectedAChange() {
        server(
                "mail1",
                Verdict.OBEYS,
                "running",
                Map.of(Kind.SMTP_AGENT, part("mail1", Kind.SMTP_AGENT, Verdict.REFUSES, "refused", "Port taken.")));
        assertEquals(
                List.of("agentRejected"),
                new PartConcerns(host -> Optional.empty(), agent -> true)
                        .of(overview()).stream().map(Concern::key).toList());
    }

    @Test
    void aServerWithoutItsPostmasterIsNamedOnceAsUnknown() {
        server(
                "mail1",
                Verdict.REFUSES,
                Overview.UNKNOWN,
                Map.of(Kind.SMTP_AGENT, part("mail1", Kind.SMTP_AGENT, Verdict.REFUSES, "failed", "")));
        assertEquals(List.of("mail1 is of type Unknown: a mandatory value is missing or invalid."), sentences());
    }

    @Test
    void aCertificateWarnsFromThirtyDaysBeforeAndKeepsPeopleOutWhenItHasExpired() {
        try (var house = new House()) {
            var made = ServerCertificate.of(house.changes(), house.mail1);
            made.makeSelfSigned(List.of("mail.example.com"), KeyKind.EC, 31, NOW);
            tls(house);
            assertEquals(List.of(), expiring(house, NOW));
            assertEquals(List.of("EXPIRING certificateExpires"), expiring(house, NOW.plus(Duration.ofDays(2))));
            assertEquals(List.of("NO_LOGIN certificateExpired"), expiring(house, NOW.plus(Duration.ofDays(32))));
        }
    }

    @Test
    void aCertificateForOtherNamesIsToldAsLongAsItIsInUse() {
        try (var house = new House()) {
            certify(house, "mail.old.example", "old.example");
            assertEquals(List.of(), expiring(house, NOW), "without TLS it is not in use");
            tls(house);
            assertEquals(
                    List.of(
                            "The certificate of mail1 is not valid for example.com, nor for a host in that domain, but for"
                                    + " mail.old.example, old.example. Mail programs show a warning."),
                    expiry(NOW).of(house.tree()).stream().map(Sentences::of).toList());
            for (String name : List.of("example.com", "mail.example.com")) {
                certify(house, name);
                assertEquals(List.of(), expiring(house, NOW), name);
            }
        }
    }

    private static void certify(House house, String... names) {
        ServerCertificate.of(house.changes(), house.mail1).makeSelfSigned(List.of(names), KeyKind.EC, 365, NOW);
    }

    @Test
    void itIsToldWhenAnotherToolLeavesNobodyWhoCanSignIn() {
        try (var house = new House()) {
            var concerns = new AdministratorConcerns();
            assertEquals(Optional.empty(), concerns.of(house.directory, NOW));
            house.server.replace(house.admin, "posthouseMessagingEnabled", "FALSE");
            assertEquals(Optional.of("noAdministrator"), key(concerns.of(house.directory, NOW)));
            house.server.replace(house.admin, "posthouseMessagingEnabled", "TRUE");
            assertEquals(Optional.empty(), concerns.of(house.directory, NOW));
            house.server.rename(house.admin.toString(), "cn=boss");
            assertEquals(Optional.of("noAdministrator"), key(concerns.of(house.directory, NOW)));
            house.server.rename("cn=boss," + house.users, "cn=admin");
            house.directory.mark(house.admin, Map.of("userPassword", List.of()));
            assertEquals(Optional.of("noAdministratorPassword"), key(inTime(concerns, house.directory)));
            assertEquals(
                    Optional.empty(),
                    new AdministratorConcerns().of(house.directory, NOW),
                    "a directory that shows no passwords is no reason for alarm");
        }
    }

    // An answer that comes late counts when it is asked for the next time.
    private static Optional<Concern> inTime(AdministratorConcerns concerns, Directory directory) {
        return IntStream.range(1, 20)
                .mapToObj(minute -> concerns.of(directory, NOW.plus(Duration.ofMinutes(minute))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Test
    void whatWasFoundOfTheAdministratorsCountsWhileTheDirectoryDoesNotRespond() {
        try (var house = new House();
                Directory kept = house.directory.mirrored()) {
            Directory shown = kept.remembering();
            var concerns = new AdministratorConcerns();
            assertEquals(Optional.empty(), concerns.of(shown, NOW));
            house.server.close();
            assertEquals(Optional.empty(), concerns.of(shown, NOW.plus(Duration.ofMinutes(1))));
        }
    }

    private static Optional<String> key(Optional<Concern> concern) {
        return concern.map(Concern::key);
    }

    private static void tls(House house) {
        Entry server = house.read(house.mail1);
        house.directory.save(
                server.place(), server.attributes(), Map.of("posthouseTls", List.of("TRUE")), server.revision());
    }

    private static List<String> expiring(House house, Instant now) {
        return expiry(now).of(house.tree()).stream()
                .map(concern -> concern.severity() + " " + concern.key())
                .toList();
    }

    private static ExpiryConcerns expiry(Instant now) {
        var licensed = new Licensing(false, Optional.empty(), "", LocalDate.EPOCH);
        return new ExpiryConcerns(place -> Optional.empty(), server -> licensed, now);
    }

    @Test
    void anOrderThatTheAuthorityRefusedIsTold() {
        try (var house = new House()) {
            var failed = new Board.Acme("failed", "No answer on port 80.", Optional.of(NOW), Optional.of(NOW));
            var seen = new Board.Server(
                    house.mail1,
                    "mail1",
                    new Board.Obedience(
                            org.posthouse.schema.status.State.RUNNING,
                            "",
                            1,
                            1,
                            Optional.empty(),
                            1,
                            Optional.empty(),
                            Optional.empty(),
                            List.of()),
                    List.of(),
                    Board.Queue.NONE,
                    Optional.empty(),
                    Optional.of(failed),
                    Optional.empty(),
                    Optional.empty());
            var licensed = new Licensing(false, Optional.empty(), "Its signature is wrong.", LocalDate.EPOCH);
            assertEquals(
                    List.of(
                            "The certificate authority did not issue a certificate for mail1: No answer on port 80.",
                            "The license of mail1 is not valid: Its signature is wrong."),
                    new ExpiryConcerns(place -> Optional.of(seen), server -> licensed, NOW)
                            .of(house.tree()).stream().map(Sentences::of).toList());
        }
    }

    @Test
    void theConsoleWarnsOfItsOwnCertificateToo() {
        var expiry = new ExpiryConcerns(
                place -> Optional.empty(),
                server -> {
                    throw new IllegalStateException();
                },
                NOW);
        assertEquals(Optional.empty(), expiry.console(Optional.of(NOW.plus(Duration.ofDays(31)))));
        assertEquals(
                "The certificate of this console expires in 1 day (Nov 29, 2026). Restart Posthouse to renew it.",
                expiry.console(Optional.of(NOW.plus(Duration.ofHours(25))))
                        .map(Sentences::of)
                        .orElseThrow());
    }

    @Test
    void aFullDiskIsSaidOnceForAllFoldersOnIt() {
        assertEquals(
                List.of(
                        "The disk of host host1 is full (/mail/store: 3 MB free). The servers on it accept no mail.",
                        "The disk of host host1 is 90 % full (/home: 8 MB free)."),
                disks(
                        folder("directory", "/mail/directory", 3, 100, "full"),
                        folder("messageStore", "/mail/store", 3, 100, "full"),
                        folder("home", "/home", 8, 80, "low"),
                        folder("dbf", "/dbf", 8, 10, "enough")));
    }

    @Test
    void anInterruptedChangeIsSaidWithItsOutcome() {
        Place anna = Place.of("cn=anna,dc=posthouse");
        assertEquals(
                List.of(
                        "The change that admin began on Nov 28, 2026 was interrupted. It was finished afterward"
                                + " (1 object was still to be written).",
                        "The change that admin began on Nov 28, 2026 was interrupted and was rolled back"
                                + " (nothing was written yet).",
                        "The change that admin began on Nov 28, 2026 was interrupted. What others changed in the"
                                + " meantime was left unchanged: anna"),
                Stream.of(
                                new Mended("cn=admin,dc=posthouse", NOW, true, List.of(anna), List.of()),
                                new Mended("admin", NOW, false, List.of(), List.of()),
                                new Mended("admin", NOW, true, List.of(), List.of(anna)))
                        .map(InterruptionConcerns::of)
                        .map(Sentences::of)
                        .toList());
    }

    @Test
    void volumesOfOneSizeAreToldApart() {
        assertEquals(
                2,
                disks(folder("home", "/a", 8, 100, "low"), folder("store", "/b", 8, 100, "low"))
                        .size());
    }

    @Test
    void aDirectoryWithoutSpaceRefusesChangesAndNoMail() {
        assertEquals(
                List.of("The disk of the directory on host host1 is full (/d: 3 MB free)."
                        + " Nothing can be changed until you free space."),
                disks(folder("directory", "/d", 3, 1000, "full")));
    }

    @Test
    void aDiskThatFillsUpIsSaidAWeekAhead() {
        assertEquals(
                List.of(
                        "The disk of host host1 will be full in 3 days if it continues to lose 5,000 MB a day"
                                + " (/soon: 16,000 MB free).",
                        "The disk of host host1 will be full in less than 1 day if it continues to lose 5,000 MB a day"
                                + " (/today: 3,000 MB free)."),
                disks(
                        full(80, folder("messageStore", "/soon", 16_000, 90_000, "enough")),
                        full(12, folder("home", "/today", 3_000, 90_000, "low")),
                        full(240, folder("dbfDirectory", "/later", 50_000, 90_000, "enough"))));
    }

    private static Folder full(int hours, Folder now) {
        return new Folder(
                now.use(),
                now.server(),
                now.path(),
                now.volume(),
                now.free(),
                now.total(),
                now.state(),
                now.reason(),
                Optional.of(NOW.plus(Duration.ofHours(hours))),
                5_000L << 20);
    }

    // Each folder below / is a volume.
    private static Folder folder(String use, String path, long free, long total, String state) {
        String volume = path.replaceFirst("^(/[^/]*).*", "$1");
        return new Folder(use, "", path, volume, free << 20, total << 20, state, "", Optional.empty(), 0);
    }

    private static List<String> disks(Folder... folders) {
        var machine = new Machine("Linux", "", "", 2, "", "", 1, 1, 1, List.of(folders), Optional.empty());
        return HostConcerns.of(HOST, machine, NOW).stream().map(Sentences::of).toList();
    }

    private List<String> sentences() {
        return concerns().stream().map(Sentences::of).toList();
    }

    private List<Concern> concerns() {
        return new PartConcerns(host -> Optional.of("connection refused"), agent -> false)
                .of(overview()).stream()
                        .sorted(Comparator.comparing(Concern::severity))
                        .toList();
    }

    private Overview overview() {
        return new Overview(lines, List.of(Kind.SMTP_AGENT));
    }

    private void server(String name, Verdict verdict, String state, Map<Kind, Part> agents) {
        var parts = new EnumMap<Kind, Part>(Kind.class);
        parts.putAll(agents);
        lines.add(new Line(
                new Part(
                        place(name),
                        Kind.MESSAGING_SERVER,
                        verdict,
                        state,
                        verdict == Verdict.REFUSES ? "Reason." : "",
                        5,
                        5,
                        Optional.empty(),
                        List.of()),
                Optional.of(HOST),
                parts));
    }

    private static Part part(String server, Kind kind, Verdict verdict, String state, String reason) {
        return new Part(
                place(server).child("cn", kind.label()),
                kind,
                verdict,
                state,
                reason,
                5,
                4,
                Optional.empty(),
                List.of());
    }

    private static Place place(String name) {
        return Place.of("ou=" + name + ",o=Internet Services,dc=posthouse");
    }
}
