package org.posthouse.webadmin.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;

/** How long a plan takes in a tree of 200 servers and 3,000 agents; the tree itself has been read. */
@Tag("bench")
class PlannerBench {

    private static final int SERVERS = 200;
    private static final int AGENTS = 15;
    private static final int RUNS = 40;

    private static List<Entry> forest(House house) {
        var entries = new ArrayList<>(house.directory.configuration());
        Place services = house.mail1.parent().orElseThrow();
        List<Kind> kinds =
                Stream.of(Kind.values()).filter(Kind::isAgent).limit(AGENTS).toList();
        for (int number = 0; number < SERVERS; number++) {
            Place server = services.child("ou", "server" + number);
            entries.add(new Entry(
                    server,
                    Kind.MESSAGING_SERVER,
                    number + 1,
                    Map.of(
                            "posthouseHost", List.of(house.host.toString()),
                            "posthousePostmaster", List.of(house.admin.toString()),
                            "posthouseOfficialDomain", List.of("server" + number + ".example"))));
            for (Kind kind : kinds) {
                entries.add(new Entry(server.child("cn", kind.label()), kind, number + 1, Map.of()));
            }
        }
        return entries;
    }

    private static double median(Runnable work) {
        var times = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long begun = System.nanoTime();
            work.run();
            times[run] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(times);
        return times[RUNS / 2];
    }

    @Test
    void aPlanInALargeTree() {
        try (var house = new House()) {
            var tree = Tree.of(forest(house));
            var planner = new Planner(house.directory, tree, Running.NOTHING);
            Place server = house.mail1.parent().orElseThrow().child("ou", "server77");
            List<Step> one = List.of(new Step.Alter(server, Map.of("posthouseWorkDirectory", List.of("elsewhere"))));
            assertEquals(AGENTS, planner.plan(one).touches().size());
            double single = median(() -> planner.plan(one));
            List<Step> many = thousand(house);
            Plan plan = planner.plan(many);
            assertEquals(1_000, plan.differences().size());
            assertTrue(plan.isSound(), plan.flaws().toString());
            double thousand = median(() -> planner.plan(many));
            double decoding = median(() -> Tree.of(tree.entries()));
            System.out.printf(
                    "%d servers, %d agents: decoding the tree %.0f ms, plan of one change %.1f ms, of 1,000 options %.0f ms%n",
                    SERVERS, SERVERS * AGENTS, decoding, single, thousand);
            assertTrue(single < 200 && thousand < 2_000);
        }
    }

    private static List<Step> thousand(House house) {
        var steps = new ArrayList<Step>();
        Place services = house.mail1.parent().orElseThrow();
        for (int number = 0; number < SERVERS; number++) {
            Place server = services.child("ou", "server" + number);
            var wanted = new HashMap<String, List<String>>();
            wanted.put("posthouseSmtpPort", List.of("2525"));
            wanted.put("posthouseAllowVrfy", List.of("TRUE"));
            wanted.put("posthouseMessageLimit", List.of("20"));
            steps.add(new Step.Alter(server.child("cn", Kind.SMTP_AGENT.label()), wanted));
            steps.add(new Step.Alter(
                    server, Map.of("posthouseWorkDirectory", List.of("t"), "posthouseDistributed", List.of("FALSE"))));
        }
        return steps;
    }
}
