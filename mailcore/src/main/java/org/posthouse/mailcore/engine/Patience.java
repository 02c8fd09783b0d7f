package org.posthouse.mailcore.engine;

import java.time.Duration;

/**
 * How long the engine waits for what.
 *
 * @param drain how long sessions may go on when their agent is to stop
 * @param retry how often something refused, such as a port that is taken, is tried again
 * @param backOff how long after its first crash an agent is started again; doubled with each further one
 * @param crashes so many crashes within {@code window} and it is not started again by itself
 * @param window see {@code crashes}
 * @param look how often each agent is looked at
 */
public record Patience(Duration drain, Duration retry, Duration backOff, int crashes, Duration window, Duration look) {

    /** For production. */
    public static final Patience USUAL = new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            6,
            Duration.ofMinutes(3),
            Duration.ofSeconds(1));
}
