package org.posthouse.mailcore.delivery;

import java.util.List;
import org.posthouse.mailcore.people.People;
import org.posthouse.mailcore.people.Person;
import org.posthouse.mailcore.queue.Item;
import org.posthouse.mailcore.queue.Outcome;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.StageAgent;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;

/** Puts the members in the place of a group, the occupants in the place of a role: NetMail's queue at stage 0. */
public final class Expansion implements StageAgent {

    private final People people;

    /** Asks these people. */
    public Expansion(People people) {
        this.people = people;
    }

    @Override
    public String name() {
        return "groups";
    }

    // While the directory is down nothing is known of groups. Whoever is put off here comes back to this stage.
    @Override
    public void handle(Item item) {
        for (Recipient recipient : item.pending()) {
            if (recipient.kind() == Recipient.Kind.LOCAL) {
                try {
                    expand(item, recipient);
                } catch (DirectoryDown down) {
                    item.settle(recipient, new Outcome.Later("451 4.3.0 The directory is unavailable", ""));
                }
            }
        }
    }

    private void expand(Item item, Recipient recipient) {
        if (people.find(recipient.address()).isPresent()) {
            return;
        }
        List<Recipient> members = people.members(recipient.address()).stream()
                .map(Person::account)
                .map(account -> new Recipient(
                        Recipient.Kind.LOCAL, account, recipient.original(), recipient.dsn(), recipient.folder()))
                .toList();
        if (!members.isEmpty()) {
            item.replace(recipient, members);
        }
    }
}
