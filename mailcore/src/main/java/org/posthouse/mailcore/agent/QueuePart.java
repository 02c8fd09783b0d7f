package org.posthouse.mailcore.agent;

import org.posthouse.mailcore.queue.Queue;
import org.posthouse.mailcore.queue.Stage;
import org.posthouse.mailcore.queue.StageAgent;
import org.posthouse.schema.tree.Kind;

/**
 * The work of an agent on mail in the queue: what a queue agent is composed of. While it is open, the queue calls the
 * worker at the stages that the agent's type declares; agents at the same stage are called in the order of their kinds,
 * before the delivery itself.
 */
public final class QueuePart {

    private final Kind kind;
    private final Queue queue;
    private final StageAgent worker;

    /**
     * The queue does not call it yet.
     *
     * @param kind the agent, whose type declares the stages
     * @param queue the queue of its server
     * @param worker what the queue calls
     */
    public QueuePart(Kind kind, Queue queue, StageAgent worker) {
        this.kind = kind;
        this.queue = queue;
        this.worker = worker;
    }

    /** From now on, the queue calls it. */
    public void open() {
        Stage[] stages = Stage.values();
        int rank = Kind.agents().indexOf(kind);
        kind.agentType().stages().forEach(number -> queue.register(stages[number], worker, rank));
    }

    /** The queue calls it no more; calls that run go on to their end. */
    public void close() {
        queue.deregister(worker);
    }
}
