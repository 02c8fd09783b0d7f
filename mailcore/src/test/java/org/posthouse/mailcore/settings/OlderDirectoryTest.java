package org.posthouse.mailcore.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.engine.Tree;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** An engine whose directory went back to an older state keeps its settings until somebody decides. */
class OlderDirectoryTest {

    @TempDir
    private Path home;

    private final Tree tree = Tree.planted();
    private @Nullable SettingsFeed running;
    private volatile Settings settings = Settings.NONE;

    private SettingsFeed feed() {
        return Objects.requireNonNull(running);
    }

    private void start() {
        running = new SettingsFeed(
                () -> Directory.connect(tree.address(), Clock.systemUTC()),
                new SettingsFeed.Listener(now -> settings = now, place -> {}, () -> {}),
                new LastGood(home.resolve("last-good.txt")),
                Clock.systemUTC());
        running.start();
    }

    @AfterEach
    void close() {
        feed().close();
        tree.close();
    }

    private void restart() {
        feed().close();
        settings = Settings.NONE;
        start();
    }

    private static void await(String what, BooleanSupplier something) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!something.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private Place alias() {
        return tree.directory().internetServices().child("cn", "host alias");
    }

    private void describe(String text) {
        Entry alias = tree.directory().read(alias()).orElseThrow();
        tree.directory()
                .save(
                        alias(),
                        Map.of("description", alias.values("description")),
                        Map.of("description", List.of(text)),
                        alias.revision());
    }

    private String described() {
        return settings.wanted().values().stream()
                .filter(entry -> entry.place().equals(alias()))
                .flatMap(alias -> alias.value("description").stream())
                .findFirst()
                .orElse("");
    }

    private Runnable yesterday() {
        tree.directory()
                .create(new NewObject(
                        alias(),
                        Kind.ALIAS,
                        Map.of(
                                "aliasedObjectName",
                                List.of(tree.acme().child("cn", Tree.HOST).toString()))));
        start();
        describe("yesterday");
        await("the first settings", () -> described().equals("yesterday"));
        Runnable back = tree.backup();
        // So that what comes now is learnt of by following, not by the first reading.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_200));
        describe("today");
        await("the second settings", () -> described().equals("today"));
        return back;
    }

    @Test
    void itKeepsItsSettingsAndSaysWhy() {
        yesterday().run();
        await("nothing was noticed", () -> feed().state().state().equals("older"));
        assertEquals("today", described());
        assertTrue(
                feed().state().reason().contains("older than the settings in use"),
                feed().state().reason());
    }

    @Test
    void itKeepsThemAcrossARestart() {
        Runnable back = yesterday();
        feed().close();
        back.run();
        restart();
        await("the kept settings", () -> described().equals("today"));
        assertTrue(feed().isOlder());
        describe("as many changes later");
        describe("as were lost, and more");
        describe("as were lost, and yet more");
        restart();
        await("the kept settings", () -> described().equals("today"));
        assertTrue(feed().isOlder(), "a pending decision was forgotten");
    }

    @Test
    void itFollowsAgainOnceTheOldStateIsAccepted() {
        long known = knownBeforeGoingBack();
        tree.directory().accept(known);
        await("the accepted settings", () -> described().equals("yesterday"));
        await("followed", () -> !feed().isOlder());
        describe("tomorrow");
        await("the next settings", () -> described().equals("tomorrow"));
        restart();
        await("the next settings", () -> described().equals("tomorrow"));
        assertTrue(!feed().isOlder());
    }

    private long knownBeforeGoingBack() {
        Runnable back = yesterday();
        long known = tree.directory().configVersion();
        back.run();
        await("nothing was noticed", feed()::isOlder);
        return known;
    }

    @Test
    void anAcceptanceOfLessThanItAppliedIsNotEnough() {
        long known = knownBeforeGoingBack();
        tree.directory().accept(known - 1);
        describe("more");
        restart();
        await("the kept settings", () -> described().equals("today"));
        assertTrue(feed().isOlder());
    }

    @Test
    void aRestoreCountsOnlyWhenItIsComplete() {
        long known = knownBeforeGoingBack();
        tree.directory().raise(known);
        describe("restored");
        restart();
        await("the kept settings", () -> described().equals("today"));
        assertTrue(feed().isOlder(), "half a restore was applied");
        tree.directory().accept(known);
        await("the restored settings", () -> described().equals("restored") && !feed().isOlder());
    }

    @Test
    void itFollowsTheNewerDirectoryWhenThatIsBack() {
        Runnable older = yesterday();
        Runnable newer = tree.backup();
        older.run();
        await("nothing was noticed", feed()::isOlder);
        newer.run();
        await("not followed again", () -> !feed().isOlder());
        assertEquals("today", described());
    }

    @Test
    void itKeepsThemBesideAnotherDirectoryOfAHigherRevision() {
        var _ = yesterday();
        feed().close();
        Entry services =
                tree.directory().read(tree.directory().internetServices()).orElseThrow();
        tree.directory()
                .save(
                        services.place(),
                        Map.of("posthouseSystemSecret", services.values("posthouseSystemSecret")),
                        Map.of("posthouseSystemSecret", List.of("the secret of another setup")),
                        services.revision());
        describe("another directory");
        restart();
        await("nothing was noticed", () -> feed().state().state().equals("older"));
        await("the kept settings", () -> described().equals("today"));
        assertTrue(
                feed().state().reason().contains("another directory"),
                feed().state().reason());
        tree.directory().accept(tree.directory().configVersion());
        await("it is accepted", () -> described().equals("another directory"));
    }
}
