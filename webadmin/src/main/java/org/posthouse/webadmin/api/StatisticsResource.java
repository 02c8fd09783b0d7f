package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.History;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.pulse.Statistics;

/** NetMail's statistics of a messaging server, and how busy it was. */
@Path("/statistics")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatisticsResource {

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    /** The figures by group, null where nobody counts; the queue by stage; the last hour and the last day. */
    @GET
    public Response get(@QueryParam("server") @DefaultValue("") String dn) {
        Place place = Place.of(dn);
        pulse.settle();
        Optional<Board.Server> server = pulse.server(place);
        if (server.isEmpty()) {
            return Answers.no(409, "engine", "no engine reports " + place);
        }
        try {
            History history = pulse.history(place);
            JsonObjectBuilder text = Answers.JSON.createObjectBuilder().add("server", place.toString());
            server.get()
                    .runsSince()
                    .ifPresent(since -> text.add("runsSince", since.toString())
                            .add(
                                    "uptime",
                                    Duration.between(since, installed.clock().instant())
                                            .toSeconds()));
            server.get().statistics().ifPresent(statistics -> figures(text, statistics));
            JsonArrayBuilder stages = Answers.JSON.createArrayBuilder();
            server.get().queue().stages().forEach(stages::add);
            return Response.ok(text.add("stages", stages)
                            .add("hour", bars(history.hour()))
                            .add("day", bars(history.day()))
                            .build())
                    .build();
        } catch (IOException silent) {
            return Answers.no(409, "engine", String.valueOf(silent.getMessage()));
        }
    }

    /** Adds the figures by group. */
    static void figures(JsonObjectBuilder text, Statistics statistics) {
        statistics.since().ifPresent(since -> text.add("since", since.toString()));
        statistics.groups().forEach((name, figures) -> {
            JsonObjectBuilder group = Answers.JSON.createObjectBuilder();
            figures.forEach((figure, value) ->
                    group.add(figure, value.isPresent() ? Json.createValue(value.getAsLong()) : JsonValue.NULL));
            text.add(name, group);
        });
    }

    private static JsonArrayBuilder bars(List<History.Bar> bars) {
        JsonArrayBuilder all = Answers.JSON.createArrayBuilder();
        bars.forEach(bar -> all.add(Answers.JSON
                .createObjectBuilder()
                .add("at", bar.at().toString())
                .add("received", bar.received())
                .add("stored", bar.stored())
                .add("sent", bar.sent())
                .add("failed", bar.failed())
                .add("waiting", bar.waiting())
                .add("sessions", bar.sessions())));
        return all;
    }
}
