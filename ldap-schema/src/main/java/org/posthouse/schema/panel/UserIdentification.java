package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import jakarta.validation.constraints.Size;
import java.util.List;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;

/** Who a user is. */
@Panel(name = "user-identification", title = "Identification", intro = "Name and description of this user.")
public record UserIdentification(
        @Option(id = 0, attribute = "givenName", label = "First Name", effect = LIVE, help = "The user's given name.")
        @Size(max = 64, message = "must have at most 64 characters")
        String givenName,

        @Option(
                id = 0,
                attribute = "sn",
                label = "Last Name",
                mandatory = true,
                effect = LIVE,
                help = "The user's family name. The directory requires it.")
        @Size(max = 64, message = "must have at most 64 characters")
        String lastName,

        @Option(
                id = 0,
                attribute = "description",
                label = "Description",
                effect = LIVE,
                help = "Notes about this user. Only administrators see them.")
        List<@Size(max = 1000, message = "must have at most 1000 characters") String> description) {}
