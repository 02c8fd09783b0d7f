package org.posthouse.schema.panel;

import static org.posthouse.schema.option.Effect.LIVE;
import static org.posthouse.schema.option.Effect.REBIND;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.posthouse.schema.option.Concerns;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.SealedKey;
import org.posthouse.schema.value.TrustedAuthorities;
import org.posthouse.schema.value.WebAddress;

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
        List<Place> serverManagers,

        @Option(
                id = 104,
                attribute = "posthouseAcmeDirectory",
                label = "ACME Directory",
                fallback = "https://acme-v02.api.letsencrypt.org/directory",
                effect = LIVE,
                help =
                        "Where the authority's ACME service begins. The default is Let's Encrypt, which is free and which "
                                + "everybody trusts; a private service of your own works as well.")
        WebAddress acmeDirectory,

        @Option(
                id = 105,
                attribute = "posthouseAcmeAuthorities",
                label = "Trusted Authorities of the ACME Directory",
                effect = LIVE,
                help =
                        "For a private ACME service, such as step-ca: the certificates, in PEM, of those who vouch for the "
                                + "service itself. Then they alone count. Empty: those that Java trusts.")
        Optional<TrustedAuthorities> acmeAuthorities,

        @Option(
                id = 106,
                attribute = "posthouseAcmeContact",
                label = "Contact",
                effect = LIVE,
                help = "The e-mail address the authority writes to when something is wrong with the certificates.")
        @Size(max = 254, message = "takes at most 254 characters")
        String acmeContact,

        @Option(
                id = 107,
                attribute = "posthouseAcmeTerms",
                label = "Terms Agreed",
                fallback = "FALSE",
                effect = LIVE,
                help =
                        "Whether the terms of service of the authority are agreed to. Without that, one that has terms gives "
                                + "no certificate. Those of Let's Encrypt stand at https://letsencrypt.org/repository/.")
        boolean acmeTermsAgreed,

        @Option(
                id = 108,
                attribute = "posthouseAcmeName",
                label = "Host Names",
                effect = LIVE,
                help =
                        "The names the certificate is for, the most important first. Each must lead to this server, where "
                                + "the authority fetches a proof over HTTP. Empty: the Official Domain.")
        @Size(max = 100, message = "takes at most 100 names")
        List<DomainName> acmeNames,

        @Option(
                id = 109,
                attribute = "posthouseAcmeChallengePort",
                label = "Challenge Port",
                fallback = "80",
                effect = LIVE,
                help =
                        "Where the proof is answered while a certificate is asked for, and only then. Authorities come to "
                                + "port 80; another one is for a machine in front that leads port 80 here. The engine's port "
                                + "offset is added.")
        @Min(1)
        @Max(65_535)
        int acmeChallengePort,

        @Option(
                id = 110,
                attribute = "posthouseAcmeRenewal",
                label = "Automatic Renewal",
                fallback = "TRUE",
                effect = LIVE,
                help =
                        "Whether a certificate that came by ACME is asked for again when a third of its life is left, or "
                                + "when the host names change.")
        boolean acmeRenewal) {

    private static final Pattern MAILBOX = Pattern.compile("[A-Za-z0-9._+=~-]+@[A-Za-z0-9.-]+");

    /** Whether the authority could write to the contact. */
    @AssertTrue(message = "The contact is not an e-mail address, such as postmaster@example.com.")
    @Concerns("acmeContact")
    public boolean isContactAnAddress() {
        return acmeContact.isBlank() || MAILBOX.matcher(acmeContact.strip()).matches();
    }

    /** Whether there is what TLS needs where it is on. */
    @AssertTrue(message = "Install a server certificate first: SSL and TLS need one.")
    @Concerns("sslAndTls")
    public boolean isCertificateThereWhenOn() {
        return !sslAndTls || (certificate.isPresent() && privateKey.isPresent());
    }

    /** Whether certificate and key belong together. */
    @AssertTrue(message = "The private key does not belong to the certificate.")
    @Concerns({"certificate", "privateKey"})
    public boolean isKeyOfTheCertificate() {
        return certificate.isEmpty()
                || privateKey.isEmpty()
                || privateKey.get().fits(certificate.get().own().getPublicKey());
    }
}
