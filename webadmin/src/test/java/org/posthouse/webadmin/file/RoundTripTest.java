package org.posthouse.webadmin.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.NameProblem;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;

/** A tree that was written and applied to a house as the installation leaves it is written again as the same bytes. */
class RoundTripTest {

    private static final List<String> NAMES = List.of(
            "plain",
            "Größe",
            "a,b",
            "c+d=e",
            "\"quoted\"",
            "<tag>",
            "back\\slash",
            "# hash",
            "- dash",
            "yes",
            "12:30",
            "2026-11-28",
            "null",
            "~",
            "trailing:",
            "日本語",
            "🐎",
            "semi;colon",
            "it's",
            "{curly}",
            "[square]",
            "%TAG",
            "&anchor",
            "*alias",
            "!tag",
            "|",
            ">",
            "0x1F",
            "1e3",
            "a: b",
            "?",
            "@at",
            "`tick");

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261128})
    void anyTreeComesBackAsItWas(long seed) {
        String file;
        try (var house = new House()) {
            var random = new Random(seed);
            grow(house, random);
            var desk = Desk.of(house, home);
            file = desk.export(house.directory.root(), true);
            assertEquals(List.of(), desk.differences(file, true).steps());
        }
        try (var house = new House()) {
            var desk = Desk.of(house, home);
            assertFalse(desk.apply(file, true).isEmpty());
            assertEquals(file, desk.export(house.directory.root(), true));
            assertEquals(List.of(), desk.differences(file, true).steps());
        }
    }

    private static void grow(House house, Random random) {
        var homes = new ArrayList<>(List.of(Place.of("o=Acme,dc=posthouse")));
        for (String name : NAMES) {
            Place above = homes.get(random.nextInt(homes.size()));
            Place unit = above.child("ou", name);
            house.directory.create(new NewObject(
                    unit,
                    Kind.ORGANIZATIONAL_UNIT,
                    random.nextBoolean() ? Map.of() : Map.of("description", List.of(name))));
            homes.add(unit);
            // What is no login name cannot be created again; it still is a last name and a description.
            String login = NameProblem.of(name, Set.of()).isEmpty() ? name : "user" + homes.size();
            house.directory.create(new NewObject(unit.child("cn", login), Kind.USER, user(name, random)));
        }
        for (int number = 0; number < 6; number++) {
            Place server = homes.get(1 + number).child("ou", NAMES.get(random.nextInt(NAMES.size())) + number);
            house.directory.create(
                    new NewObject(server, Kind.MESSAGING_SERVER, server(house, homes.get(1 + number), number, random)));
            house.directory.create(new NewObject(server.child("cn", "NMAP Agent"), Kind.NMAP_AGENT, Map.of()));
            house.directory.create(
                    new NewObject(server.child("cn", "SMTP Agent"), Kind.SMTP_AGENT, smtp(number, random)));
            house.directory.create(new NewObject(
                    house.directory.internetServices().child("cn", "alias" + number),
                    Kind.ALIAS,
                    Map.of("aliasedObjectName", List.of(server.toString()))));
        }
    }

    private static Map<String, List<String>> user(String name, Random random) {
        return Map.of("sn", List.of(name), "description", List.of(name, "Line " + random.nextInt()));
    }

    private static Map<String, List<String>> server(House house, Place home, int number, Random random) {
        var server = new HashMap<String, List<String>>();
        server.put("posthouseHost", List.of(house.host.toString()));
        server.put("posthousePostmaster", List.of(house.admin.toString()));
        server.put("posthouseOfficialDomain", List.of("d" + number + ".example"));
        server.put("posthouseContext", List.of(home.toString()));
        server.put("posthouseSnmpLocation", List.of(NAMES.get(random.nextInt(NAMES.size()))));
        server.put("posthouseSnmpName", List.of(NAMES.get(random.nextInt(NAMES.size()))));
        server.put(
                "posthouseResolver",
                List.of("192.0.2." + random.nextInt(1, 100), "192.0.2." + random.nextInt(100, 200)));
        return server;
    }

    private static Map<String, List<String>> smtp(int number, Random random) {
        return Map.of(
                "posthouseSmtpPort", List.of(Integer.toString(random.nextInt(1, 400))),
                "posthouseAllowVrfy", List.of("TRUE"),
                "posthouseDomain", List.of("z" + number + ".example", "a" + number + ".example"));
    }
}
