package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.plan.Inquiry;
import org.posthouse.webadmin.plan.Step;

/** What a list of steps would do, without doing it. */
@Path("/plan")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PlanResource {

    private static final int MOST = 10_000;

    @Inject
    private Installed installed;

    @Inject
    private Inquiry inquiry;

    @Inject
    private Caller caller;

    @Inject
    private ChangeServices changeServices;

    /**
     * The plan of the member {@code steps}: each with {@code do} "set" ({@code dn}, {@code options}), "create" (as the
     * objects are created) or "delete" ({@code dn}).
     */
    @POST
    public JsonObject plan(JsonObject request) {
        Directory directory = installed.directory();
        var tree = directory.tree();
        var steps = new ArrayList<Step>();
        List<JsonObject> asked = asked(request);
        if (asked.size() > MOST) {
            throw new IllegalArgumentException("A plan can have at most " + MOST + " steps");
        }
        for (JsonObject step : asked) {
            steps.addAll(steps(directory, tree, step));
        }
        return PlanText.of(
                inquiry.complete(changeServices.by(directory, caller.name()).plan(tree, steps, List.of())));
    }

    private static List<JsonObject> asked(JsonObject request) {
        if (!request.containsKey("steps")) {
            throw new IllegalArgumentException("Specify the member \"steps\"");
        }
        return request.getJsonArray("steps").getValuesAs(JsonObject.class);
    }

    private static List<Step> steps(Directory directory, Tree tree, JsonObject step) {
        return switch (Wish.text(step, "do")) {
            case "set" ->
                Changing.steps(directory, tree, entry(directory, tree, step), step)
                        .steps();
            case "create" -> Making.steps(directory, tree, step);
            case "delete" -> List.of(new Step.Remove(Place.of(Wish.text(step, "dn"))));
            default -> throw new IllegalArgumentException("A step must be \"set\", \"create\", or \"delete\"");
        };
    }

    private static Entry entry(Directory directory, Tree tree, JsonObject step) {
        Place place = Place.of(Wish.text(step, "dn"));
        return tree.entry(place).or(() -> directory.read(place)).orElseThrow(() -> new Missing(place));
    }
}
