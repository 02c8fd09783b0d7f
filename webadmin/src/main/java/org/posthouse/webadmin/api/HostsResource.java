package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.status.Lease;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Machine;
import org.posthouse.webadmin.pulse.Pulse;

/** What runs on the hosts of the mail system. */
@Path("/hosts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HostsResource {

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    /** The engine of a Host Server, the machine under it, and further engines that run as the same host. */
    @GET
    public JsonObject get(@QueryParam("host") @DefaultValue("") String dn) {
        Place place = Place.of(dn);
        Entry host = installed.shown().read(place).orElseThrow(() -> new Missing(place));
        if (host.kind() != Kind.HOST_SERVER) {
            throw new IllegalArgumentException(
                    host.name() + " is " + host.kind().labelWithArticle() + "; only a Host Server has an engine");
        }
        pulse.settle();
        Optional<Board> board = pulse.board(place);
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("dn", place.toString())
                .add("name", host.name())
                .add("board", pulse.boardUrl(place))
                .add("answers", board.isPresent())
                .add("reason", pulse.hasEngine(place) ? pulse.silence(place) : "no engine has ever run on this host");
        board.ifPresent(engine -> add(text, engine));
        pulse.machine(place).ifPresent(machine -> text.add("machine", machine(machine)));
        lease(host)
                .ifPresent(lease -> text.add(
                        "lease",
                        Json.createObjectBuilder()
                                .add("board", lease.board())
                                .add("since", lease.since().toString())));
        return text.add("rivals", rivals(place)).build();
    }

    private static Optional<Lease> lease(Entry host) {
        return host.value(Lease.ATTRIBUTE).flatMap(Lease::of);
    }

    private static void add(JsonObjectBuilder text, Board engine) {
        text.add("version", engine.version()).add("directory", engine.directory());
        engine.started().ifPresent(started -> text.add("started", started.toString()));
        JsonArrayBuilder servers = Json.createArrayBuilder();
        engine.servers()
                .forEach(server -> servers.add(Json.createObjectBuilder()
                        .add("dn", server.place().toString())
                        .add("name", server.name())
                        .add("state", server.obedience().state().word())));
        text.add("servers", servers);
    }

    private static JsonObjectBuilder machine(Machine machine) {
        JsonArrayBuilder folders = Json.createArrayBuilder();
        machine.folders().forEach(folder -> folders.add(folder(folder)));
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("system", machine.system())
                .add("kernel", machine.kernel())
                .add("architecture", machine.architecture())
                .add("processors", machine.processors())
                .add("java", machine.java())
                .add("vendor", machine.vendor())
                .add("process", machine.process())
                .add("heapUsed", machine.heapUsed())
                .add("heapMost", machine.heapMost())
                .add("folders", folders);
        machine.clock()
                .ifPresent(offset -> text.add("clockAheadMs", offset.milliseconds())
                        .add("clockErrorMs", offset.errorMilliseconds()));
        return text;
    }

    private static JsonObjectBuilder folder(Machine.Folder folder) {
        JsonObjectBuilder text = Json.createObjectBuilder()
                .add("use", folder.use())
                .add("server", folder.server())
                .add("path", folder.path())
                .add("volume", folder.volume())
                .add("free", folder.free())
                .add("total", folder.total())
                .add("state", folder.state())
                .add("reason", folder.reason())
                .add("perDay", folder.perDay());
        folder.fullAt().ifPresent(at -> text.add("fullAt", at.toString()));
        return text;
    }

    private JsonArrayBuilder rivals(Place host) {
        JsonArrayBuilder rivals = Json.createArrayBuilder();
        for (Map.Entry<String, Board> rival : pulse.rivals(host).entrySet()) {
            JsonObjectBuilder text = Json.createObjectBuilder()
                    .add("board", rival.getKey())
                    .add("version", rival.getValue().version());
            rival.getValue().started().ifPresent(started -> text.add("started", started.toString()));
            rivals.add(text);
        }
        return rivals;
    }
}
