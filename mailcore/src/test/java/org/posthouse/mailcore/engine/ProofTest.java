package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** A proof is a line that depends on the option: it is another one when the option is changed. */
class ProofTest {

    private static final List<Kind> AGENTS = List.of(Kind.NMAP_AGENT, Kind.SMTP_AGENT, Kind.POP_AGENT, Kind.IMAP_AGENT);
    // They need a certificate; the witnesses of the security page see their lines.
    private static final List<String> WITH_CERTIFICATE = List.of("sslAndTls", "certificate", "privateKey", "sslPort");
    // What these change is where or whether the agent answers at all; the engine's tests see it.
    private static final List<String> ELSEWHERE = List.of("enabled", "ipAddress", "forceBind");

    private record Change(String option, String value) {}

    // In an order in which each finds what it needs: VRFY is allowed before it tells of the postmaster.
    private static final List<Change> CHANGES = List.of(
            new Change("officialDomain", "new.example"),
            new Change("allowVrfy", "TRUE"),
            new Change("allowExpn", "TRUE"),
            new Change("verifyAddresses", "TRUE"),
            new Change("acceptEtrn", "FALSE"),
            new Change("maximumMessageSize", "7"),
            new Change("globalDomains", "second.example"),
            new Change("hostingDomains", "third.example"),
            new Change("plainLoginLocal", "FALSE"),
            new Change("port", "26"),
            new Change("submissionPort", "588"),
            new Change("postmaster", ""),
            new Change("retryInterval", "45"),
            new Change("retryTimeout", "6"),
            new Change("minimumSpace", "4096"));

    @TempDir
    Path home;

    private final Tree tree = Tree.planted();

    @AfterEach
    void close() {
        tree.close();
    }

    @Test
    void everyOptionWithEvidenceIsChangedHere() {
        var known = CHANGES.stream().map(Change::option).collect(Collectors.toCollection(TreeSet::new));
        known.addAll(WITH_CERTIFICATE);
        known.addAll(ELSEWHERE);
        var all = Stream.concat(AGENTS.stream(), Stream.of(Kind.MESSAGING_SERVER))
                .flatMap(kind -> kind.panels().stream())
                .flatMap(panel -> panel.options().stream())
                .map(OptionFacts::name)
                .filter(option -> AGENTS.stream().anyMatch(agent -> agent.evidence(option) != Evidence.NONE))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known, all);
    }

    @Test
    void theLineIsAnotherOneWhenTheOptionIsChanged() {
        tree.server(
                "mail1",
                "127.0.0.1",
                Map.of(
                        "posthouseOfficialDomain", List.of("example.com"),
                        "posthouseContext", List.of(tree.people().toString())),
                AGENTS.toArray(Kind[]::new));
        try (var world = World.of(tree, home)) {
            world.awaitBoard("127.0.0.1:" + world.port(143));
            world.awaitBoard("127.0.0.1:" + world.port(110));
            CHANGES.forEach(change -> prove(world, change));
            assertEquals("", line(world, Kind.SMTP_AGENT, "relayHost"), "nothing on the wire depends on it");
        }
    }

    private void prove(World world, Change change) {
        for (Kind agent : AGENTS) {
            if (isOf(agent, change.option()) && agent.evidence(change.option()) != Evidence.NONE) {
                String before = line(world, agent, change.option());
                Place place = holder(agent, change.option());
                tree.save(place, Map.of(facts(change.option()).attribute(), List.of(value(change))));
                world.await(
                        change.option() + " of " + agent,
                        () -> !line(world, agent, change.option()).equals(before));
                assertNotEquals("", line(world, agent, change.option()), change.option());
            }
        }
    }

    private static boolean isOf(Kind agent, String option) {
        return has(agent, option) || (has(Kind.MESSAGING_SERVER, option) && agent == Kind.SMTP_AGENT);
    }

    private Place holder(Kind agent, String option) {
        return has(agent, option) ? tree.agent("mail1", agent) : tree.server("mail1");
    }

    private static boolean has(Kind kind, String option) {
        return kind.panels().stream()
                .flatMap(panel -> panel.option(option).stream())
                .findAny()
                .isPresent();
    }

    private String value(Change change) {
        return change.option().equals("postmaster") ? tree.person("bob").toString() : change.value();
    }

    private static OptionFacts facts(String option) {
        return Stream.concat(AGENTS.stream(), Stream.of(Kind.MESSAGING_SERVER))
                .flatMap(kind -> kind.panels().stream())
                .flatMap(panel -> panel.option(option).stream())
                .findFirst()
                .orElseThrow();
    }

    private String line(World world, Kind agent, String option) {
        String body = world.get(
                        "/prove?agent=" + agent + "&option=" + option + "&server="
                                + URLEncoder.encode(tree.server("mail1").toString(), StandardCharsets.UTF_8),
                        Tree.SECRET)
                .body();
        // The time of the answer is no part of the line.
        return body.replaceFirst("^\\{\"line\":\"", "").replaceFirst("\",\"at\":.*$", "");
    }
}
