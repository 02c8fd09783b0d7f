package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.licence.Licensing;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.panel.ServerLicense;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Impact;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.LicenceCheck;
import org.posthouse.webadmin.plan.Plan.Act;
import org.posthouse.webadmin.plan.Plan.Touch;
import org.posthouse.webadmin.pulse.Board;

/** What agents will do, worked out server by server with the {@link Impact} that engines go by. */
final class Disturbances {

    private final Outlook outlook;
    private final Running running;
    private final List<Touch> touches = new ArrayList<>();

    Disturbances(Outlook outlook, Running running) {
        this.outlook = outlook;
        this.running = running;
    }

    /** The messaging servers of which something changes, comes or goes. */
    Set<Place> servers() {
        var servers = new LinkedHashSet<Place>();
        outlook.changed().forEach(entry -> serverOf(entry).ifPresent(servers::add));
        outlook.removed().forEach(gone -> {
            outlook.before(gone).flatMap(Disturbances::serverOf).ifPresent(servers::add);
            outlook.before().servers().stream()
                    .map(MessagingServer::place)
                    .filter(server -> server.isWithin(gone))
                    .forEach(servers::add);
        });
        return servers;
    }

    private static Optional<Place> serverOf(Entry entry) {
        if (entry.kind() == Kind.MESSAGING_SERVER) {
            return Optional.of(entry.place());
        }
        return entry.kind().isAgent() ? entry.place().parent() : Optional.empty();
    }

    /** What each agent does that does more than obey. */
    List<Touch> all() {
        servers().forEach(this::server);
        return touches;
    }

    private void server(Place place) {
        Optional<MessagingServer> before = outlook.before().server(place);
        Optional<MessagingServer> after = outlook.after().server(place);
        if (before.isEmpty()) {
            after.ifPresent(this::start);
        } else if (after.isEmpty()) {
            if (outlook.after().entry(place).isEmpty()) {
                stop(before.get());
            }
        } else if (!host(before.get()).equals(host(after.get()))) {
            stop(before.get());
            // Nothing starts where no engine runs.
            if ("".equals(running.silences().get(host(after.get())))) {
                start(after.get());
            }
        } else {
            change(before.get(), after.get());
        }
    }

    private void change(MessagingServer before, MessagingServer after) {
        Impact impact = Impact.between(before, after);
        for (Agent agent : agents(after)) {
            if (impact.created().contains(agent.kind())) {
                if (isUp(after)) {
                    start(after, agent);
                }
            } else if (runs(after, agent)) {
                act(impact, agent.kind()).ifPresent(act -> touch(after, agent, act));
            }
        }
        agents(before).stream()
                // One whose values cannot be read is still there.
                .filter(agent -> outlook.after(agent.place()).isEmpty() && runs(before, agent))
                .forEach(agent -> touch(before, agent, Act.STOP));
        unlicensed(before, after);
    }

    private static Optional<Act> act(Impact impact, Kind agent) {
        Effect effect = impact.agents().getOrDefault(agent, Effect.LIVE);
        if (impact.isWhole() || effect.compareTo(Effect.AGENT_RESTART) >= 0) {
            return Optional.of(Act.RESTART);
        }
        return effect == Effect.REBIND ? Optional.of(Act.REBIND) : Optional.empty();
    }

    // What a licence leaves out stops at once, with its sessions.
    private void unlicensed(MessagingServer before, MessagingServer after) {
        ServerLicense now = after.page(ServerLicense.class);
        if (now.equals(before.page(ServerLicense.class))) {
            return;
        }
        Licensing licensing = LicenceCheck.licensing(now.license());
        agents(after).stream()
                .filter(agent -> licensing.stops(agent.kind()) && runs(after, agent))
                .forEach(agent -> {
                    touches.removeIf(touch -> touch.agent().equals(agent.place()));
                    touch(after, agent, Act.STOP);
                });
    }

    private void start(MessagingServer server) {
        if (server.status().enabled()) {
            agents(server).forEach(agent -> start(server, agent));
        }
    }

    private void start(MessagingServer server, Agent agent) {
        if (agent.enabled()) {
            touch(server, agent, Act.START);
        }
    }

    private void stop(MessagingServer server) {
        agents(server).stream().filter(agent -> runs(server, agent)).forEach(agent -> touch(server, agent, Act.STOP));
    }

    private void touch(MessagingServer server, Agent agent, Act act) {
        long sessions = act == Act.START
                ? 0
                : running.agent(server.place(), agent.place())
                        .map(Board.Agent::sessions)
                        .orElse(0L);
        touches.add(new Touch(server.place(), agent.place(), agent.kind(), Optional.of(host(server)), act, sessions));
    }

    // Where no engine says anything, what is enabled is taken to run.
    private boolean runs(MessagingServer server, Agent agent) {
        return running.agent(server.place(), agent.place())
                .map(state ->
                        !state.obedience().state().isOff() && state.obedience().state() != State.WAITING)
                .orElse(server.status().enabled() && agent.enabled());
    }

    private boolean isUp(MessagingServer server) {
        return running.server(server.place())
                .map(state ->
                        !state.obedience().state().isOff() && state.obedience().state() != State.WAITING)
                .orElse(server.status().enabled());
    }

    private static List<Agent> agents(MessagingServer server) {
        return Stream.of(Kind.values())
                .flatMap(kind -> server.agent(kind).stream())
                .toList();
    }

    private static Place host(MessagingServer server) {
        return server.identification().hostServer();
    }
}
