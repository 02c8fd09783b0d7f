package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
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
        witnesses()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Witness.class))
                .flatMap(method -> Stream.of(method.getAnnotation(Witness.class).value()))
                .forEach(missing::remove);
        assertEquals(new TreeSet<>(WITHOUT), missing);
    }

    // Every class beside this one, so that a new witness needs no line here.
    private static Stream<Class<?>> witnesses() {
        try (var files =
                Files.list(Path.of(Objects.requireNonNull(EveryOptionTest.class.getResource("EveryOptionTest.class"))
                                .toURI())
                        .resolveSibling(""))) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith("Test.class"))
                    .map(name -> name.replace(".class", ""))
                    .<Class<?>>map(EveryOptionTest::type)
                    .toList()
                    .stream();
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Class<?> type(String name) {
        try {
            var loader = EveryOptionTest.class.getClassLoader();
            return Class.forName(EveryOptionTest.class.getPackageName() + "." + name, false, loader);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
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
