package org.posthouse.webadmin.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Plan;

/** Export and plan of 200 servers with 3,000 agents, over LDAP to a directory in memory. Printed, not asserted. */
@Tag("bench")
class ApplyBench {

    private static final int SERVERS = 200;
    private static final int ROUNDS = 5;

    @TempDir
    private Path home;

    @Test
    void aThousandChangedOptionsArePlanned() {
        try (var house = new House()) {
            for (int number = 0; number < SERVERS; number++) {
                server(house, number);
            }
            var desk = Desk.of(house, home);
            String file = "";
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                file = desk.export();
                print("export, " + file.length() / 1024 + " KiB", began);
            }
            String changed = file.replaceAll("snmpPort: 1161", "snmpPort: 1162")
                    .replaceAll("snmpLocation: rack", "snmpLocation: shelf")
                    .replaceAll("port: 2525", "port: 2526")
                    .replaceAll("allowVrfy: true", "allowVrfy: false")
                    .replaceAll("retryInterval: 10", "retryInterval: 11");
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                Plan plan = desk.plan(changed, true);
                print("plan of " + plan.differences().size() + " changed options", began);
            }
            long began = System.nanoTime();
            desk.apply(changed, true);
            print("apply", began);
            began = System.nanoTime();
            print("apply again: " + desk.apply(changed, true).size() + " steps", began);
        }
    }

    private static void print(String what, long began) {
        System.out.println(what + ": " + (System.nanoTime() - began) / 1_000_000 + " ms");
    }

    private static void server(House house, int number) {
        Place unit = Place.of("o=Acme,dc=posthouse").child("ou", "unit" + number);
        house.directory.create(new NewObject(unit, Kind.ORGANIZATIONAL_UNIT, Map.of()));
        Place server = unit.child("ou", "server" + number);
        house.directory.create(new NewObject(
                server,
                Kind.MESSAGING_SERVER,
                Map.of(
                        "posthouseHost", List.of(house.host.toString()),
                        "posthousePostmaster", List.of(house.admin.toString()),
                        "posthouseOfficialDomain", List.of("d" + number + ".example"),
                        "posthouseContext", List.of(unit.toString()),
                        "posthouseSnmpPort", List.of("1161"),
                        "posthouseSnmpLocation", List.of("rack " + number))));
        for (Kind kind : Kind.values()) {
            if (kind.isAgent()) {
                house.directory.create(new NewObject(server.child("cn", kind.label()), kind, options(kind)));
            }
        }
    }

    private static Map<String, List<String>> options(Kind kind) {
        return switch (kind) {
            case SMTP_AGENT -> Map.of("posthouseSmtpPort", List.of("2525"), "posthouseAllowVrfy", List.of("TRUE"));
            case NMAP_AGENT -> Map.of("posthouseQueueInterval", List.of("10"));
            default -> Map.of();
        };
    }
}
