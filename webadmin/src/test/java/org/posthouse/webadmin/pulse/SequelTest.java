package org.posthouse.webadmin.pulse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Alteration;
import org.posthouse.webadmin.history.Change.Effect;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.History.Done;
import org.posthouse.webadmin.history.Value;
import org.posthouse.webadmin.pulse.Board.Obedience;

/** After what time a change is obeyed: said once every engine concerned has come to it, and not before. */
class SequelTest {

    private static final Place MAIL1 = Place.of("ou=mail1,o=Internet Services,dc=posthouse");
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final String NOTHING_RUNS =
            "mail1: nothing runs that could apply it; it takes effect at the next start";
    private static final Instant LATER = NOON.plusMillis(500);

    private static Place agent(Kind kind) {
        return MAIL1.child("cn", kind.label());
    }

    private static Sequel of(Deed.What what, Place place, Kind kind) {
        return Sequel.of(new Done(1, 7, NOON, List.of(new Deed(1, what, place.toString(), kind, List.of())), false));
    }

    private static Obedience part(String state, long wanted, long obeyed, long millis) {
        return part(state, wanted, wanted, obeyed, millis, List.of());
    }

    private static Obedience part(
            String state, long wanted, long tried, long obeyed, long millis, List<Board.Refusal> refusals) {
        Optional<Instant> at = Optional.of(NOON.plusMillis(millis));
        return new Obedience(State.of(state), "why", wanted, tried, at, obeyed, at, Optional.empty(), refusals);
    }

    private static Sequel changed(Place place, Kind kind, String attribute) {
        return Sequel.of(done(1, 7, place, kind, attribute));
    }

    private static Done done(long number, long revision, Place place, Kind kind, String attribute) {
        var altered = new Alteration(attribute, List.of(), List.of(Value.open("new")), true);
        return new Done(
                number,
                revision,
                NOON,
                List.of(new Deed(number, Deed.What.CHANGED, place.toString(), kind, List.of(altered))),
                false);
    }

    private static Board.Agent smtp(Obedience obedience) {
        return new Board.Agent(agent(Kind.SMTP_AGENT), Kind.SMTP_AGENT, obedience, List.of(), Map.of(), List.of());
    }

    private static Board.Agent pop(Obedience obedience) {
        return new Board.Agent(agent(Kind.POP_AGENT), Kind.POP_AGENT, obedience, List.of(), Map.of(), List.of());
    }

    private static Optional<Effect> effect(Sequel sequel, Board.Agent... agents) {
        return effect("running", sequel, agents);
    }

    private static Optional<Effect> effect(String state, Sequel sequel, Board.Agent... agents) {
        return effect(part(state, 7, 7, 0), sequel, agents);
    }

    private static Optional<Effect> effect(Obedience whole, Sequel sequel, Board.Agent... agents) {
        Board.Server server = board(whole, agents);
        return sequel.effect(place -> Optional.of(server), LATER, Optional.empty());
    }

    private static Board.Server board(Obedience whole, Board.Agent... agents) {
        return new Board.Server(
                MAIL1,
                "mail1",
                whole,
                Arrays.asList(agents),
                Board.Queue.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Effect> after(long millis) {
        return Optional.of(new Effect(millis, ""));
    }

    @Test
    void anAgentsChangeConcernsThatAgentAlone() {
        Sequel sequel = of(Deed.What.CHANGED, agent(Kind.SMTP_AGENT), Kind.SMTP_AGENT);
        assertEquals(after(84), effect(sequel, smtp(part("running", 7, 7, 84)), pop(part("running", 6, 6, -9_000))));
        assertEquals(Optional.empty(), effect(sequel, smtp(part("running", 7, 6, -9_000))));
    }

    @Test
    void aServersChangeIsObeyedWhenItsSlowestAgentDoes() {
        Sequel sequel = of(Deed.What.CHANGED, MAIL1, Kind.MESSAGING_SERVER);
        assertEquals(after(90), effect(sequel, smtp(part("running", 7, 7, 84)), pop(part("running", 7, 7, 90))));
        assertEquals(Optional.empty(), effect(sequel, smtp(part("running", 7, 7, 84)), pop(part("running", 7, 6, 0))));
    }

    @Test
    void whatAnEngineSaysOfAnEarlierChangeIsNotTakenForThisOne() {
        Sequel sequel = of(Deed.What.CHANGED, agent(Kind.SMTP_AGENT), Kind.SMTP_AGENT);
        assertEquals(Optional.empty(), effect(sequel, smtp(part("refused", 6, 5, -9_000))));
        assertEquals(Optional.empty(), effect(sequel, smtp(part("disabled", 6, 0, -9_000))));
        assertEquals(Optional.of(new Effect(-1, "mail1: why")), effect(sequel, smtp(part("refused", 7, 5, -9_000))));
        assertEquals(Optional.of(new Effect(-1, NOTHING_RUNS)), effect(sequel, smtp(part("disabled", 7, 0, -9_000))));
    }

    @Test
    void anAgentThatIsAboutToStartDoesNotRest() {
        Sequel sequel = changed(agent(Kind.POP_AGENT), Kind.POP_AGENT, "posthouseAgentEnabled");
        assertEquals(Optional.empty(), effect(sequel, pop(part("starting", 7, 0, 0))));
        assertEquals(Optional.empty(), effect(sequel, pop(part("stopping", 7, 0, 0))));
        assertEquals(
                Optional.empty(),
                effect(sequel, pop(part("waiting", 7, 0, 0))),
                "Save itself may start it in a moment");
        assertEquals(after(280), effect(sequel, pop(part("running", 7, 7, 280))));
    }

    @Test
    void whatIsSwitchedOffAndDoesNotRunDoesWhatIsWanted() {
        Sequel switched = changed(agent(Kind.POP_AGENT), Kind.POP_AGENT, "posthouseAgentEnabled");
        assertEquals(after(30), effect(switched, pop(part("disabled", 7, 0, 30))));
        Sequel other = changed(agent(Kind.SMTP_AGENT), Kind.SMTP_AGENT, "posthouseSmtpPort");
        assertEquals(Optional.of(new Effect(-1, NOTHING_RUNS)), effect(other, smtp(part("disabled", 7, 0, 30))));
    }

    @Test
    void aServerCountsAlongWithItsAgents() {
        Sequel sequel = changed(MAIL1, Kind.MESSAGING_SERVER, "posthouseDbfDirectory");
        var refusal = new Board.Refusal("dbfDirectory", "/proc/x", "It cannot be created.", Optional.empty(), 7);
        Obedience server = part("running", 7, 7, 6, 0, List.of(refusal));
        assertEquals(
                Optional.of(new Effect(-1, "mail1: why")), effect(server, sequel, smtp(part("running", 7, 7, 47))));
        assertEquals(
                Optional.empty(),
                effect(part("running", 7, 6, 6, 0, List.of()), sequel, smtp(part("running", 7, 7, 47))),
                "the server itself has not come to it");
    }

    @Test
    void aRefusalOfTheValueBeforeSaysNothingOfThisOne() {
        Sequel sequel = changed(MAIL1, Kind.MESSAGING_SERVER, "posthouseWorkDirectory");
        var before = new Board.Refusal("tempDirectory", "/proc/nothing", "It cannot be created.", Optional.empty(), 6);
        assertEquals(Optional.empty(), effect(part("running", 7, 6, 5, 0, List.of(before)), sequel));
        assertEquals(after(138), effect(part("running", 7, 7, 138), sequel));
    }

    @Test
    void aRefusalOfAnotherOptionDoesNotHinderOneThatTakesEffectAtOnce() {
        var refusal = new Board.Refusal("dbfDirectory", "/proc/x", "It cannot be created.", Optional.empty(), 6);
        Obedience server = part("running", 7, 7, 5, 60, List.of(refusal));
        assertEquals(after(60), effect(server, changed(MAIL1, Kind.MESSAGING_SERVER, "posthouseResolver")));
        assertEquals(
                Optional.of(new Effect(-1, "mail1: why")),
                effect(server, changed(MAIL1, Kind.MESSAGING_SERVER, "posthouseIpAddress")),
                "an option that rebinds waits for the one that is refused");
    }

    @Test
    void aChangeThatWasReplacedBeforeAnyEngineAppliedItIsNotCalledApplied() {
        Done move = done(1, 7, MAIL1, Kind.MESSAGING_SERVER, "posthouseHost");
        Done back = done(2, 8, MAIL1, Kind.MESSAGING_SERVER, "posthouseHost");
        Sequel sequel = Sequel.of(move);
        assertTrue(sequel.isReplacedBy(back));
        assertFalse(sequel.isReplacedBy(done(2, 8, MAIL1, Kind.MESSAGING_SERVER, "posthouseResolver")));
        assertFalse(Sequel.of(back).isReplacedBy(move));
        var server = board(part("running", 8, 8, 6_724));
        assertEquals(
                Optional.of(
                        new Effect(-1, "mail1: replaced by change 2 before an engine reported that it was applied")),
                sequel.effect(place -> Optional.of(server), LATER, Optional.of(back)));
        assertEquals(
                after(90),
                sequel.effect(place -> Optional.of(board(part("running", 7, 7, 90))), LATER, Optional.of(back)),
                "it was in force before the next one was seen");
    }

    @Test
    void anAgentThatComesOrGoesIsObeyedWhenTheBoardSaysSo() {
        Sequel made = of(Deed.What.MADE, agent(Kind.POP_AGENT), Kind.POP_AGENT);
        assertEquals(Optional.empty(), effect(made, smtp(part("running", 7, 7, 0))));
        assertEquals(after(20), effect(made, pop(part("running", 7, 7, 20))));
        Sequel removed = of(Deed.What.REMOVED, agent(Kind.POP_AGENT), Kind.POP_AGENT);
        assertEquals(Optional.empty(), effect(removed, pop(part("running", 6, 6, -9_000))));
        assertEquals(after(500), effect(removed, smtp(part("running", 7, 7, 10))));
    }

    @Test
    void aServerThatGoesIsObeyedWhenNoBoardSpeaksOfIt() {
        Sequel removed = of(Deed.What.REMOVED, MAIL1, Kind.MESSAGING_SERVER);
        assertEquals(Optional.empty(), effect(removed));
        assertEquals(after(500), removed.effect(place -> Optional.empty(), LATER, Optional.empty()));
        Sequel changed = of(Deed.What.CHANGED, MAIL1, Kind.MESSAGING_SERVER);
        assertEquals(Optional.empty(), changed.effect(place -> Optional.empty(), LATER, Optional.empty()));
        assertEquals(Optional.of(MAIL1), changed.laggard(place -> Optional.empty(), LATER));
    }

    @Test
    void whatAnotherToolDidIsObeyedWhenTheEngineMovesAfterIt() {
        var deed = new Deed(1, Deed.What.CHANGED, agent(Kind.SMTP_AGENT).toString(), Kind.SMTP_AGENT, List.of());
        Sequel sequel = Sequel.of(new Done(1, 0, NOON, List.of(deed), true));
        assertEquals(Optional.empty(), effect(sequel, smtp(part("running", 7, 7, -1))));
        assertEquals(after(40), effect(sequel, smtp(part("running", 7, 7, 40))));
    }
}
