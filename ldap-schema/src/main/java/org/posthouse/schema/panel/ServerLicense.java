package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;

import java.util.Optional;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.value.SignedText;

/** NetMail's License page of a Messaging Server: which features it may run. */
@Panel(
        name = "server-license",
        title = "License",
        intro = "The features that this messaging server can run with the installed license.")
public record ServerLicense(
        @Option(
                id = 220,
                attribute = "posthouseLicense",
                label = "License",
                effect = LIVE,
                help = "The complete text of the license file. If empty, the community license applies, which "
                        + "comes with Posthouse and includes every feature.")
        Optional<SignedText> license) {}
