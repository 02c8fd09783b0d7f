package org.posthouse.mailcore.people;

import java.util.Set;
import org.posthouse.schema.value.Place;

/**
 * A user who takes part in mail.
 *
 * @param place the user's object
 * @param account the name of the mailbox, in lower case: "bob", or "bob@hosted.com" in a Hosting Domain
 * @param mailboxId which mailbox of that name is the user's; empty when nothing says so
 * @param displayName the name as people write it
 * @param addresses the mail addresses kept with the object
 */
public record Person(Place place, String account, String mailboxId, String displayName, Set<String> addresses) {

    /** Takes a copy of the addresses. */
    public Person {
        addresses = Set.copyOf(addresses);
    }

    /** The container the user stands in. */
    public Place context() {
        return place.parent().orElse(place);
    }
}
