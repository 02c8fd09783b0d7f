package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.posthouse.e2e.world.Installed;

/** Every option of the catalogue has a test here that changes it and sees the effect, or stands in a list that shrinks. */
class EveryOptionTest {

    // Seen by tests of the queue, which own its clock: minutes and days do not fit in here.
    private static final Set<String> WITHOUT = Set.of("retryInterval", "retryTimeout");

    @Test
    void hasAWitness() {
        var missing = new TreeSet<>(options());
        Stream.of(
                        AliasWitnessTest.class,
                        ConsoleWitnessTest.class,
                        TakenBackWitnessTest.class,
                        SmtpWitnessTest.class,
                        ServerWitnessTest.class,
                        FoldersWitnessTest.class,
                        SecurityWitnessTest.class,
                        AcmeWitnessTest.class,
                        LicenseWitnessTest.class,
                        LoginWitnessTest.class,
                        NameWitnessTest.class,
                        SnmpWitnessTest.class,
                        StatusWitnessTest.class,
                        SharingWitnessTest.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Witness.class))
                .flatMap(method -> Stream.of(method.getAnnotation(Witness.class).value()))
                .forEach(missing::remove);
        assertEquals(new TreeSet<>(WITHOUT), missing);
    }

    private static Set<String> options() {
        JsonObject catalogue = Installed.product().api().get("/catalogue");
        var names = new TreeSet<String>();
        collect(catalogue, names);
        return names;
    }

    private static void collect(jakarta.json.JsonValue value, Set<String> names) {
        switch (value) {
            case JsonObject object -> {
                if (object.containsKey("attribute") && object.containsKey("name")) {
                    names.add(object.getString("name"));
                }
                object.values().forEach(inner -> collect(inner, names));
            }
            case jakarta.json.JsonArray array -> array.forEach(inner -> collect(inner, names));
            default -> {
                return;
            }
        }
    }
}
