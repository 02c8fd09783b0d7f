package org.posthouse.mailcore.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.posthouse.mailcore.agent.Agent;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.dns.Resolver;
import org.posthouse.mailcore.nmap.NmapAgent;
import org.posthouse.mailcore.people.CardIndex;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Board;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Where everything is put together, by hand and in one place. */
final class Assembly {

    private final EngineOptions options;
    private final Board board;
    private final CardIndex cards;
    private final Map<Kind, Function<Surroundings, Agent>> makers = new EnumMap<>(Kind.class);

    Assembly(EngineOptions options, Board board, CardIndex cards, Supplier<String> secret) {
        this.options = options;
        this.board = board;
        this.cards = cards;
        makers.put(Kind.NMAP_AGENT, surroundings -> new NmapAgent(surroundings, secret));
        makers.putAll(options.makers());
    }

    /** Opens what the agents of a server share. Throws AgentRefused when a folder cannot be used. */
    Office open(Supplier<Snapshot> inForce) {
        Snapshot now = inForce.get();
        Path home = home(now.server().place());
        ServerIdentification identification = now.server().identification();
        Path dbf = folder(home, identification.dbfDirectory().in(home), "DBF Directory");
        folder(home, identification.tempDirectory().in(home), "Temp Directory");
        var people = new People(inForce, cards::read, cards::bind);
        var dns = new Resolver(() -> inForce.get().server().identification().resolvers(), options.clock());
        return new Office(
                new Surroundings(inForce, options.listening(), people, dns, new TlsKeys(dbf), home, options.clock()));
    }

    /** An agent of a server, at rest. */
    AgentRun supervise(org.posthouse.schema.tree.Agent wanted, Supplier<Office> office, Runnable changed) {
        Function<Surroundings, Agent> maker = makers.getOrDefault(wanted.kind(), surroundings -> {
            throw new AgentRefused(
                    "", "This version of Posthouse has no " + wanted.kind().label() + " yet.");
        });
        return new AgentRun(
                wanted.place(),
                wanted.kind(),
                () -> maker.apply(office.get().surroundings()),
                options.patience(),
                options.clock(),
                changed);
    }

    Board board() {
        return board;
    }

    Clock clock() {
        return options.clock();
    }

    Patience patience() {
        return options.patience();
    }

    // The folder of a server outside Internet Services, where names may repeat, also carries a mark of its place.
    private Path home(Place server) {
        String plain = server.leaf().replaceAll("[^A-Za-z0-9._-]", "_");
        boolean unique = plain.equals(server.leaf())
                && !plain.startsWith(".")
                && server.parent()
                        .map(Place::leaf)
                        .filter(Kind.INTERNET_SERVICES.label()::equalsIgnoreCase)
                        .isPresent();
        String mark = unique ? "" : "-" + HexFormat.of().toHexDigits(server.hashCode());
        return options.home().resolve(plain.replaceFirst("^\\.+", "_") + mark);
    }

    private static Path folder(Path home, Path folder, String option) {
        try {
            Files.createDirectories(home);
            return Files.createDirectories(folder);
        } catch (IOException unusable) {
            throw new AgentRefused(
                    "", option + ": the folder " + folder + " cannot be used (" + unusable.getMessage() + ").");
        }
    }
}
