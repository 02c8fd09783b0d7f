package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import jakarta.validation.constraints.Size;
import java.util.List;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.value.Place;

/** The members of a group (RFC 4519 3.5); those of the group Administrators may administer everything. */
@Panel(
        name = "group-members",
        title = "Members",
        intro =
                "Who belongs to this group. The members of Administrators in Internet Services administer the mail system.")
public record GroupMembers(
        @Option(
                id = 0,
                attribute = "member",
                label = "Members",
                effect = LIVE,
                mandatory = true,
                confirm = true,
                help = "The users of this group. A group keeps at least one member. Whoever is taken out of "
                        + "Administrators can sign in to the console no more.")
        @Size(min = 1, message = "must keep at least one")
        List<Place> members) {}
