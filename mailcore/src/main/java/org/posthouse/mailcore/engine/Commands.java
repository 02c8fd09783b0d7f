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
                if (server.isRunning()) {
                    server.leave(grace);
                }
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
            return Optional.of("The messaging server does not run: start it first.");
        }
        AgentRun run = known.get();
        boolean enabled =
                server.inForce().server().agent(kind).map(Agent::enabled).orElse(false);
        return switch (verb) {
            case "start" -> run.isRunning() ? runs(run.kind().label(), run.isLeaving()) : startAgent(run, enabled);
            case "stop" -> {
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
                server.leave(run, grace);
                yield Optional.empty();
            }
            default -> unknown(verb);
        };
    }

    private static Optional<String> runs(String what, boolean leaving) {
        return Optional.of(what + (leaving ? " waits for its last sessions: restart it instead." : " runs already."));
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
        return Optional.of(what + " is disabled: enable it first.");
    }

    private static Optional<String> unknown(String verb) {
        return Optional.of("\"" + verb + "\" is not start, stop, restart or drain.");
    }
}
