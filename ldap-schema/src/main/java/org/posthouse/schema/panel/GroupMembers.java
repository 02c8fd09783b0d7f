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
        intro = "The members of this group. The members of Administrators in Internet Services administer "
                + "the mail system.")
public record GroupMembers(
        @Option(
                id = 0,
                attribute = "member",
                accepts = "USER",
                label = "Members",
                effect = LIVE,
                mandatory = true,
                confirm = true,
                help = "The users in this group. A group must have at least one member. Users whom you remove "
                        + "from Administrators can no longer sign in to the console.")
        @Size(min = 1, message = "must have at least one member")
        List<Place> members) {}
