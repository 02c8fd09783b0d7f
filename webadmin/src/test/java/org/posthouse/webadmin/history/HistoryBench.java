package org.posthouse.webadmin.history;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.tree.Kind;

/** How long it takes to read, filter, compare and verify a history of 100,000 changes. Printed, not asserted. */
@Tag("bench")
class HistoryBench {

    private static final int CHANGES = 100_000;
    private static final int SERVERS = 200;
    private static final int ROUNDS = 15;

    @TempDir
    private Path home;

    @Test
    void ofAHundredThousandChanges() throws Exception {
        write();
        long before = used();
        long began = System.nanoTime();
        try (History history = History.open(home, Clock.systemUTC(), () -> Optional.of("secret"))) {
            System.out.printf("opened after %.1f ms%n", millis(began));
            history.index();
            System.out.printf(
                    "read and verified after %.0f ms; index %.1f MB%n", millis(began), (used() - before) / 1e6);
            measure(history);
        }
    }

    private void measure(History history) throws Exception {
        time("first page of all", () -> history.find(Filter.ALL, 0, 50));
        time("of one server", () -> history.find(Filter.of(server(7)), 0, 50));
        time("of one option", () -> history.find(option("maximum message size"), 0, 50));
        time("of one author in a week", () -> history.find(authorInAWeek(), 0, 50));
        time("text in a value", () -> history.find(text("value 99999"), 0, 50));
        time("text in no value", () -> history.find(text("nothing like it"), 0, 50));
        time("compare all, first page", () -> history.compare(0, history.newest(), "", 0, 50));
        time("compare all, every object", () -> history.compare(0, history.newest(), "", 0, Integer.MAX_VALUE));
        time(
                "compare the last tenth",
                () -> history.compare(history.newest() * 9 / 10, history.newest(), "", 0, Integer.MAX_VALUE));
        time("compare one server", () -> history.compare(1_000, history.newest() / 2, server(7), 0, Integer.MAX_VALUE));
        time("verify", history::verify);
    }

    private static Filter option(String name) {
        return new Filter(
                "",
                true,
                "",
                Naming.attributes(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    private static Filter text(String text) {
        return new Filter(
                "",
                true,
                "",
                java.util.Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                text);
    }

    private static Filter authorInAWeek() {
        Instant from = Instant.parse("2026-11-03T00:00:00Z");
        return new Filter(
                "",
                true,
                "admin3",
                java.util.Set.of(),
                Optional.of(Deed.What.CHANGED),
                Optional.of(Author.By.PAGE),
                Optional.of(from),
                Optional.of(from.plus(Duration.ofDays(7))),
                "");
    }

    private static void time(String what, Callable<?> act) throws Exception {
        double[] rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            act.call();
            rounds[i] = millis(began);
        }
        double first = rounds[0];
        Arrays.sort(rounds);
        System.out.printf(
                "%-28s median %6.1f ms, first %6.1f, worst %6.1f%n",
                what, rounds[ROUNDS / 2], first, rounds[ROUNDS - 1]);
    }

    private static double millis(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String server(int i) {
        return "ou=mail" + i % SERVERS + ",o=Internet Services,dc=posthouse";
    }

    // Straight into the journal: that each line is synced is measured elsewhere.
    private void write() throws IOException {
        Instant start = Instant.parse("2026-11-01T00:00:00Z");
        var secrets = new Secrets(Optional::empty);
        try (var journal = new Journal(home.resolve("history"), Clock.fixed(start, java.time.ZoneOffset.UTC))) {
            for (int i = 0; i < CHANGES; i++) {
                Instant at = start.plus(Duration.ofSeconds(20L * i));
                var author =
                        new Author("cn=admin" + i % 8 + ",ou=people,o=Acme,dc=posthouse", "192.0.2.1", Author.By.PAGE);
                long number = journal.append(Lines.act(0, at, Duration.ZERO, author, deed(i, secrets)))
                        .number();
                journal.append(Lines.end(number, at, Change.State.DONE, i + 1, ""));
            }
            journal.sync();
        }
    }

    private static Deed deed(int i, Secrets secrets) {
        String attribute = List.of("posthouseMessageLimit", "posthouseRelayHost", "posthouseDomain")
                .get(i % 3);
        var alteration = Alteration.between(
                attribute,
                secrets.kept(attribute, List.of("value " + i)),
                secrets.kept(attribute, List.of("value " + (i + 3))));
        return new Deed(0, Deed.What.CHANGED, "cn=SMTP Agent," + server(i / 3), Kind.SMTP_AGENT, List.of(alteration));
    }
}
