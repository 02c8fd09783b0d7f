package org.posthouse.e2e.bench;

import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posthouse.e2e.world.Another;
import org.posthouse.e2e.world.Applied;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.Loop;

/** From Save to obeyed of every option, class of effect by class of effect. Printed, not asserted. */
@Tag("bench")
class LoopBench {

    private static final Map<String, Integer> ROUNDS = Map.of("LIVE", 1_000, "REBIND", 100, "AGENT_RESTART", 40);

    private record Turn(String dn, String option, JsonValue one, JsonValue other) {}

    private final Loop loop = new Loop(Installed.product().api());

    @Test
    void everyOptionIsObeyedAfterSave() {
        giveEveryOptionWhatItNeeds();
        ROUNDS.keySet().stream().sorted().forEach(effect -> measure(effect, turns(effect)));
    }

    private void giveEveryOptionWhatItNeeds() {
        loop.api()
                .certificate(SERVER, "self-signed", JsonValue.EMPTY_JSON_OBJECT)
                .insist(200);
        loop.api().change(SERVER, "snmpUser", "watch");
        loop.api().change(SERVER, "snmpAuthPassword", "authentic words");
        loop.api().change(SERVER, "snmpPrivPassword", "private words");
        loop.api().change(SERVER, "snmpCommunity", "a community");
        loop.api().change(SERVER, "ipAddress", "127.0.0.1");
    }

    private List<Turn> turns(String effect) {
        var turns = new ArrayList<Turn>();
        var objects = new LinkedHashMap<String, String>();
        objects.put(SERVER, "MESSAGING_SERVER");
        objects.put(agent("NMAP Agent"), "NMAP_AGENT");
        objects.put(agent("SMTP Agent"), "SMTP_AGENT");
        objects.put(agent("POP Agent"), "POP_AGENT");
        objects.put(agent("IMAP Agent"), "IMAP_AGENT");
        objects.forEach((dn, kind) -> loop.options(kind).stream()
                .filter(option -> option.getString("effect").equals(effect))
                .forEach(option -> turn(dn, option).ifPresent(turns::add)));
        return turns;
    }

    // An option whose other value a script cannot make up, such as a licence, is left out, and a secret, which cannot
    // be
    // read to be put back.
    private Optional<Turn> turn(String dn, JsonObject option) {
        String name = option.getString("name");
        JsonObject object = loop.api().object(dn);
        JsonValue now = object.getJsonObject("options").getOrDefault(name, JsonValue.NULL);
        if (object.getJsonObject("secrets").containsKey(name)) {
            return Optional.empty();
        }
        return Another.value(option, now, object)
                .filter(other -> loop.isSound(dn, name, other))
                .map(other -> new Turn(dn, name, now, other));
    }

    private void measure(String effect, List<Turn> turns) {
        var nanos = new long[ROUNDS.getOrDefault(effect, 0)];
        String worst = "";
        long longest = 0;
        for (int round = 0; round < nanos.length; round++) {
            Turn turn = turns.get(round / 2 % turns.size());
            long begun = System.nanoTime();
            loop.save(turn.dn(), turn.option(), round % 2 == 0 ? turn.other() : turn.one());
            Applied.await(loop.api(), turn.dn());
            nanos[round] = System.nanoTime() - begun;
            if (nanos[round] > longest) {
                longest = nanos[round];
                worst = turn.option();
            }
        }
        System.out.printf(
                "Save to obeyed, %s, %d options in %d rounds: %s (worst: %s)%n",
                effect, turns.size(), nanos.length, Spread.of(nanos), worst);
    }
}
