package org.posthouse.mailcore.engine;

import java.time.Duration;
import java.util.Optional;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Kind;

/**
 * What an administrator can have done to a server or an agent at once: start, stop, restart, or drain, which stops it
 * when the sessions that run have ended or the grace is over. Each answers why it was not
 * done, or nothing. What is disabled is not started, as in NetMail; what a command stopped stays stopped until a command
 * or the next start of the engine.
 */
record Commands(ServerRun server, Roster roster, Duration grace) {

    Optional<String> server(String verb) {
        boolean enabled = server.inForce().server().status().enabled();
        return switch (verb) {
            case "start" ->
                server.isRunning() || server.isLeaving()
                        ? runs(server.name(), server.isLeaving())
                        : startServer(enabled);
            case "stop" -> {
                if (!server.isRunning() && !server.isLeaving()) {
                    yield rests(server.name());
                }
                server.stop("Stopped by command.");
                yield Optional.empty();
            }
            case "restart" -> {
                if (enabled) {
                    server.stopToStart();
                }
                yield startServer(enabled);
            }
            case "drain" -> {
                if (!server.isRunning() || server.isLeaving()) {
                    yield server.isLeaving() ? drains(server.name()) : rests(server.name());
                }
                server.leave(grace);
                yield Optional.empty();
            }
            case "reset" -> {
                server.reset();
                yield Optional.empty();
            }
            default -> unknown(verb);
        };
    }

    Optional<String> agent(Kind kind, String verb) {
        Optional<AgentRun> known = roster.find(kind);
        if (known.isEmpty()) {
            return Optional.of(server.name() + " has no " + kind.label() + ".");
        }
        if (!server.isRunning()) {
            return Optional.of("The messaging server is not running. Start it first.");
        }
        AgentRun run = known.get();
        boolean enabled =
                server.inForce().server().agent(kind).map(Agent::enabled).orElse(false);
        return switch (verb) {
            case "start" -> run.isRunning() ? runs(run.kind().label(), run.isLeaving()) : startAgent(run, enabled);
            case "stop" -> {
                if (!run.isRunning() && run.state().isOff()) {
                    yield rests(run.kind().label());
                }
                roster.hold(run);
                yield Optional.empty();
            }
            case "restart" -> {
                if (enabled) {
                    roster.hold(run);
                }
                yield startAgent(run, enabled);
            }
            case "drain" -> {
                if (run.isLeaving() || (!run.isRunning() && run.state().isOff())) {
                    yield run.isLeaving()
                            ? drains(run.kind().label())
                            : rests(run.kind().label());
                }
                server.leave(run, grace);
                yield Optional.empty();
            }
            default -> unknown(verb);
        };
    }

    private static Optional<String> runs(String what, boolean leaving) {
        return Optional.of(
                what + (leaving ? " is letting its last sessions end. Restart it instead." : " is already running."));
    }

    private static Optional<String> rests(String what) {
        return Optional.of(what + " is not running.");
    }

    private static Optional<String> drains(String what) {
        return Optional.of(what + " is already letting its sessions end. Stop it to end them now.");
    }

    private Optional<String> startServer(boolean enabled) {
        if (!enabled) {
            return disabled(server.name());
        }
        roster.all().forEach(AgentRun::release);
        server.start();
        return server.isRunning() ? Optional.empty() : Optional.of(server.reason());
    }

    private Optional<String> startAgent(AgentRun run, boolean enabled) {
        if (!enabled) {
            return disabled(run.kind().label());
        }
        roster.release(run);
        return run.isRunning() ? Optional.empty() : Optional.of(run.reason());
    }

    private static Optional<String> disabled(String what) {
        return Optional.of(what + " is disabled. Enable it first.");
    }

    private static Optional<String> unknown(String verb) {
        return Optional.of("\"" + verb + "\" is not start, stop, restart, or drain.");
    }
}
