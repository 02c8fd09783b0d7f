package org.posthouse.mailcore.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.posthouse.mailcore.agent.Agent;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.schema.tree.Kind;

/** An agent that does what a test tells it to, and counts what the engine does with it. */
final class FakeAgent implements Agent {

    /** What all fakes of one test share. */
    static final class Script {
        final AtomicInteger starts = new AtomicInteger();
        final AtomicInteger stops = new AtomicInteger();
        final AtomicInteger rebinds = new AtomicInteger();
        final AtomicReference<String> refusal = new AtomicReference<>("");
        final AtomicReference<String> crash = new AtomicReference<>("");
        /** Its only session lasts until this is counted down, or the agent stops. */
        final CountDownLatch sessions = new CountDownLatch(1);

        volatile boolean alive = true;

        FakeAgent make(Surroundings surroundings) {
            return new FakeAgent(this, surroundings);
        }
    }

    private final Script script;
    private final Surroundings surroundings;

    private FakeAgent(Script script, Surroundings surroundings) {
        this.script = script;
        this.surroundings = surroundings;
    }

    @Override
    public Kind kind() {
        return Kind.SMTP_AGENT;
    }

    @Override
    public void start(Snapshot settings) {
        if (!script.refusal.get().isEmpty()) {
            throw new AgentRefused("port", script.refusal.get());
        }
        if (!script.crash.get().isEmpty()) {
            throw new IllegalStateException(script.crash.get());
        }
        script.alive = true;
        script.starts.incrementAndGet();
    }

    @Override
    public void adopt(Snapshot before, Snapshot now) {
        if (!script.refusal.get().isEmpty()) {
            throw new AgentRefused("port", script.refusal.get());
        }
        script.rebinds.incrementAndGet();
    }

    @Override
    public void finish(Duration patience) {
        try {
            script.sessions.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop(Duration drain) {
        script.stops.incrementAndGet();
        script.sessions.countDown();
    }

    @Override
    public Map<String, Long> figures() {
        return Map.of("sessions", script.sessions.getCount());
    }

    @Override
    public List<String> listening() {
        return script.alive ? List.of("127.0.0.1:1") : List.of();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public String prove() {
        return "220 " + surroundings.inForce().get().officialDomain();
    }
}
