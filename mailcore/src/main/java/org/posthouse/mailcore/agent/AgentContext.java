package org.posthouse.mailcore.agent;

import java.util.function.Supplier;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.queue.Queue;
import org.posthouse.mailcore.queue.Spool;
import org.posthouse.mailcore.store.Store;

/**
 * What an agent is created with. All of it belongs to one messaging server.
 *
 * @param surroundings settings, addresses, people, and counters; always there
 * @param secret the system secret that all agents share; "" while it is unknown
 * @param mail the mail of the server. Only an agent whose type needs the message store or the queue may ask for it, and
 *     then it is there whenever the agent runs
 */
public record AgentContext(Surroundings surroundings, Supplier<String> secret, Supplier<Mail> mail) {

    /**
     * The mail of a messaging server.
     *
     * @param residents the people whose mailboxes are here, and no others
     * @param store the mailboxes
     * @param spool the mail on its way, on disk
     * @param queue what leads that mail
     */
    public record Mail(People residents, Store store, Spool spool, Queue queue) {}
}
