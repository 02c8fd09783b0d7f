package org.posthouse.mailcore.agent;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.tree.Kind;

/**
 * A running agent of one messaging server. The engine alone starts, changes and stops it, one call at a time; the
 * figures and {@link #prove()} may be asked for at any time by another thread.
 */
public interface Agent {

    /** Which agent it is. */
    Kind kind();

    /**
     * Binds where these settings say, and begins to work. Throws {@link AgentRefused} when it may not; then nothing of it
     * is left open.
     */
    void start(Snapshot settings);

    /**
     * Takes over changed settings. LIVE options need nothing here: each session takes the snapshot in force when it
     * opens. For REBIND options the agent listens anew; it may throw {@link AgentRefused}, and then goes on listening
     * where it was.
     */
    void adopt(Snapshot before, Snapshot now);

    /**
     * Refuses new sessions and lets the running ones end by themselves, for so long at most; {@link #stop} then ends what
     * is left, and may come at any time from another thread.
     */
    void finish(Duration patience);

    /** Refuses new sessions, ends the running ones at their next pause, and after {@code drain} wherever they are. */
    void stop(Duration drain);

    /** Counters for the status board, such as "sessions" (open now) and "accepted" (since the start). */
    Map<String, Long> figures();

    /** Where it listens: "127.0.0.1:2525". */
    List<String> listening();

    /** What an administrator should know: "SSL port closed: SSL and TLS is off". */
    List<String> notes();

    /** Opens a real session to itself and returns the line that shows the settings in force, such as its greeting. */
    String prove();

    /**
     * The line on the wire that depends on an option, from a real session; empty when no line does.
     *
     * @param option the option's name, of this agent or of its server
     */
    default Optional<String> prove(String option) {
        return kind().evidence(option) == Evidence.NONE ? Optional.empty() : Optional.of(prove());
    }

    /**
     * Why it no longer does its work although nobody stopped it; the engine then starts it again. Empty: all is well. An
     * agent without ports cannot lose them.
     */
    default Optional<String> fault() {
        return !kind().agentType().ports().isEmpty() && listening().isEmpty()
                ? Optional.of("it is no longer listening")
                : Optional.empty();
    }
}
