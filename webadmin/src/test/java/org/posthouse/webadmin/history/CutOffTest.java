package org.posthouse.webadmin.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.Act;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.tree.Entry;
import org.posthouse.webadmin.form.House;

/** A JVM that ends between any two steps of a change, and changes that nobody wrote down: history and directory agree. */
class CutOffTest {

    private static final String INTERVAL = "posthouseMessageLimit";

    @TempDir
    private Path home;

    private House house;
    private History history;
    private Others others;

    @BeforeEach
    void open() throws IOException {
        house = new House();
        start();
    }

    @AfterEach
    void close() throws IOException {
        others.close();
        history.close();
        house.close();
    }

    private void start() throws IOException {
        history = History.open(home, Clock.systemUTC(), () -> java.util.Optional.of("secret"));
        others = Others.follow(history, house.directory, "cn=nobody", Clock.systemUTC());
        await(() -> home.resolve("history/shadow.json").toFile().exists());
    }

    // What a kill leaves: files as they are, nothing closed in order.
    private void kill() throws IOException {
        others.close();
        history.close();
    }

    private static void await(BooleanSupplier something) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!something.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "nothing came of it");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(120));
        }
    }

    private boolean isSettled(int changes) {
        return history.size() == changes && history.unended().isEmpty();
    }

    /** The end of the JVM, at a step of a change. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A scribe of the history's that dies before or after a step. */
    private Directory dying(String step, boolean before) {
        Scribe scribe = history.scribe(Records.ANNA);
        return house.directory.observed(() -> {
            Scribe.Note note = scribe.open();
            return new Scribe.Note() {
                private void at(String each, Runnable does) {
                    if (each.equals(step) && before) {
                        throw new Killed();
                    }
                    does.run();
                    if (each.equals(step)) {
                        throw new Killed();
                    }
                }

                @Override
                public void about(Act act) {
                    at("about", () -> note.about(act));
                }

                @Override
                public void ready() {
                    at("ready", note::ready);
                }

                @Override
                public void done(long revision) {
                    at("done", () -> note.done(revision));
                }

                @Override
                public void refused(String why) {
                    note.refused(why);
                }

                @Override
                public void unclear(String why) {
                    note.unclear(why);
                }
            };
        });
    }

    private void save(Directory directory, String value) {
        Entry smtp = house.read(house.smtp);
        directory.save(
                smtp.place(),
                Map.of(INTERVAL, smtp.values(INTERVAL)),
                Map.of(INTERVAL, List.of(value)),
                smtp.revision());
    }

    private void endsAs(String step, boolean before, Consumer<Directory> change, List<Change.State> expected)
            throws IOException {
        Directory directory = dying(step, before);
        assertThrows(Killed.class, () -> change.accept(directory));
        kill();
        start();
        await(() -> history.unended().isEmpty());
        List<Change> changes = history.find(Filter.ALL, 0, 10).changes();
        assertEquals(expected, changes.stream().map(Change::state).toList(), step + " " + before);
        changes.forEach(each -> assertEquals(Records.ANNA, each.author()));
        assertTrue(history.verify().isWhole());
    }

    @Test
    void beforeTheFirstLineNothingHappened() throws IOException {
        endsAs("about", true, directory -> save(directory, "11"), List.of());
    }

    @Test
    void afterTheFirstLineNothingHappenedAndThatIsSaid() throws IOException {
        endsAs("about", false, directory -> save(directory, "11"), List.of(Change.State.REFUSED));
    }

    @Test
    void afterTheLineIsOnDiskNothingHappenedAndThatIsSaid() throws IOException {
        endsAs("ready", false, directory -> save(directory, "11"), List.of(Change.State.REFUSED));
    }

    @Test
    void afterTheDirectoryTookItItIsDoneInTheNameOfItsAuthor() throws IOException {
        endsAs("done", true, directory -> save(directory, "11"), List.of(Change.State.DONE));
        assertEquals(List.of("11"), house.read(house.smtp).values(INTERVAL));
    }

    @Test
    void afterTheLastLineAllIsSaid() throws IOException {
        endsAs("done", false, directory -> save(directory, "11"), List.of(Change.State.DONE));
    }

    @Test
    void aDeletionCutOffIsFoundOut() throws IOException {
        endsAs(
                "done",
                true,
                directory -> directory.delete(house.smtp, house.read(house.smtp).revision()),
                List.of(Change.State.DONE));
    }

    @Test
    void whatOthersChangeIsWrittenDownAsTheirs() throws IOException {
        save(house.directory, "12"); // past the history, as another tool does
        await(() -> isSettled(1));
        Change change = history.find(Filter.ALL, 0, 10).changes().getFirst();
        assertEquals(Author.By.TOOL, change.author().by());
        assertEquals(Change.State.DONE, change.state());
        assertTrue(change.author().who().contains("cn=service"), change.author().who());
        Alteration alteration = change.deeds().getFirst().alterations().getFirst();
        assertEquals(INTERVAL, alteration.attribute());
        assertEquals(List.of(), alteration.before());
        assertEquals(List.of(Value.open("12")), alteration.after());
    }

    @Test
    void whoeverItWasIsNamedAsHisObjectIsSpelled() throws IOException {
        var address = house.server.address().as("CN=Admin, OU=People,O=ACME,DC=posthouse", "a long enough pass phrase");
        try (Directory tool = Directory.connect(address, Clock.systemUTC())) {
            save(tool, "12");
            await(() -> isSettled(1));
        }
        Change change = history.find(Filter.ALL, 0, 10).changes().getFirst();
        assertEquals(Author.By.TOOL, change.author().by());
        assertEquals(house.admin.toString(), change.author().who());
    }

    @Test
    void whatStoodInAnObjectThatAnotherToolDeletedIsKeptWithIt() throws IOException {
        int agents = house.tree().servers().getFirst().agents().size();
        kill();
        house.server.deleteAll(house.mail1.toString());
        start();
        await(() -> isSettled(1));
        Change change = history.find(Filter.ALL, 0, 10).changes().getFirst();
        assertEquals(house.mail1.toString(), change.deeds().getFirst().object());
        assertEquals(1 + agents, change.deeds().size());
        assertTrue(change.deeds().stream().allMatch(deed -> deed.what() == Deed.What.REMOVED));
        assertTrue(change.deeds().stream().skip(1).allMatch(deed -> deed.kind().isAgent()));
    }

    @Test
    void ourOwnChangesAreNotTakenForOthers() throws IOException {
        Directory own = house.directory.observed(history.scribe(Records.ANNA));
        for (int i = 20; i < 30; i++) {
            save(own, Integer.toString(i));
        }
        save(house.directory, "12"); // the one that is not
        await(() -> isSettled(11));
        List<Change> all = history.find(Filter.ALL, 0, 20).changes();
        assertEquals(11, all.size());
        assertEquals(
                1,
                all.stream()
                        .filter(each -> each.author().by() == Author.By.TOOL)
                        .count());
        assertEquals(
                List.of(Value.open("29")),
                all.getFirst().deeds().getFirst().alterations().getFirst().before());
    }

    @Test
    void whatWasChangedWhileTheConsoleWasDownIsFoundAtTheStart() throws IOException {
        kill();
        save(house.directory, "13");
        house.server.delete(house.mail1.child("cn", "POP Agent").toString());
        start();
        await(() -> isSettled(2));
        List<Deed.What> deeds = history.find(Filter.ALL, 0, 10).changes().stream()
                .map(each -> each.deeds().getFirst().what())
                .sorted()
                .toList();
        assertEquals(List.of(Deed.What.CHANGED, Deed.What.REMOVED), deeds);
        kill();
        start();
        assertEquals(2, history.size(), "it was found twice");
    }

    @Test
    void usersThatOthersChangeAreWrittenDownToo() throws IOException {
        Entry admin = house.read(house.admin);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        house.directory.save(
                admin.place(), Map.of(), Map.of("description", List.of("changed by a tool")), admin.revision());
        await(() -> isSettled(1));
        Change change =
                history.find(Filter.of(house.admin.toString()), 0, 10).changes().getFirst();
        assertEquals(Author.By.TOOL, change.author().by());
    }
}
