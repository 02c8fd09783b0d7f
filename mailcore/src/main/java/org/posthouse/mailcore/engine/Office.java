package org.posthouse.mailcore.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.mailcore.agent.AgentContext;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.queue.Queue;
import org.posthouse.mailcore.queue.Spool;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.PostmasterLine;
import org.posthouse.mailcore.store.DamagedMessages;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.store.Vault;
import org.posthouse.schema.address.AddressResolver;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.Place;

/**
 * What the agents of one messaging server share while its NMAP Agent runs: the mail itself, and whom and what to ask.
 *
 * @param surroundings what each agent is given
 * @param residents the people whose mailboxes are here, and no others
 * @param vault everything on disk
 * @param store the mailboxes in it
 * @param spool the mail on its way in it
 * @param queue what leads that mail
 */
record Office(Surroundings surroundings, People residents, Vault vault, Store store, Spool spool, Queue queue) {

    /** The mail, as agents are given it. */
    AgentContext.Mail mail() {
        return new AgentContext.Mail(residents, store, spool, queue);
    }

    /** Figures of the queue for the board. */
    Map<String, Long> queueFigures() {
        return queue.figures();
    }

    /** How many mails are in the queue; cheap enough for every second. */
    long queueLength() {
        return queue.length();
    }

    /** How the mailbox of the server's postmaster stands; empty when another server keeps it, or the office closes. */
    Optional<PostmasterLine> postmaster(Snapshot now) {
        Place postmaster = now.server().identification().postmaster();
        try {
            return postmaster
                    .parent()
                    .filter(AddressResolver.contextsOf(now.server())::contains)
                    .map(here -> LoginName.key(postmaster.leaf()))
                    .map(account -> new PostmasterLine(account, store.opened(account)));
        } catch (StoreFailure closing) {
            return Optional.empty();
        }
    }

    /** Why nothing can be written to the message store, in sentences for the board; "" when all is well. */
    String fault() {
        return vault.fault().map(Office::words).orElse("");
    }

    /** The messages that were found to be damaged. */
    List<DamagedMessages.Damaged> damaged() {
        return store.damaged().all();
    }

    private static String words(Vault.Fault fault) {
        String reason = fault.reason();
        return reason.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + reason.substring(1) + ". Since "
                + fault.since().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                + (fault.heals() ? ". Posthouse reopens the store by itself as soon as the disk works again." : ".");
    }

    /** Closes it; mail at work may take so long. */
    void close(Duration drain) {
        queue.close(drain);
        vault.close();
    }
}
