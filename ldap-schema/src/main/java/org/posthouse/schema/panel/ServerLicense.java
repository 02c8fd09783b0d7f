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
        intro = "Which features this messaging server may run, by the licence that is installed on it.")
public record ServerLicense(
        @Option(
                id = 220,
                attribute = "posthouseLicense",
                label = "License",
                effect = LIVE,
                help = "The whole text of the licence file. Empty: the community licence, which comes with Posthouse, "
                        + "is in force and has every feature.")
        Optional<SignedText> license) {}
