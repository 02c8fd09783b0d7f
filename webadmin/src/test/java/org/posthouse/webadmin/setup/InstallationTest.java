package org.posthouse.webadmin.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.schema.directory.Act;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Directory.Query;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.InMemoryDirectory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.AgentSecurity;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.panel.SmtpOptions;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;

class InstallationTest {

    private InMemoryDirectory server;
    private Directory directory;

    @BeforeEach
    void connect() {
        server = InMemoryDirectory.start();
        directory = Directory.connect(server.address(), Clock.systemUTC());
    }

    @AfterEach
    void disconnect() {
        directory.close();
        server.close();
    }

    private static SetUp answers(String password, boolean createServer, Set<Kind> agents) {
        return new SetUp(
                "admin",
                password,
                "Acme, Inc.",
                "people",
                "mail1",
                new DomainName("example.com"),
                List.of(new IpAddress("192.0.2.53"), new IpAddress("192.0.2.54")),
                "host1",
                createServer,
                agents);
    }

    @Test
    void afterItTheTreeIsAsNetMailsInstallationLeavesIt() {
        new Installation(directory).run(answers("correct horse", true, Set.of()));

        assertEquals(
                Set.of("Administrators", "Mailing Lists", "Parent Objects", "Templates", "mail1"),
                directory.children(directory.internetServices(), Query.first(20)).entries().stream()
                        .map(Entry::name)
                        .collect(Collectors.toSet()));
        Entry admin = directory.signIn("admin", "correct horse").orElseThrow();
        assertTrue(directory.isAdministrator(admin.place()));
        assertEquals(
                43,
                directory
                        .read(directory.internetServices())
                        .flatMap(entry -> entry.value("posthouseSystemSecret"))
                        .orElseThrow()
                        .length());

        MessagingServer mail1 = Tree.of(directory.configuration()).servers().getFirst();
        assertEquals(Set.of(Kind.NMAP_AGENT), mail1.agents().keySet());
        assertEquals(admin.place(), mail1.identification().postmaster());
        assertEquals("host1", mail1.identification().hostServer().leaf());
        assertEquals(2, mail1.identification().resolvers().size());
        assertEquals(
                List.of(admin.place().parent().orElseThrow()),
                mail1.agent(Kind.NMAP_AGENT)
                        .orElseThrow()
                        .page(NmapContext.class)
                        .contexts());
    }

    @Test
    void agentsAskedForComeWithTheServer() {
        new Installation(directory)
                .run(answers("correct horse", true, Set.of(Kind.SMTP_AGENT, Kind.POP_AGENT, Kind.IMAP_AGENT)));
        assertEquals(
                Set.of(Kind.NMAP_AGENT, Kind.SMTP_AGENT, Kind.POP_AGENT, Kind.IMAP_AGENT),
                Tree.of(directory.configuration()).servers().getFirst().agents().keySet());
    }

    @Test
    void withoutAServerTheHostIsThereAllTheSame() {
        new Installation(directory).run(answers("correct horse", false, Set.of()));
        assertTrue(Tree.of(directory.configuration()).servers().isEmpty());
        assertEquals(
                Optional.of("host1"),
                directory.configuration().stream()
                        .filter(entry -> entry.kind() == Kind.HOST_SERVER)
                        .map(Entry::name)
                        .findFirst());
    }

    @Test
    void anInstallationThatWasCutOffIsRunAgainAndThenNeverMore() {
        directory.prepareRoot();
        directory.create(new NewObject(directory.internetServices(), Kind.INTERNET_SERVICES, Map.of()));
        directory.create(new NewObject(directory.root().child("o", "Acme, Inc."), Kind.ORGANIZATION, Map.of()));
        var installation = new Installation(directory);
        assertFalse(installation.isDone());
        installation.run(answers("correct horse", true, Set.of()));
        assertTrue(installation.isDone());
        assertTrue(directory
                .read(directory.internetServices())
                .flatMap(entry -> entry.value("posthouseSystemSecret"))
                .isPresent());
        assertThrows(Refused.class, () -> installation.run(answers("another horse", true, Set.of())));
        assertTrue(directory.signIn("admin", "another horse").isEmpty());
    }

    private static SetUp complete(String password, String organization) {
        return new SetUp(
                "admin",
                password,
                organization,
                "people",
                "mail1",
                new DomainName("example.com"),
                List.of(),
                "host1.example.com",
                true,
                SetUp.AGENTS,
                true,
                true);
    }

    @Test
    void aNewServerHasACertificateForItsNamesAndItsAgentsAreSafe() {
        new Installation(directory).run(complete("correct horse", "Acme"));
        MessagingServer mail1 = Tree.of(directory.configuration()).servers().getFirst();
        ServerSecurity security = mail1.security();
        assertTrue(security.sslAndTls());
        assertEquals(
                List.of("example.com", "host1.example.com"),
                security.certificate().orElseThrow().names());
        assertTrue(security.privateKey()
                .orElseThrow()
                .fits(security.certificate().orElseThrow().own().getPublicKey()));
        SmtpOptions options = mail1.agent(Kind.SMTP_AGENT).orElseThrow().page(SmtpOptions.class);
        assertTrue(options.verifyAddresses());
        assertEquals(587, options.submissionPort());
        for (Kind kind : SetUp.AGENTS) {
            AgentSecurity page = mail1.agent(kind).orElseThrow().page(AgentSecurity.class);
            assertEquals(new AgentSecurity(true, AgentSecurity.Remote.REFUSED), page);
        }
    }

    @Test
    void addressesAreNotVerifiedWhereTheAdministratorDoesNotWantIt() {
        new Installation(directory)
                .run(new SetUp(
                        "admin",
                        "correct horse",
                        "Acme",
                        "people",
                        "mail1",
                        new DomainName("example.com"),
                        List.of(),
                        "host1",
                        true,
                        SetUp.AGENTS,
                        false,
                        false));
        MessagingServer mail1 = Tree.of(directory.configuration()).servers().getFirst();
        assertFalse(mail1.security().sslAndTls());
        assertFalse(mail1.agent(Kind.SMTP_AGENT)
                .orElseThrow()
                .page(SmtpOptions.class)
                .verifyAddresses());
    }

    @Test
    void aSetUpThatFailsAtItsLastStepLeavesNothingBehind() {
        Directory failing = directory.observed(failingAt(directory.administrators()));
        assertThrows(DirectoryException.class, () -> new Installation(failing).run(complete("correct horse", "Acme")));
        assertTrue(directory.read(directory.internetServices()).isEmpty());
        assertTrue(directory.read(directory.root().child("o", "Acme")).isEmpty());
        new Installation(directory).run(complete("correct horse", "Other"));
        assertTrue(new Installation(directory).isDone());
    }

    @Test
    void whatAKilledSetUpLeftIsGoneAfterTheNext(@TempDir Path home) {
        var killed = directory.observed(failingAt(directory.administrators()));
        var journal = home.resolve("setup-objects");
        assertThrows(
                DirectoryException.class,
                () -> new Installation(killed, home, Clock.systemUTC()).run(complete("correct horse", "Acme")));
        assertFalse(Files.exists(journal), "a failure is cleared at once");
        killedAfter(home, "Acme");
        new Installation(directory, home, Clock.systemUTC()).run(complete("correct horse", "Other"));
        assertTrue(directory.read(directory.root().child("o", "Acme")).isEmpty());
        assertTrue(directory.read(directory.root().child("o", "Other")).isPresent());
        assertFalse(Files.exists(journal));
    }

    // As a process leaves it that was killed after its first two objects.
    private void killedAfter(Path home, String organization) {
        var journal = new SetUpJournal(home);
        directory.prepareRoot();
        journal.note(directory.internetServices());
        directory.create(new NewObject(directory.internetServices(), Kind.INTERNET_SERVICES, Map.of()));
        Place left = directory.root().child("o", organization);
        journal.note(left);
        directory.create(new NewObject(left, Kind.ORGANIZATION, Map.of()));
    }

    private static Scribe failingAt(Place last) {
        return () -> new Scribe.Note() {
            private boolean reached;

            @Override
            public void about(Act act) {
                reached |= act instanceof Act.Made made && made.place().equals(last);
            }

            @Override
            public void ready() {
                if (reached) {
                    throw new DirectoryException.Unwilling("not now", new IllegalStateException("test"));
                }
            }

            @Override
            public void done(long revision) {}

            @Override
            public void refused(String why) {}

            @Override
            public void unclear(String why) {}
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "short", "password", "Password1!", "12345678", "87654321", "aaaaaaaaaa", "administrator"})
    void aPasswordThatAnybodyWouldTryIsRefused(String password) {
        var refused =
                assertThrows(Refused.class, () -> new Installation(directory).run(answers(password, true, Set.of())));
        Problem problem = refused.problems().getFirst();
        assertEquals("adminPassword", problem.option());
        assertEquals("", problem.value());
        assertFalse(String.valueOf(refused.getMessage()).contains("12345678"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        var wrong = new SetUp("a@b", "x", " ", "", "", new DomainName("example.com"), List.of(), "", true);
        assertEquals(
                List.of("adminName", "organization", "userContainer", "hostName", "serverName", "adminPassword"),
                new Installation(directory)
                        .problems(wrong).stream().map(Problem::option).toList());
        assertFalse(wrong.toString().contains("x "));
    }

    @Test
    void whatAnotherToolDeletedIsMadeAgain() {
        var installation = new Installation(directory);
        installation.run(answers("correct horse battery", true, Set.of()));
        assertEquals(new Installation.Restored(List.of(), false), installation.restore(""));
        Place services = directory.internetServices();
        server.delete(services.child("ou", "Templates").toString());
        assertEquals(
                List.of(services.child("ou", "Templates")),
                installation.restore("").made());
        assertThrows(Refused.class, () -> installation.restore("admin"), "there are administrators");
    }

    @Test
    void withTheAdministratorsLostAUserIsNamedForThem() {
        var installation = new Installation(directory);
        installation.run(answers("correct horse battery", true, Set.of()));
        server.deleteAll(directory.internetServices().toString());
        assertThrows(Refused.class, () -> installation.restore(""));
        assertThrows(Refused.class, () -> installation.restore("nobody"));
        assertTrue(directory.read(directory.internetServices()).isEmpty(), "a refusal makes nothing");
        Installation.Restored restored = installation.restore("admin");
        assertEquals(5, restored.made().size());
        assertTrue(restored.newSecret());
        assertTrue(directory.isAdministrator(
                directory.signIn("admin", "correct horse battery").orElseThrow().place()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "renamed", "disabled", "taken out"})
    void anAdministratorsGroupWithoutAnyoneWhoCanSignInIsRepaired(String how) {
        var installation = new Installation(directory);
        installation.run(answers("correct horse battery", true, Set.of()));
        Place admin =
                directory.signIn("admin", "correct horse battery").orElseThrow().place();
        Place anna = admin.parent().orElseThrow().child("cn", "anna");
        directory.create(new NewObject(anna, Kind.USER, Map.of("sn", List.of("Anna"))));
        directory.setPassword(anna, "correct horse battery");
        set(anna, "posthouseMessagingEnabled", "FALSE");
        switch (how) {
            case "deleted" -> server.delete(admin.toString());
            case "renamed" ->
                set(
                        directory.administrators(),
                        "member",
                        anna.parent().orElseThrow().child("cn", "new").toString());
            case "disabled" -> set(admin, "posthouseMessagingEnabled", "FALSE");
            default -> set(directory.administrators(), "member", anna.toString());
        }
        assertEquals(List.of(), installation.restore("anna").made(), "the group itself is still there");
        assertTrue(directory.isAdministrator(
                directory.signIn("anna", "correct horse battery").orElseThrow().place()));
        assertThrows(Refused.class, () -> installation.restore("anna"), "now there is an administrator");
    }

    private void set(Place place, String attribute, String value) {
        Entry entry = directory.read(place).orElseThrow();
        directory.save(
                place, Map.of(attribute, entry.values(attribute)), Map.of(attribute, List.of(value)), entry.revision());
    }
}
