package org.posthouse.mailcore.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.queue.Queue;
import org.posthouse.mailcore.queue.Spool;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.PostmasterLine;
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

    /** Closes it; mail at work may take so long. */
    void close(Duration drain) {
        queue.close(drain);
        vault.close();
    }
}
