package org.posthouse.webadmin.pulse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Change.Effect;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.History.Done;
import org.posthouse.webadmin.pulse.Board.Obedience;

/** After what time a change is obeyed: said once every engine concerned has come to it, and not before. */
class SequelTest {

    private static final Place MAIL1 = Place.of("ou=mail1,o=Internet Services,dc=posthouse");
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant LATER = NOON.plusMillis(500);

    private static Place agent(Kind kind) {
        return MAIL1.child("cn", kind.label());
    }

    private static Sequel of(Deed.What what, Place place, Kind kind) {
        return Sequel.of(new Done(1, 7, NOON, List.of(new Deed(1, what, place.toString(), kind, List.of())), false));
    }

    private static Obedience part(String state, long wanted, long obeyed, long millis) {
        return new Obedience(state, "why", wanted, obeyed, Optional.of(NOON.plusMillis(millis)), Optional.empty());
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
        var server = new Board.Server(
                MAIL1,
                "mail1",
                whole,
                Arrays.asList(agents),
                Board.Queue.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return sequel.effect(place -> Optional.of(server), LATER);
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
        assertEquals(
                Optional.of(new Effect(-1, "mail1: nothing runs that had to obey")),
                effect(sequel, smtp(part("disabled", 7, 0, -9_000))));
    }

    @Test
    void anAgentThatIsAboutToStartAgainDoesNotRest() {
        Sequel sequel = of(Deed.What.CHANGED, MAIL1, Kind.MESSAGING_SERVER);
        var between = new Obedience("stopped", "", 7, 6, Optional.of(NOON), Optional.empty());
        assertEquals(Optional.empty(), effect(sequel, smtp(between)));
        assertEquals(Optional.empty(), effect("stopping", sequel, smtp(between)));
        assertEquals(Optional.empty(), effect("starting", sequel, smtp(between)));
        assertEquals(Optional.empty(), effect(between, sequel, smtp(between)));
        assertEquals(
                Optional.of(new Effect(-1, "mail1: nothing runs that had to obey")),
                effect("stopped", sequel, smtp(between)));
        assertEquals(Optional.empty(), effect(sequel, smtp(part("running", 7, 7, 300)), pop(between)));
        assertEquals(
                Optional.of(new Effect(-1, "mail1: nothing runs that had to obey")),
                effect(sequel, smtp(part("stopped", 7, 6, -9_000))));
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
        assertEquals(after(500), removed.effect(place -> Optional.empty(), LATER));
        Sequel changed = of(Deed.What.CHANGED, MAIL1, Kind.MESSAGING_SERVER);
        assertEquals(Optional.empty(), changed.effect(place -> Optional.empty(), LATER));
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
