package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthouse.schema.tree.Kind;

/** A folder that cannot be used never stops what runs, and is found out before it is saved. */
class FoldersInUseTest {

    private static final String MAIL1 = "ou=mail1,o=Internet Services,dc=posthouse";

    @TempDir
    Path home;

    @TempDir
    Path elsewhere;

    private final Tree tree = Tree.planted();
    private final FakeAgent.Script smtp = new FakeAgent.Script();

    @AfterEach
    void close() {
        tree.close();
    }

    private World world() {
        return World.of(tree, home, Map.of(Kind.SMTP_AGENT, smtp::make));
    }

    private void plant(String name, String address) {
        tree.server(name, address, Map.of(), Kind.NMAP_AGENT, Kind.SMTP_AGENT);
    }

    private World running() {
        plant("mail1", "127.0.0.1");
        World world = world();
        world.await("SMTP runs", () -> smtp.starts.get() >= 1);
        return world;
    }

    private void name(String option, String folder) {
        boolean store = option.equals("posthouseMessageStore");
        tree.save(store ? tree.agent("mail1", Kind.NMAP_AGENT) : tree.server("mail1"), Map.of(option, List.of(folder)));
    }

    private static String refusal(String option, String value) {
        return "\"option\":\"" + option + "\",\"value\":\"" + value + "\"";
    }

    private boolean isInSync(World world) {
        var board = world.engine().board().servers().getFirst();
        return board.refusals().isEmpty()
                && board.standing().obeyed() == board.standing().wanted()
                && board.agents().stream()
                        .allMatch(agent -> agent.refusals().isEmpty()
                                && agent.standing().obeyed() == agent.standing().wanted());
    }

    @ParameterizedTest
    @CsvSource({
        "posthouseMessageStore, messageStore, /proc/nothing",
        "posthouseMessageStore, messageStore, /etc/posthouse",
        "posthouseMessageStore, messageStore, blocked/store",
        "posthouseTempDirectory, tempDirectory, /proc/nothing",
        "posthouseTempDirectory, tempDirectory, blocked/temp",
        "posthouseDbfDirectory, dbfDirectory, /proc/nothing",
        "posthouseDbfDirectory, dbfDirectory, store/dbf",
    })
    void aRefusedFolderKeepsTheOldOneAndEverythingThatRuns(String attribute, String option, String folder)
            throws IOException {
        try (World world = running()) {
            Files.writeString(home.resolve("mail1/blocked"), "a file");
            name(attribute.replace("TempDirectory", "WorkDirectory"), folder);
            world.awaitBoard(refusal(option, folder));
            assertEquals(1, smtp.starts.get());
            assertEquals(0, smtp.stops.get());
            assertTrue(world.board().contains("\"state\":\"running\""));
            assertTrue(world.prove(tree.server("mail1"), Kind.NMAP_AGENT).contains("2001-QUEUE"));
            assertFalse(isInSync(world), "the refused revision does not count as applied");
        }
        try (World again = world()) {
            again.await("the mail is open after a restart too", () -> smtp.starts.get() == 2);
            again.awaitBoard(refusal(option, folder));
            name(attribute.replace("TempDirectory", "WorkDirectory"), "other");
            again.await("put right", () -> isInSync(again));
            assertTrue(Files.isDirectory(home.resolve("mail1/other")));
        }
    }

    @Test
    void anotherOptionIsAppliedWhileAFolderIsRefused() {
        try (World world = running()) {
            name("posthouseWorkDirectory", "/proc/nothing");
            world.awaitBoard(refusal("tempDirectory", "/proc/nothing"));
            tree.save(tree.server("mail1"), Map.of("posthouseOfficialDomain", List.of("new.example")));
            world.await(
                    "the new name is in use",
                    () -> world.prove(tree.server("mail1"), Kind.SMTP_AGENT).contains("220 new.example"));
            assertEquals(1, smtp.starts.get());
        }
    }

    @Test
    void aFolderThatBecomesUsableIsTakenUpByItself() throws IOException {
        try (World world = running()) {
            Path blocked = Files.writeString(home.resolve("mail1/blocked"), "a file");
            name("posthouseMessageStore", "blocked/store");
            world.awaitBoard(refusal("messageStore", "blocked/store"));
            Files.delete(blocked);
            world.await("moved", () -> Files.exists(home.resolve("mail1/blocked/store/CURRENT")));
            world.await("in sync", () -> isInSync(world));
            assertEquals(2, smtp.starts.get());
        }
    }

    @Test
    void aDamagedStoreKeepsTheOldOneAndDoesNotRestartTheAgentsAgainAndAgain() throws IOException {
        try (World world = running()) {
            Path damaged = Files.createDirectories(home.resolve("mail1/damaged"));
            Files.writeString(damaged.resolve("CURRENT"), "MANIFEST-000001\n");
            name("posthouseMessageStore", "damaged");
            world.awaitBoard(refusal("messageStore", "damaged"));
            assertTrue(world.prove(tree.server("mail1"), Kind.NMAP_AGENT).contains("2001-QUEUE"));
            assertEquals(1, smtp.starts.get());
        }
    }

    @Test
    void aTempDirectoryThatIsGoneAfterARestartDoesNotKeepTheMailFromStarting() throws IOException {
        Path temp = Files.createDirectories(elsewhere.resolve("mount/temp"));
        try (World world = running()) {
            name("posthouseWorkDirectory", temp.toString());
            world.await("it moved there", () -> smtp.starts.get() == 2 && isInSync(world));
        }
        clear(elsewhere.resolve("mount"));
        Files.writeString(elsewhere.resolve("mount"), "not mounted");
        try (World again = world()) {
            again.await("SMTP runs", () -> smtp.starts.get() == 3);
            again.awaitBoard(refusal("tempDirectory", temp.toString()));
        }
    }

    @Test
    void aStoreThatIsGoneAfterARestartDoesNotSilentlyStartEmpty() throws IOException {
        Path store = home.resolve("mail1/store");
        try (World world = running()) {
            world.await("in sync", () -> isInSync(world));
        }
        Files.move(store, elsewhere.resolve("store"));
        Files.createDirectory(store);
        try (World again = world()) {
            again.awaitBoard("no longer contains the mailboxes of mail1");
            assertEquals(1, smtp.starts.get(), "the other agents wait");
            assertFalse(Files.exists(store.resolve("CURRENT")));
            assertEquals("lost", tried(again, "message_store", "fresh"));
            Files.delete(store);
            Files.move(elsewhere.resolve("store"), store);
            again.await("it starts by itself when the folder is back", () -> smtp.starts.get() == 2);
            again.await("in sync", () -> isInSync(again));
        }
        clear(store);
        try (World empty = world()) {
            empty.awaitBoard("no longer contains the mailboxes of mail1");
            name("posthouseMessageStore", "fresh");
            empty.await("another folder starts empty", () -> smtp.starts.get() == 3 && isInSync(empty));
            assertTrue(Files.exists(home.resolve("mail1/fresh/CURRENT")));
        }
    }

    private static void clear(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path each : all.toList().reversed()) {
                Files.delete(each);
            }
        }
    }

    private String tried(World world, String about, String folder) {
        String verdict = world.get(
                        "/trial?about=" + about + "&server=" + encoded(MAIL1) + "&value=" + encoded(folder),
                        Tree.SECRET)
                .body();
        return verdict.replaceFirst(".*\"verdict\":\"([a-z]*)\".*", "$1");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aFolderIsTriedWithoutLeavingAnythingBehind() throws IOException {
        try (World world = running()) {
            assertEquals("good", tried(world, "temp_directory", "a/b/c"));
            assertEquals(
                    "good",
                    tried(world, "dbf_directory", elsewhere.resolve("x/y").toString()));
            assertFalse(Files.exists(home.resolve("mail1/a")));
            try (Stream<Path> left = Files.list(elsewhere)) {
                assertEquals(0, left.count());
            }
        }
    }

    @Test
    void tricksWithPathsAreSeenThrough() throws IOException {
        plant("mail2", "127.0.0.2");
        try (World world = running()) {
            world.await(
                    "both run",
                    () -> smtp.starts.get() >= 1
                            && Files.isDirectory(home.resolve("mail2/store"))
                            && Files.isDirectory(home.resolve("mail1/store")));
            Files.createSymbolicLink(home.resolve("mail1/out"), Path.of("/etc"));
            Files.createSymbolicLink(home.resolve("mail1/there"), elsewhere);
            Files.createDirectory(
                    elsewhere.resolve("all"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.setPosixFilePermissions(elsewhere.resolve("all"), PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.writeString(home.resolve("mail1/file"), "a file");
            for (String about : List.of("message_store", "temp_directory", "dbf_directory")) {
                assertEquals("system", tried(world, about, "/etc"));
                assertEquals("system", tried(world, about, "/proc/self"));
                assertEquals("system", tried(world, about, "/"));
                assertEquals("system", tried(world, about, "/var"));
                assertEquals("system", tried(world, about, "out/posthouse"));
                assertEquals("link", tried(world, about, "there"));
                assertEquals("link", tried(world, about, "there/mail"));
                assertEquals(
                        "open", tried(world, about, elsewhere.resolve("all").toString()));
                assertEquals("file", tried(world, about, "file"));
                assertEquals("file", tried(world, about, "file/inside"));
                assertEquals(
                        "used", tried(world, about, home.resolve("mail2/store").toString()));
                assertEquals("used", tried(world, about, home.resolve("mail2").toString()));
                assertEquals(
                        "used", tried(world, about, home.resolve("mail2/temp/x").toString()));
                assertEquals("used", tried(world, about, home.toString()));
                assertEquals("denied", tried(world, about, "n".repeat(300)));
            }
            assertEquals("used", tried(world, "temp_directory", "store"));
            assertEquals("used", tried(world, "dbf_directory", "store/dbf"));
            assertEquals("used", tried(world, "message_store", "dbf"));
            assertEquals("used", tried(world, "message_store", "store/inner"));
            assertEquals("good", tried(world, "message_store", "store"), "the folder in use stays good");
        }
    }

    @Test
    void aNewMessageStoreSaysHowManyMailboxesStayBehind() {
        try (World world = running()) {
            assertEquals("good", tried(world, "message_store", "fresh"), "nobody has a mailbox yet");
        }
        try (var vault = org.posthouse.mailcore.store.RocksVault.open(home.resolve("mail1/store"))) {
            var store = new org.posthouse.mailcore.store.Store(vault, java.time.Clock.systemUTC());
            List.of("anna", "bob", "b", "zoë@example.com").forEach(store::mailbox);
            assertEquals(4, vault.mailboxes());
        }
        try (World world = world()) {
            world.await("SMTP runs", () -> smtp.starts.get() == 2);
            assertEquals("empty", tried(world, "message_store", "fresh"));
            String verdict = world.get(
                            "/trial?about=message_store&server=" + encoded(MAIL1) + "&value=fresh", Tree.SECRET)
                    .body();
            assertTrue(verdict.contains("\"detail\":\"4\""), verdict);
            name("posthouseMessageStore", "fresh");
            world.await("moved", () -> smtp.starts.get() == 3 && isInSync(world));
            assertEquals("store", tried(world, "message_store", "store"), "the old one is still there");
        }
    }

    @Test
    void aRefusalIsAboutTheValueThatWasTriedAndNotAboutALaterOne() {
        try (World world = running()) {
            name("posthouseMessageStore", "/proc/nothing");
            world.awaitBoard(refusal("messageStore", "/proc/nothing"));
            var nmap = world.engine().board().servers().getFirst().agents().stream()
                    .filter(agent -> agent.kind() == Kind.NMAP_AGENT)
                    .findFirst()
                    .orElseThrow();
            long revision = tree.revision(tree.agent("mail1", Kind.NMAP_AGENT));
            assertEquals(revision, nmap.refusals().getFirst().revision());
            assertEquals(revision, nmap.standing().tried());
            assertTrue(nmap.standing().obeyed() < revision);
            long good = nmap.standing().obeyed();
            tree.save(tree.agent("mail1", Kind.NMAP_AGENT), Map.of("posthouseQueueInterval", List.of("7")));
            long later = tree.revision(tree.agent("mail1", Kind.NMAP_AGENT));
            world.awaitBoard("\"revision\":" + later);
            assertEquals(
                    good,
                    world.engine().board().servers().getFirst().agents().stream()
                            .filter(agent -> agent.kind() == Kind.NMAP_AGENT)
                            .findFirst()
                            .orElseThrow()
                            .standing()
                            .obeyed());
            assertTrue(
                    nmap.standing().reason().startsWith("Message Store: "),
                    nmap.standing().reason());
        }
    }

    @Test
    void anOwnPortIsNotTaken() {
        plant("mail1", "127.0.0.1");
        try (World world = World.of(tree, home)) {
            world.awaitBoard("127.0.0.1:" + world.port(25));
            assertEquals("good", tried(world, "port", "25"));
            assertEquals("taken", tried(world, "port", "689"), "the NMAP Agent has it");
            String verdict = world.get("/trial?about=port&server=" + encoded(MAIL1) + "&value=689", Tree.SECRET)
                    .body();
            assertTrue(verdict.contains("NMAP Agent of mail1"), verdict);
        }
    }
}
