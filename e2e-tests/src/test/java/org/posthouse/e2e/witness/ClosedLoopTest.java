package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.world.Another;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Applied;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Loop;

/**
 * Every option of the catalogue through the whole loop: its plan before, obeyed after, in the history, taken back, obeyed
 * again. The options are read from the catalogue, so that a new one is tried without a line here.
 */
@ExtendWith(LogOnFailure.class)
class ClosedLoopTest {

    // What a made-up value cannot be, each with the test that knows a real one.
    private static final Map<String, Class<?>> ELSEWHERE = Map.of(
            "certificate", SecurityWitnessTest.class,
            "privateKey", SecurityWitnessTest.class,
            "license", LicenseWitnessTest.class,
            "acmeAuthorities", AcmeWitnessTest.class,
            "acmeDirectory", AcmeWitnessTest.class,
            "hostServer", org.posthouse.e2e.world.Engine.class,
            "connectionManager", ServerWitnessTest.class,
            "connectionManagerEnabled", ServerWitnessTest.class,
            "members", ConsoleWitnessTest.class);

    private static final Loop LOOP = new Loop(Installed.product().api());
    // Agents that a new server does not have.
    private static final List<String> CREATED = new ArrayList<>();

    @BeforeAll
    static void giveEveryOptionWhatItNeeds() {
        var api = LOOP.api();
        api.createUser(Installed.PEOPLE, "second", Installed.SECRET);
        api.create(Json.createObjectBuilder()
                .add("kind", "ALIAS")
                .add("parent", Installed.PEOPLE)
                .add("name", "stands for")
                .add("options", Json.createObjectBuilder().add("target", Another.user("admin")))
                .build());
        LOOP.agents().forEach(ClosedLoopTest::create);
        api.certificate(SERVER, "self-signed", JsonValue.EMPTY_JSON_OBJECT).insist(200);
        api.change(SERVER, "snmpUser", "watch");
        api.change(SERVER, "snmpAuthPassword", "authentic words");
        api.change(SERVER, "snmpPrivPassword", "private words");
        api.change(SERVER, "snmpCommunity", "a community");
        api.change(SERVER, "ipAddress", "127.0.0.1");
    }

    private static void create(JsonObject kind) {
        String dn = Installed.agent(kind.getString("label"));
        if (LOOP.api()
                        .call("GET", "/objects?dn=" + Api.quoted(dn), JsonValue.NULL)
                        .code()
                == 404) {
            LOOP.api()
                    .create(Json.createObjectBuilder()
                            .add("kind", kind.getString("kind"))
                            .add("parent", SERVER)
                            .build());
            CREATED.add(dn);
            Applied.await(LOOP.api(), dn);
        }
    }

    @AfterAll
    static void leaveItAsItWas() {
        var api = LOOP.api();
        CREATED.forEach(dn -> api.delete(dn).insist(204));
        api.change(SERVER, "ipAddress", JsonValue.NULL);
        api.certificate(SERVER, "remove", JsonValue.EMPTY_JSON_OBJECT).insist(200);
        api.delete("cn=stands for," + Installed.PEOPLE).insist(204);
        api.delete(Another.user("second")).insist(204);
    }

    @TestFactory
    Stream<DynamicTest> everyOptionIsPlannedObeyedRecordedAndTakenBack() {
        var tests = new ArrayList<DynamicTest>();
        objects()
                .forEach((dn, kind) -> LOOP.options(kind).stream()
                        .filter(option -> !ELSEWHERE.containsKey(option.getString("name")))
                        .forEach(option -> tests.add(DynamicTest.dynamicTest(
                                option.getString("label") + " of " + dn, () -> goesRound(dn, option)))));
        return tests.stream();
    }

    // One object of each kind that has pages; the Status of agents is the same page on each.
    private static Map<String, String> objects() {
        var objects = new LinkedHashMap<String, String>();
        objects.put(SERVER, "MESSAGING_SERVER");
        LOOP.agents().forEach(kind -> objects.put(Installed.agent(kind.getString("label")), kind.getString("kind")));
        objects.put(Another.user("second"), "USER");
        objects.put("cn=stands for," + Installed.PEOPLE, "ALIAS");
        return objects;
    }

    @Test
    void noOptionOfTheCatalogueIsLeftOut() {
        Set<String> tried = new TreeSet<>(ELSEWHERE.keySet());
        objects().values().forEach(kind -> LOOP.options(kind).forEach(option -> tried.add(option.getString("name"))));
        var all = new TreeSet<String>();
        LOOP.pages()
                .filter(page -> LOOP.isOfEngines(page))
                .forEach(page -> page.getJsonArray("options")
                        .getValuesAs(JsonObject.class)
                        .forEach(option -> all.add(option.getString("name"))));
        all.removeAll(tried);
        assertEquals(Set.of(), all);
    }

    private static void goesRound(String dn, JsonObject option) {
        String name = option.getString("name");
        JsonObject before = LOOP.api().object(dn);
        JsonValue now = before.getJsonObject("options").getOrDefault(name, JsonValue.NULL);
        JsonValue other = Another.value(option, now, before)
                .orElseThrow(() -> new AssertionError("no other value of type " + option.getString("type")));
        JsonObject plan = LOOP.plan(dn, name, other);
        assertEquals(List.of(option.getString("effect")), Loop.texts(plan, "changes", "effect"), plan.toString());
        assertTrue(plan.getBoolean("sound"), plan.toString());
        assertFalse(LOOP.isChanged(dn, before), "a plan writes nothing");

        LOOP.save(dn, name, other);
        Applied.await(LOOP.api(), dn);
        LOOP.prove(dn);

        long number = LOOP.newestChange(name);
        LOOP.undo(number);
        Applied.await(LOOP.api(), dn);
        assertEquals(
                now, LOOP.api().object(dn).getJsonObject("options").getOrDefault(name, JsonValue.NULL), "taken back");
        assertEquals(before.getJsonObject("secrets"), LOOP.api().object(dn).getJsonObject("secrets"));
    }
}
