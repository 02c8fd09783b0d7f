package org.posthouse.mailcore.agent;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.posthouse.mailcore.settings.Snapshot;

/**
 * An agent with ports: whatever the engine asks of it about them, its {@link ListeningPart} does. An agent that does more,
 * such as work on mail in the queue, overrides what it adds to.
 */
public interface ListeningAgent extends Agent {

    /** Its ports, always the same. */
    ListeningPart ports();

    @Override
    default void start(Snapshot settings) {
        ports().open(settings);
    }

    @Override
    default void adopt(Snapshot before, Snapshot now) {
        ports().move(now);
    }

    @Override
    default void finish(Duration patience) {
        ports().finish(patience);
    }

    @Override
    default void stop(Duration drain) {
        ports().close(drain);
    }

    @Override
    default Map<String, Long> figures() {
        return ports().figures();
    }

    @Override
    default List<String> listening() {
        return ports().listening();
    }

    @Override
    default List<String> notes() {
        return ports().notes();
    }
}
