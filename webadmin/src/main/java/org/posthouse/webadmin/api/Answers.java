package org.posthouse.webadmin.api;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.file.Fault;

/** The shapes of answers that say why not. */
final class Answers {

    /** Makes objects and lists. {@code Json.createObjectBuilder} would look for its provider anew at each call. */
    static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private Answers() {}

    /** {@code {"error": "missing", "reason": "..."}}. */
    static Response no(int status, String error, String reason) {
        return of(
                status,
                JSON.createObjectBuilder()
                        .add("error", error)
                        .add("reason", reason)
                        .build());
    }

    /** 422 with every problem: option, label, value, reason. */
    static Response refused(List<Problem> problems) {
        JsonArrayBuilder all = JSON.createArrayBuilder();
        problems.forEach(problem -> all.add(JSON.createObjectBuilder()
                .add("option", problem.option())
                .add("label", label(problem.option()))
                .add("value", problem.value())
                .add("reason", problem.reason())));
        return of(
                422,
                JSON.createObjectBuilder()
                        .add("error", "refused")
                        .add("problems", all)
                        .build());
    }

    /** 422 with every fault of a file: line, object, option, label, value, reason. */
    static Response faulty(List<Fault> faults) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        faults.forEach(fault -> all.add(Json.createObjectBuilder()
                .add("line", fault.line())
                .add("object", fault.object())
                .add("option", fault.option())
                .add("label", label(fault.option()))
                .add("value", fault.value())
                .add("reason", fault.reason())));
        return of(
                422,
                Json.createObjectBuilder()
                        .add("error", "faulty")
                        .add("problems", all)
                        .build());
    }

    /** The label of the option of this name; "" when there is none. */
    static String label(String option) {
        return Kind.catalogue()
                .options()
                .filter(facts -> facts.name().equals(option))
                .map(OptionFacts::label)
                .findFirst()
                .orElse("");
    }

    /** 409 with the object as it stands now. */
    static Response conflict(String reason, JsonObject current) {
        return of(
                409,
                JSON.createObjectBuilder()
                        .add("error", "conflict")
                        .add("reason", reason)
                        .add("current", current)
                        .build());
    }

    private static Response of(int status, JsonObject body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
