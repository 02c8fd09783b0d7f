package org.posthouse.webadmin.pulse;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.posthouse.schema.login.Guesser;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Reads the JSON of a status board. What a newer engine adds is passed over; what an older one lacks counts as empty. */
final class BoardText {

    private static final int STAGES = 10;

    private BoardText() {}

    /** The board in a text. Throws IllegalArgumentException when it is none. */
    static Board read(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            JsonObject board = reader.readObject();
            return new Board(
                    number(board, "seq"),
                    text(board, "host"),
                    text(board, "version"),
                    text(board, "java"),
                    time(board, "started"),
                    board.get("directory") instanceof JsonObject line ? text(line, "state") : "",
                    board.get("directory") instanceof JsonObject line ? number(line, "revision") : 0,
                    objects(board, "guessers").map(BoardText::guesser).toList(),
                    objects(board, "servers").map(BoardText::server).toList());
        } catch (JsonException | ClassCastException malformed) {
            throw new IllegalArgumentException("is not a status board", malformed);
        }
    }

    /** The machine in a text, its clock not measured. Throws IllegalArgumentException when it is none. */
    static Machine machine(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            JsonObject machine = reader.readObject();
            return new Machine(
                    text(machine, "system"),
                    text(machine, "kernel"),
                    text(machine, "architecture"),
                    number(machine, "processors"),
                    text(machine, "java"),
                    text(machine, "vendor"),
                    number(machine, "process"),
                    number(machine, "heapUsed"),
                    number(machine, "heapMost"),
                    objects(machine, "folders").map(BoardText::folder).toList(),
                    Optional.empty());
        } catch (JsonException | ClassCastException malformed) {
            throw new IllegalArgumentException("is not a machine", malformed);
        }
    }

    private static Machine.Folder folder(JsonObject folder) {
        return new Machine.Folder(
                text(folder, "use"),
                text(folder, "server"),
                text(folder, "path"),
                text(folder, "volume"),
                number(folder, "free"),
                number(folder, "total"),
                text(folder, "state"),
                text(folder, "reason"),
                time(folder, "fullAt"),
                number(folder, "perDay"));
    }

    /** One text member of an object; empty when the text is no object or has no such member. */
    static String member(String json, String name) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return text(reader.readObject(), name);
        } catch (JsonException malformed) {
            return "";
        }
    }

    /** One truth value of an object; false when the text is no object or has no such member. */
    static boolean truth(String json, String name) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject().getBoolean(name, false);
        } catch (JsonException malformed) {
            return false;
        }
    }

    private static Guesser guesser(JsonObject guesser) {
        return new Guesser(
                text(guesser, "address"),
                texts(guesser, "names"),
                number(guesser, "tries"),
                time(guesser, "since").orElse(Instant.EPOCH),
                time(guesser, "last").orElse(Instant.EPOCH));
    }

    private static Board.Server server(JsonObject server) {
        JsonObject queue = server.containsKey("queue") ? server.getJsonObject("queue") : JsonObject.EMPTY_JSON_OBJECT;
        return new Board.Server(
                Place.of(text(server, "place")),
                text(server, "name"),
                obedience(server),
                objects(server, "agents").map(BoardText::agent).toList(),
                new Board.Queue(
                        number(queue, "waiting"),
                        number(queue, "oldestSeconds"),
                        number(queue, "taken"),
                        number(queue, "delivered"),
                        number(queue, "relayed"),
                        number(queue, "bounced"),
                        IntStream.range(0, STAGES)
                                .mapToObj(stage -> number(queue, "stage" + stage))
                                .toList()),
                postmaster(server),
                acme(server),
                server.get("statistics") instanceof JsonObject given
                        ? Optional.of(Statistics.of(given))
                        : Optional.empty(),
                time(server, "runsSince"));
    }

    private static Optional<Board.Postmaster> postmaster(JsonObject server) {
        return server.get("postmaster") instanceof JsonObject line
                ? Optional.of(new Board.Postmaster(text(line, "mailbox"), time(line, "opened")))
                : Optional.empty();
    }

    private static Optional<Board.Acme> acme(JsonObject server) {
        return server.get("acme") instanceof JsonObject acme
                ? Optional.of(new Board.Acme(
                        text(acme, "state"), text(acme, "reason"), time(acme, "since"), time(acme, "next")))
                : Optional.empty();
    }

    private static Board.Agent agent(JsonObject agent) {
        return new Board.Agent(
                Place.of(text(agent, "place")),
                kind(text(agent, "kind")),
                obedience(agent),
                texts(agent, "listening"),
                figures(agent),
                texts(agent, "notes"));
    }

    private static Board.Obedience obedience(JsonObject part) {
        return new Board.Obedience(
                State.of(text(part, "state")),
                text(part, "reason"),
                number(part, "wanted"),
                // An engine of an earlier version does not say.
                number(part, part.containsKey("tried") ? "tried" : "wanted"),
                time(part, part.containsKey("triedAt") ? "triedAt" : "obeyedAt"),
                number(part, "obeyed"),
                time(part, "obeyedAt"),
                time(part, "leavesAt"),
                objects(part, "refusals").map(BoardText::refusal).toList());
    }

    private static Board.Refusal refusal(JsonObject refusal) {
        return new Board.Refusal(
                text(refusal, "option"),
                text(refusal, "value"),
                text(refusal, "reason"),
                time(refusal, "since"),
                number(refusal, "revision"));
    }

    private static Map<String, Long> figures(JsonObject agent) {
        var figures = new LinkedHashMap<String, Long>();
        if (agent.get("figures") instanceof JsonObject given) {
            given.forEach((name, value) -> {
                if (value instanceof JsonNumber number) {
                    figures.put(name, number.longValue());
                }
            });
        }
        return figures;
    }

    private static Kind kind(String name) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElse(Kind.UNKNOWN);
    }

    static Optional<Instant> time(JsonObject object, String name) {
        try {
            String text = text(object, name);
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    static Stream<JsonObject> objects(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array
                ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                : Stream.of();
    }

    private static List<String> texts(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array
                ? array.stream()
                        .filter(JsonString.class::isInstance)
                        .map(value -> ((JsonString) value).getString())
                        .toList()
                : List.of();
    }

    private static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString string ? string.getString() : "";
    }

    static long number(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number ? number.longValue() : 0;
    }
}
