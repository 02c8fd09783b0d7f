package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;
import static org.posthouse.schema.option.Effect.REBIND;

import jakarta.validation.constraints.AssertTrue;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.SealedKey;

/** NetMail's Security page of a Messaging Server. */
@Panel(
        name = "server-security",
        title = "Security",
        intro = "How this server proves who it is and keeps passwords and mail off the wire, "
                + "and who may use its tools.")
public record ServerSecurity(
        @Option(
                id = 100,
                attribute = "posthouseTls",
                label = "SSL and TLS",
                fallback = "FALSE",
                effect = REBIND,
                help = "Whether clients can talk to the agents over SSL and TLS, on the SSL ports and by STARTTLS, and "
                        + "whether mail to other hosts goes encrypted where they offer it. Needs a certificate.")
        boolean sslAndTls,

        @Option(
                id = 101,
                attribute = "posthouseCertificate",
                label = "Certificate",
                effect = LIVE,
                help = "The server's certificate and those that vouch for it. New sessions see a new one at once.")
        Optional<CertificateChain> certificate,

        @Option(
                id = 102,
                attribute = "posthousePrivateKey",
                label = "Private Key",
                effect = LIVE,
                secret = true,
                help = "The key of the certificate, sealed so that only engines and consoles of this messaging system "
                        + "can open it.")
        Optional<SealedKey> privateKey,

        @Option(
                id = 103,
                attribute = "posthouseServerManager",
                label = "Server Managers",
                effect = LIVE,
                help = "The users who may use tools such as rmbox after signing in with their name and password.")
        List<Place> serverManagers) {

    /** Whether there is what TLS needs where it is on. */
    @AssertTrue(message = "Install a server certificate first: SSL and TLS need one.")
    public boolean isCertificateThereWhenOn() {
        return !sslAndTls || (certificate.isPresent() && privateKey.isPresent());
    }

    /** Whether certificate and key belong together. */
    @AssertTrue(message = "The private key does not belong to the certificate.")
    public boolean isKeyOfTheCertificate() {
        return certificate.isEmpty()
                || privateKey.isEmpty()
                || privateKey.get().fits(certificate.get().own().getPublicKey());
    }
}
