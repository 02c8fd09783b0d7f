package org.posthouse.webadmin.api;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.suggestion.Near;

/**
 * Compares each request with the OpenAPI document: a parameter or member that it does not know, or a value of another type, is
 * answered with 400 that names it. A misspelled name would otherwise be ignored, and the request would do something else.
 */
@Provider
public class RequestCheck implements ContainerRequestFilter, ReaderInterceptor {

    private static final String OPERATION = RequestCheck.class.getName();

    @Override
    public void filter(ContainerRequestContext asked) {
        Optional<JsonObject> operation =
                ApiDescription.operation(asked.getMethod(), asked.getUriInfo().getPath(false));
        operation.ifPresent(found -> {
            asked.setProperty(OPERATION, found);
            parameters(found, asked);
        });
    }

    private static void parameters(JsonObject operation, ContainerRequestContext asked) {
        Set<String> known = ApiDescription.parameters(operation);
        asked.getUriInfo().getQueryParameters().forEach((name, values) -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("Unknown parameter \"" + name + "\" here" + hint(name, known));
            }
            if (ApiDescription.numbers(operation).contains(name)) {
                values.stream()
                        .filter(value -> !value.isEmpty() && !value.matches("[+-]?\\d{1,18}"))
                        .findFirst()
                        .ifPresent(value -> {
                            throw new IllegalArgumentException(
                                    "The parameter \"" + name + "\" must be a whole number, not \"" + value + "\"");
                        });
            }
        });
    }

    private static String hint(String name, Set<String> known) {
        String near = Near.hint(name, known);
        if (!near.isEmpty()) {
            return near;
        }
        List<String> names = known.stream().sorted().toList();
        return names.isEmpty() ? "; none are allowed" : "; valid parameters are " + String.join(", ", names);
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        Object body = reading.proceed();
        if (reading.getProperty(OPERATION) instanceof JsonObject operation && body instanceof JsonValue json) {
            ApiDescription.body(operation).ifPresent(schema -> BodySchema.check(schema, json));
        }
        return body;
    }
}
