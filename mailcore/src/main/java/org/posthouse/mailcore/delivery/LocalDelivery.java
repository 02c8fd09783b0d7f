package org.posthouse.mailcore.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.posthouse.mailcore.message.Trace;
import org.posthouse.mailcore.nmap.HandOver;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.queue.DiskFull;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Item;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.Spool;
import org.posthouse.mailcore.queue.StageAgent;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Store;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.Place;

/**
 * Delivers to the mailboxes of this server, and hands mail for another server's contexts to that server's queue: NetMail
 * "Context", "Distributed hand-off".
 *
 * <p>A mailbox comes to be with its first message. The mail leaves the queue in the same commit that puts it into the
 * mailbox, so a crash neither loses nor doubles it. An unknown user is the sender's matter, everything else ours: later.
 */
public final class LocalDelivery implements StageAgent {

    /**
     * What it delivers from and to.
     *
     * @param own the server whose mailboxes these are
     * @param spool its spool, which knows when the disk is full
     * @param store its mailboxes
     * @param others the spool of another server, as far as this engine runs it
     * @param handOver reaches the servers of other engines
     */
    public record Places(
            Supplier<Place> own,
            Spool spool,
            Store store,
            Function<Place, Optional<Spool>> others,
            HandOver handOver) {}

    // Those whose mailboxes a server of another engine keeps.
    private record Far(MessagingServer server, List<Recipient> recipients) {}

    // RFC 5321 6.3: so many hand-overs are a circle.
    private static final int HOPS = 100;

    private final Places places;
    private final People people;
    private final Clock clock;

    /** Looks recipients up among these people. */
    public LocalDelivery(Places places, People people, Clock clock) {
        this.places = places;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public void handle(Item item) {
        var far = new LinkedHashMap<Place, Far>();
        for (Recipient recipient : item.pending()) {
            if (recipient.kind() != Recipient.Kind.REMOTE) {
                attempt(item, recipient, far);
            }
        }
        far.values().forEach(each -> handOver(item, each.server(), each.recipients()));
    }

    private void attempt(Item item, Recipient recipient, Map<Place, Far> far) {
        try {
            Optional<Person> person = people.find(recipient.address());
            if (person.isPresent()) {
                hand(item, recipient, person.get(), far);
            } else {
                String why = people.astray(recipient.address())
                        .map(astray -> ": this alias " + astray)
                        .orElse("");
                item.settle(recipient, new Outcome.Never("550 5.1.1 User unknown" + why, ""));
            }
        } catch (DirectoryDown down) {
            item.settle(recipient, new Outcome.Later("451 4.3.0 The directory is unavailable", ""));
        } catch (DiskFull full) {
            item.settle(
                    recipient, new Outcome.Later("452 4.3.1 Not enough disk space", String.valueOf(full.getMessage())));
        } catch (StoreFailure failure) {
            item.settle(
                    recipient,
                    new Outcome.Later(
                            "451 4.3.0 The message store is unavailable", String.valueOf(failure.getMessage())));
        }
    }

    private void hand(Item item, Recipient recipient, Person person, Map<Place, Far> far) {
        Optional<MessagingServer> keeper = people.keeper(person);
        if (keeper.isEmpty() || keeper.get().place().equals(places.own().get())) {
            places.spool().checkSpace();
            deliver(item, recipient, person);
            return;
        }
        Optional<Spool> other = places.others().apply(keeper.get().place());
        if (other.isPresent()) {
            other.get().take(handed(item.envelope(), List.of(recipient)), item.message());
            item.settle(recipient, new Outcome.Handed(keeper.get().name()));
        } else {
            far.computeIfAbsent(keeper.get().place(), place -> new Far(keeper.get(), new ArrayList<>()))
                    .recipients()
                    .add(recipient);
        }
    }

    private void handOver(Item item, MessagingServer server, List<Recipient> recipients) {
        Outcome outcome;
        if (Trace.read(item.message(), 0).hops() > HOPS) {
            outcome = new Outcome.Never("554 5.4.6 Mail loop detected", server.name());
        } else {
            outcome = handOver(item.envelope(), recipients, item.message(), server);
        }
        recipients.forEach(recipient -> item.settle(recipient, outcome));
    }

    private Outcome handOver(Envelope envelope, List<Recipient> recipients, byte[] message, MessagingServer server) {
        try {
            places.handOver().hand(server, handed(envelope, recipients), message);
            return new Outcome.Handed(server.name());
        } catch (HandOver.NotTaken not) {
            String why = "the messaging server " + server.name() + ", which keeps the mailbox: " + not.getMessage();
            return new Outcome.Later("451 4.4.0 Cannot be transferred yet", why);
        }
    }

    private void deliver(Item item, Recipient recipient, Person person) {
        Mailbox mailbox = places.store().mailbox(person.account(), person.mailboxId());
        Folder folder = Optional.of(recipient.folder())
                .filter(name -> !name.isEmpty())
                .flatMap(mailbox::folder)
                .or(() -> mailbox.folder(Folder.INBOX))
                .orElseThrow();
        byte[] whole = Trace.delivered(item.message(), item.envelope().sender());
        item.deliver(recipient, along -> mailbox.append(folder.id(), whole, Set.of(), clock.instant(), along));
    }

    private static Envelope handed(Envelope envelope, List<Recipient> recipients) {
        return new Envelope(
                envelope.date(),
                envelope.sender(),
                envelope.authenticatedSender(),
                envelope.envelopeId(),
                envelope.client(),
                envelope.flags(),
                recipients);
    }
}
