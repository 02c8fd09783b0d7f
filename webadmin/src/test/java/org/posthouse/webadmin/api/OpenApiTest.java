package org.posthouse.webadmin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document names exactly the requests that are answered. */
class OpenApiTest {

    @Test
    void everyRequestIsDescribedAndNoOther() {
        assertEquals(answered(), described());
    }

    private static Set<String> described() {
        var requests = new TreeSet<String>();
        try (var reader = Json.createReader(new StringReader(new OpenApiResource().get()))) {
            JsonObject paths = reader.readObject().getJsonObject("paths");
            paths.forEach((path, methods) ->
                    methods.asJsonObject().keySet().forEach(method -> requests.add(method + " " + path)));
        }
        return requests;
    }

    private static Set<String> answered() {
        var requests = new TreeSet<String>();
        for (Class<?> resource : new Rest().getClasses()) {
            Path base = resource.getAnnotation(Path.class);
            if (base != null) {
                for (Method method : resource.getDeclaredMethods()) {
                    Stream.of(method.getAnnotations())
                            .map(Annotation::annotationType)
                            .flatMap(type -> Optional.ofNullable(type.getAnnotation(HttpMethod.class)).stream())
                            .forEach(verb -> requests.add(
                                    verb.value().toLowerCase(java.util.Locale.ROOT) + " " + path(base, method)));
                }
            }
        }
        return requests;
    }

    private static String path(Path base, Method method) {
        Path own = method.getAnnotation(Path.class);
        String whole = "/" + base.value() + "/" + (own == null ? "" : own.value());
        return whole.replaceAll("/+", "/").replaceFirst("/$", "");
    }
}
