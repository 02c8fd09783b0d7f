package org.posthouse.webadmin.pulse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Board.Obedience;
import org.posthouse.webadmin.pulse.Overview.Line;

/** Wanted and obeyed side by side: nothing counts as obeyed that no engine says, and what needs care comes first. */
class OverviewTest {

    private static final Place SERVICES = Place.of("o=Internet Services,dc=posthouse");
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final List<Entry> wanted = new ArrayList<>();
    private final Map<Place, Board.Server> seen = new HashMap<>();

    @Test
    void whatNeedsCareStandsFirstAndTheRestByName() {
        server("quiet", 5, "running", 5, "running", 5);
        server("slow", 9, "running", 9, "running", 7);
        server("Absent", 5, "running", 5);
        seen.remove(place("Absent"));
        server("broken", 5, "running", 5, "refused", 4);
        server("another", 5, "running", 5, "running", 5);
        assertEquals(
                List.of("broken", "slow", "Absent", "another", "quiet"),
                look().lines().stream().map(line -> line.server().name()).toList());
    }

    @Test
    void anEngineThatCannotBeReachedIsNeverShownAsObeying() {
        server("gone", 5, "running", 5, "running", 5);
        seen.clear();
        Line line = look().lines().getFirst();
        assertTrue(line.parts().allMatch(part -> part.verdict() == Verdict.UNREACHABLE));
        assertTrue(
                line.parts().allMatch(part -> part.obeyed() == 0 && part.since().isEmpty()));
        assertEquals("no word from host1", line.server().reason());
    }

    @Test
    void anAgentLagsUntilTheLaterRevisionOfItsServerIsObeyed() {
        server("mail", 8, "running", 8, "running", 7);
        assertEquals(Verdict.LAGS, smtp().verdict());
        assertEquals(8, smtp().wanted());
    }

    @Test
    void anOlderRevisionThatWasReadDoesNotHideWhatItsEngineKnows() {
        server("mail", 5, "running", 5);
        agent("mail", said("running", 6, 5));
        assertEquals(Verdict.LAGS, smtp().verdict());
    }

    @Test
    void whatIsDisabledRestsUnlessItsEngineHasNotHeardThatItShallRun() {
        server("mail", 5, "running", 5);
        agent("mail", said("disabled", 5, 0));
        assertEquals(Verdict.RESTS, smtp().verdict());
        agent("mail", said("disabled", 4, 0));
        assertEquals(Verdict.LAGS, smtp().verdict());
    }

    @Test
    void anAgentOfARunningServerOfWhichTheEngineSaysNothingLags() {
        server("mail", 5, "running", 5);
        assertEquals(Verdict.LAGS, smtp().verdict());
    }

    @Test
    void agentsOfAServerThatIsRefusedAreRefusedWithItsReason() {
        server("mail", 5, "broken", 0);
        assertEquals(Verdict.REFUSES, smtp().verdict());
    }

    @Test
    void anAgentThatIsEnabledAndWaitsNeedsAttention() {
        server("mail", 5, "running", 5, "waiting", 0);
        assertEquals(Verdict.WAITS, smtp().verdict());
        assertTrue(smtp().verdict().needsCare());
        assertEquals(1, look().cares());
    }

    @Test
    void aServerThatRefusesOneOfItsOwnValuesIsNotInSync() {
        server("mail", 5, "running", 5, "running", 5);
        var refusal = new Board.Refusal("dbfDirectory", "/proc/x", "It cannot be created.", Optional.of(NOON), 5);
        Board.Server known = Objects.requireNonNull(seen.get(place("mail")));
        seen.put(place("mail"), board(place("mail"), said("running", 5, 5, 4, List.of(refusal)), known.agents()));
        Line line = look().lines().getFirst();
        assertEquals(Verdict.REFUSES, line.server().verdict());
        assertEquals("It cannot be created.", line.server().reason());
        assertEquals(List.of(refusal), line.server().refusals());
        assertEquals(Verdict.OBEYS, smtp().verdict());
    }

    @Test
    void aRefusalOfAnEarlierRevisionIsNoneOfTheNewest() {
        server("mail", 6, "running", 6);
        agent("mail", said("refused", 6, 5, 4, List.of()));
        assertEquals(Verdict.LAGS, smtp().verdict());
    }

    @Test
    void aServerThatCannotBeUnderstoodIsShownAsUnknownWhateverItsEngineSays() {
        server("mail", 5, "running", 5, "running", 5);
        Line line = Overview.of(wanted, seen, host -> "", server -> Optional.of("The postmaster is missing."))
                .lines()
                .getFirst();
        assertEquals(Overview.UNKNOWN, line.server().state());
        assertEquals(Verdict.REFUSES, line.server().verdict());
        assertEquals("The postmaster is missing.", line.server().reason());
    }

    @Test
    void unreachableServersNeverCountAsInSync() {
        for (int number = 0; number < 200; number++) {
            server("server" + number, 5, "running", 5);
        }
        seen.clear();
        assertEquals(Map.of(Verdict.UNREACHABLE, 400L), look().counts());
        assertEquals(400, look().cares());
    }

    @Test
    void serversCountAlongWithTheirAgents() {
        server("one", 5, "running", 5, "running", 5);
        server("two", 5, "running", 5, "running", 4);
        server("three", 5, "running", 5, "failed", 5);
        assertEquals(Map.of(Verdict.OBEYS, 4L, Verdict.LAGS, 1L, Verdict.REFUSES, 1L), look().counts());
        assertEquals(3, look().agents());
    }

    private Overview look() {
        return Overview.of(
                wanted, seen, host -> "no word from " + host.orElseThrow().leaf(), server -> Optional.empty());
    }

    private Overview.Part smtp() {
        return Objects.requireNonNull(look().lines().getFirst().agents().get(Kind.SMTP_AGENT));
    }

    private static Place place(String server) {
        return SERVICES.child("ou", server);
    }

    private void server(String name, long wants, String state, long obeyed) {
        Place place = place(name);
        wanted.add(new Entry(
                place, Kind.MESSAGING_SERVER, wants, Map.of("posthouseHost", List.of("cn=host1,dc=posthouse"))));
        wanted.add(new Entry(place.child("cn", "SMTP Agent"), Kind.SMTP_AGENT, 1, Map.of()));
        seen.put(place, board(place, said(state, wants, obeyed), List.of()));
    }

    private void server(String name, long wants, String state, long obeyed, String agentState, long agentObeys) {
        server(name, wants, state, obeyed);
        agent(name, said(agentState, wants, agentObeys));
    }

    private void agent(String server, Obedience word) {
        Place place = place(server).child("cn", "SMTP Agent");
        seen.computeIfPresent(
                place(server),
                (at, board) -> board(
                        at,
                        board.obedience(),
                        List.of(new Board.Agent(place, Kind.SMTP_AGENT, word, List.of(), Map.of(), List.of()))));
    }

    private static Obedience said(String state, long wants, long obeyed) {
        return said(state, wants, wants, obeyed, List.of());
    }

    private static Obedience said(String state, long wants, long tried, long obeyed, List<Board.Refusal> refusals) {
        return new Obedience(
                State.of(state),
                "",
                wants,
                tried,
                Optional.of(NOON),
                obeyed,
                Optional.of(NOON),
                Optional.empty(),
                refusals);
    }

    private static Board.Server board(Place place, Obedience word, List<Board.Agent> agents) {
        return new Board.Server(
                place,
                place.leaf(),
                word,
                agents,
                Board.Queue.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
